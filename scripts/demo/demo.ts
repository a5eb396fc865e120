/** Writes the page with its recordings as a folder of files. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import {
  catalogueName,
  dataScript,
  type RecordedCatalogue,
  type Recordings,
} from '../../scenarios/engine/recording.ts';
import { type Bundle, documentWith } from './bundle.ts';

const icon = fileURLToPath(new URL('../../client/public/icon.svg', import.meta.url));

export interface Demo {
  catalogue: RecordedCatalogue;
  /** How many recordings there are, and how large what is, in bytes after gzip. */
  sizes: { runs: number; recordings: string; most: string; page: string };
}

/** @param out the folder, which is replaced */
export function writeDemo({ catalogue, runs }: Recordings, page: Bundle, out: string): Demo {
  rmSync(out, { recursive: true, force: true });
  const write = (file: string, content: string | Uint8Array): number => {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    writeFileSync(join(out, file), content);
    return gzipSync(content).length;
  };
  const data = (name: string) => `recordings/${name}.js`;
  const scripts = [data(catalogueName), 'page.js'].map((file) => `<script defer src="${file}"></script>`);
  const first = [
    write(
      'index.html',
      documentWith({
        icon: '<link rel="icon" href="icon.svg" type="image/svg+xml" />\n    <link rel="stylesheet" href="page.css" />',
        scripts: scripts.join('\n    '),
      }),
    ),
    write('page.js', page.script),
    write('page.css', page.styles),
    write(data(catalogueName), dataScript(catalogueName, catalogue)),
  ];
  for (const [file, content] of page.assets) write(file, content);
  copyFileSync(icon, join(out, 'icon.svg'));
  const sizes = [...runs].map(([name, recording]) => write(data(name), dataScript(name, recording)));
  return {
    catalogue,
    sizes: { runs: runs.size, recordings: kB(sum(sizes)), most: kB(Math.max(...sizes)), page: kB(sum(first)) },
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const kB = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
