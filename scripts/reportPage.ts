import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
import { inlinePage } from './inlinePage.ts';

const client = fileURLToPath(new URL('../client', import.meta.url));

/** Also builds the page of `--reporter html`, as one file: a page from a disk can load no other. */
export const reportPage = (): Plugin => ({
  name: 'report-page',
  apply: 'build',
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'report.html', source: await buildReportPage() });
  },
});

async function buildReportPage(): Promise<string> {
  const built = await build({
    configFile: false,
    root: client,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      write: false,
      copyPublicDir: false,
      assetsInlineLimit: Number.POSITIVE_INFINITY,
      cssCodeSplit: false,
      modulePreload: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { input: `${client}/report.html`, output: { codeSplitting: false } },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error('The page of the report was not built.');
  const files = output.output.map((file) => ({
    fileName: file.fileName,
    text: file.type === 'chunk' ? file.code : String(file.source),
  }));
  const page = files.find(({ fileName }) => fileName === 'report.html')!;
  return inlinePage(page.text, files, readFileSync(`${client}/public/icon.svg`, 'utf8'));
}
