import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type BuiltChunk, firstPageScript, sheetProblems } from './firstPage.ts';

const chunk = (fileName: string, rest: Partial<BuiltChunk> = {}): BuiltChunk => ({
  fileName,
  code: `export default '${fileName}'`,
  isEntry: false,
  imports: [],
  moduleIds: [],
  ...rest,
});

test('the first page loads its entry, what that imports, and what it asks for itself; each once', () => {
  const chunks = [
    chunk('index.js', { isEntry: true, imports: ['react.js', 'ui.js'] }),
    chunk('react.js'),
    chunk('ui.js', { imports: ['react.js'] }),
    chunk('run.js', { moduleIds: ['/home/client/pages/RecordedRun.tsx'], imports: ['reader.js'] }),
    chunk('reader.js'),
    chunk('scenario.js', { imports: ['react.js'] }),
  ];
  const expected = chunks.slice(0, 5).map(({ code }) => gzipSync(code).length);
  expect(firstPageScript(chunks)).toBe(expected.reduce((sum, size) => sum + size));
});

test('a component without its style sheet is named, and so is a sheet without its component', () => {
  const chunks = [
    chunk('index.js', { moduleIds: ['/node_modules/@mantine/core/esm/components/Button/Button.module.mjs'] }),
  ];
  expect(sheetProblems(chunks, '@import "@mantine/core/styles/Button.css";')).toEqual([]);
  expect(sheetProblems(chunks, '@import "@mantine/core/styles/Tabs.css";')).toEqual([
    'Button.css is missing in client/ui/mantine.css.',
    'Tabs.css in client/ui/mantine.css is not used.',
  ]);
});
