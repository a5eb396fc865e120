import { describe, expect, test } from 'vitest';
import { changeSigns } from './ChangeMark.tsx';
import { jsonLines, markLines } from './jsonLines.ts';

describe('lines of a value', () => {
  test('JSON is indented', () => {
    expect(jsonLines('{"a":[1]}')).toEqual(['{', '  "a": [', '    1', '  ]', '}']);
  });

  test.each(['[]', '{}', '{"a":{},"b":[]}', '[1,[2,{"c":null}],"x"]', '"text"', '7', '{"a b":"\\"","é":[true]}'])(
    'are those of JSON.stringify: %s',
    (text) => {
      expect(jsonLines(text).join('\n')).toBe(JSON.stringify(JSON.parse(text), null, 2));
    },
  );

  test('four thousand nested brackets are few short lines', () => {
    const lines = jsonLines(`${'['.repeat(4000)}${']'.repeat(4000)}`);
    expect(lines).toHaveLength(81);
    expect(lines.join('').length).toBeLessThan(12_000);
  });

  test('text that is not JSON keeps its lines', () => {
    expect(jsonLines('not {json}\nat all')).toEqual(['not {json}', 'at all']);
  });
});

/** Each line as the page shows it: its sign, its text, and the old value of a changed line. */
function marked(before: unknown, after: unknown): string[] {
  return markLines(jsonLines(JSON.stringify(before)), jsonLines(JSON.stringify(after))).map(
    ({ text, mark, was }) => `${mark ? changeSigns[mark] : ' '}${text.trim()}${was === undefined ? '' : ` was ${was}`}`,
  );
}

describe('changes between two values', () => {
  test.each([
    ['none', { a: 1 }, { a: 1 }, [' {', ' "a": 1', ' }']],
    // The first property gets a comma, which is no change of it.
    ['an added property', { a: 1 }, { a: 1, b: 2 }, [' {', ' "a": 1,', '+"b": 2', ' }']],
    ['a removed property', { a: 1, b: 2 }, { a: 1 }, [' {', ' "a": 1', '−"b": 2', ' }']],
    ['another value', { a: 1, b: 2 }, { a: 1, b: 3 }, [' {', ' "a": 1,', '~"b": 3 was 2', ' }']],
    ['a property in between', { a: 1, c: 3 }, { a: 1, b: 2, c: 3 }, [' {', ' "a": 1,', '+"b": 2,', ' "c": 3', ' }']],
    ['everything', ['x'], ['y'], [' [', '−"x"', '+"y"', ' ]']],
    ['several at once', { a: 1, b: 2 }, { b: 9, c: 3 }, [' {', '−"a": 1,', '~"b": 9, was 2', '+"c": 3', ' }']],
  ])('%s', (_, before, after, lines) => {
    expect(marked(before, after)).toEqual(lines);
  });

  test('the same key at another depth is another property', () => {
    expect(marked({ expires: 1 }, { cookie: { expires: 2 } })).toContain('−"expires": 1');
  });

  test('thousands of different lines are compared in less than half a second of the processor', () => {
    const long = (from: number) => Array.from({ length: 5_000 }, (_, index) => `line ${from + index}`);
    const before = process.cpuUsage();
    const lines = markLines(long(0), long(10_000));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(500);
    expect(lines).toHaveLength(10_000);
  });
});
