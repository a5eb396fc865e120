import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

const source = readFileSync(new URL('requireNode.mjs', import.meta.url), 'utf8');

/** Runs the module in a Node.js of that version. */
function runIn(node: string) {
  const said: string[] = [];
  const exitCodes: number[] = [];
  const process = { versions: { node }, exit: (code: number) => exitCodes.push(code) };
  runInNewContext(source, { process, console: { error: (text: string) => said.push(text) } });
  return { exitCodes, said };
}

test.each(['16.20.2', '18.20.8', '20.9.0', '20.18.3'])('Node.js %s is too old', (node) => {
  expect(runIn(node)).toEqual({
    exitCodes: [3],
    said: [
      `Session Sandbox needs Node.js 20.19 or later, and this is ${node}. Install a newer one: https://nodejs.org`,
    ],
  });
});

test.each(['20.19.0', '20.20.2', '22.0.0', '100.0.0-pre'])('Node.js %s is not', (node) => {
  expect(runIn(node)).toEqual({ exitCodes: [], said: [] });
});

test('it asks for what package.json asks for', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(source).toContain(`const required = '${engines.node.replace('>=', '')}';`);
});
