/** Bundles the page that plays recordings into one classic script and one style sheet, which also work from a file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type Rolldown } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Bundle {
  script: string;
  styles: string;
  /** Fonts, by their place beside the style sheet. */
  assets: Map<string, Uint8Array>;
}

export async function bundlePage(): Promise<Bundle> {
  // A shell that says something else would get React with its checks for developers.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  const built = (await bundle().finally(() => {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const files = [built].flat().flatMap(({ output }) => output);
  const scripts = files.filter((file) => file.type === 'chunk');
  const assets = files.filter((file) => file.type === 'asset');
  const isSheet = ({ fileName }: { fileName: string }) => fileName.endsWith('.css');
  const sheets = assets.filter(isSheet);
  if (scripts.length !== 1 || sheets.length !== 1) {
    throw new Error(`The page must be one script and one style sheet, not ${files.map(({ fileName }) => fileName)}.`);
  }
  return {
    script: scripts[0]!.code,
    styles: String(sheets[0]!.source),
    assets: new Map(assets.filter((file) => !isSheet(file)).map((file) => [file.fileName, Buffer.from(file.source)])),
  };
}

const bundle = () =>
  build({
    configFile: false,
    root: join(root, 'client'),
    base: './',
    publicDir: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      write: false,
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(root, 'client/recorded/main.tsx'),
        // What loads further scripts of a page asks for the address of the module. Here there are none.
        transform: { define: { 'import.meta': '{}' } },
        output: { format: 'iife', codeSplitting: false, entryFileNames: 'page.js', assetFileNames: '[name][extname]' },
      },
    },
  });

/** Returns the document of the page, with other elements in place of its icon and its module script. */
export function documentWith({ icon, scripts }: { icon: string; scripts: string }): string {
  const page = readFileSync(join(root, 'client/index.html'), 'utf8');
  const parts: [string, string][] = [
    ['<link rel="icon" href="/icon.svg" type="image/svg+xml" />', icon],
    ['<script type="module" src="/main.tsx"></script>', scripts],
  ];
  return parts.reduce((text, [before, after]) => {
    if (!text.includes(before)) throw new Error(`client/index.html no longer has ${before}.`);
    // A function, because a replacement text gives `$&` a meaning.
    return text.replace(before, () => after);
  }, page);
}
