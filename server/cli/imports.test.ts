import { basename } from 'node:path';
import { expect, test } from 'vitest';
import fixation from '../../scenarios/session-fixation.ts';
import { filesOf, importsIn, withImports } from './imports.ts';

test('relative imports of every form are found, and packages are not', () => {
  const source = `
    import a, { type B } from './a.ts';
    import type { C } from "../c.ts";
    import './styles.ts';
    export { d } from './d.ts';
    export * from './e.ts';
    import {
      f,
    } from './f.ts';
    const later = await import('./later.ts');
    import { scenario } from 'session-sandbox';
  `;
  expect(importsIn(source)).toEqual(['./a.ts', '../c.ts', './styles.ts', './d.ts', './e.ts', './f.ts', './later.ts']);
});

test('what is imported in turn is found, also in a circle, by the name of its JavaScript, and where it is missing', () => {
  const sources: Record<string, string> = {
    '/p/one.ts': "import './two.js'; import './missing.ts'",
    '/p/two.ts': "import './lib/three.ts'",
    '/p/lib/three.ts': "import '../one.ts'",
    '/p/other.ts': '',
  };
  const files = { read: (file: string) => sources[file]!, exists: (file: string) => file in sources };
  expect([...withImports(['/p/one.ts'], files)].sort()).toEqual([
    '/p/lib/three.ts',
    '/p/missing.ts',
    '/p/one.ts',
    '/p/two.ts',
  ]);
});

test('a scenario depends on its weakness, its repairs, the engine and the app', () => {
  const file = new URL('../../scenarios/session-fixation.ts', import.meta.url).pathname;
  const names = [...filesOf({ scenario: fixation, file })].map((path) => basename(path));
  for (const name of [
    'session-fixation.ts',
    'login-keeps-session-id.ts',
    'login-empties-session.ts',
    'scenario.ts',
    'parts.ts',
  ])
    expect(names).toContain(name);
  expect(names).not.toContain('cookie-not-renewed.ts');
});
