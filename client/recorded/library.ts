/**
 * Where recordings come from: out of the page, into which scripts have put them, or else out of a script beside it. A script and not
 * `fetch`, because a page that was opened as a file may not fetch other files.
 */
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { catalogueName, type RecordedCatalogue, type Recording, variable } from '../../scenarios/engine/recording.ts';

export interface Library {
  catalogue(): Promise<RecordedCatalogue>;
  recording(name: string): Promise<Recording>;
}

/**
 * @param page the global object, which holds what was loaded
 * @param load loads a script; rejects when that fails
 */
export function createLibrary(page: object, load: (address: string) => Promise<void>): Library {
  const held = (name: string): unknown => (page as Record<string, Record<string, unknown>>)[variable]?.[name];
  const find = async (name: string): Promise<unknown> => {
    if (held(name) !== undefined) return held(name);
    const file = `recordings/${name}.js`;
    await load(file).catch(() => {});
    if (held(name) !== undefined) return held(name);
    const message = `The file ${file} cannot be loaded. Check that the whole folder is still there, then try again.`;
    throw new SandboxError('unreachable', message);
  };
  return {
    catalogue: () => find(catalogueName) as Promise<RecordedCatalogue>,
    recording: (name) => find(name) as Promise<Recording>,
  };
}

/** Loads a script into the document. */
export async function loadScript(address: string): Promise<void> {
  const script = document.createElement('script');
  script.src = address;
  try {
    await new Promise<void>((resolve, reject) => {
      script.addEventListener('load', () => resolve());
      script.addEventListener('error', () => reject(new Error(`${address} cannot be loaded.`)));
      document.head.append(script);
    });
  } finally {
    script.remove();
  }
}
