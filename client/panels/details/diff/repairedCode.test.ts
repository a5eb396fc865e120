import { describe, expect, test } from 'vitest';
import { scenarios } from '../../../../scenarios/index.ts';
import type { SourceLine } from './DiffLines.tsx';
import { repairedCode } from './repairedCode.ts';

const textOf = (lines: readonly SourceLine[]) =>
  lines.map(({ tokens }) => tokens.map(({ text }) => text).join('')).join('\n');

test('the fix of session fixation is shown without what would tell that it is the fix', () => {
  const [part, ...others] = repairedCode('login-keeps-session-id', null);
  expect(others).toEqual([]);
  expect(textOf(part!.weak)).not.toContain('regenerate');
  expect(textOf(part!.usual)).toContain('await regenerate(req);\n  if (basketId)');
  expect(part!.usual.every(({ number }) => number === null)).toBe(true);
});

test('a part that only the repair replaces stands beside the part of the app', () => {
  const parts = repairedCode('cookie-not-renewed', 'records-not-renewed');
  expect(parts.map(({ part }) => part)).toEqual(['sessionOptions', 'createSessionStore']);
});

describe('each repair changes some code, and none of it has a comment:', () => {
  const repairs = scenarios.flatMap(({ weakness, repairs }) =>
    [null, ...(repairs?.decoys ?? [])].flatMap((decoy) =>
      weakness && repairs ? [{ weakness, file: decoy?.file ?? null }] : [],
    ),
  );
  test.each(repairs)('$file in place of $weakness', ({ weakness, file }) => {
    const parts = repairedCode(weakness, file);
    expect(parts.length).toBeGreaterThan(0);
    for (const { weak, usual } of parts) expect(textOf([...weak, ...usual])).not.toMatch(/^\s*(\/\/|\/?\*)/m);
  });
});
