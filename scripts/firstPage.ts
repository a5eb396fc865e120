/** A check of each build: what the first page loads stays small, and it has the style sheet of every component that is used. */
import { gzipSync } from 'node:zlib';

/** What is read of a chunk of a build. */
export interface BuiltChunk {
  fileName: string;
  code: string;
  isEntry: boolean;
  /** The names of the chunks that it needs at once. */
  imports: readonly string[];
  /** The paths of the modules in it. */
  moduleIds: readonly string[];
}

/** In bytes after gzip. */
export const mostScript = 180_000;

/** Loaded later, but by the first page itself. */
const loadedAtOnce = ['/scenarios/engine/api.ts', '/client/pages/RecordedRun.tsx'];

/** Returns the size of the scripts of the first page after gzip, in bytes. */
export function firstPageScript(chunks: readonly BuiltChunk[]): number {
  const isFirst = ({ isEntry, moduleIds }: BuiltChunk) =>
    isEntry || moduleIds.some((id) => loadedAtOnce.some((path) => id.endsWith(path)));
  const needed = new Set<BuiltChunk>();
  const add = (chunk: BuiltChunk) => {
    if (needed.has(chunk)) return;
    needed.add(chunk);
    for (const other of chunks) if (chunk.imports.includes(other.fileName)) add(other);
  };
  chunks.filter(isFirst).forEach(add);
  return [...needed].reduce((sum, { code }) => sum + gzipSync(code).length, 0);
}

/** Returns how the style sheets of the components that are used differ from the imported ones, in sentences. */
export function sheetProblems(chunks: readonly BuiltChunk[], styles: string): string[] {
  const used = chunks.flatMap(({ moduleIds }) =>
    moduleIds.flatMap((id) => /@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/.exec(id)?.[1] ?? []),
  );
  const imported = [...styles.matchAll(/styles\/([A-Z]\w*)\.css/g)].map((match) => match[1]!);
  return [
    ...used
      .filter((name) => !imported.includes(name))
      .map((name) => `${name}.css is missing in client/ui/mantine.css.`),
    ...imported
      .filter((name) => !used.includes(name))
      .map((name) => `${name}.css in client/ui/mantine.css is not used.`),
  ];
}
