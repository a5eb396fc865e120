import { describe, expect, test } from 'vitest';
import { jsonLines, markLines } from './jsonLines.ts';

describe('a value as lines', () => {
  test('JSON is indented', () => {
    expect(jsonLines('{"a":[1]}')).toEqual(['{', '  "a": [', '    1', '  ]', '}']);
  });

  test('what is not JSON stays as it is', () => {
    expect(jsonLines('not {json}\nat all')).toEqual(['not {json}', 'at all']);
  });
});

/** The lines as they look: their sign, their text, and what a changed one was. */
function marked(before: unknown, after: unknown): string[] {
  const signs = { added: '+', removed: '-', changed: '~' };
  return markLines(jsonLines(JSON.stringify(before)), jsonLines(JSON.stringify(after))).map(
    ({ text, mark, was }) => `${mark ? signs[mark] : ' '}${text.trim()}${was === undefined ? '' : ` was ${was}`}`,
  );
}

describe('what changed between two values', () => {
  test.each([
    ['nothing', { a: 1 }, { a: 1 }, [' {', ' "a": 1', ' }']],
    // The comma that "basket" gets is not a change of the basket.
    ['a property more', { a: 1 }, { a: 1, b: 2 }, [' {', ' "a": 1,', '+"b": 2', ' }']],
    ['a property less', { a: 1, b: 2 }, { a: 1 }, [' {', ' "a": 1', '-"b": 2', ' }']],
    ['another value', { a: 1, b: 2 }, { a: 1, b: 3 }, [' {', ' "a": 1,', '~"b": 3 was 2', ' }']],
    ['a property in between', { a: 1, c: 3 }, { a: 1, b: 2, c: 3 }, [' {', ' "a": 1,', '+"b": 2,', ' "c": 3', ' }']],
    ['everything', ['x'], ['y'], [' [', '-"x"', '+"y"', ' ]']],
    ['both at once', { a: 1, b: 2 }, { b: 9, c: 3 }, [' {', '-"a": 1,', '~"b": 9, was 2', '+"c": 3', ' }']],
  ])('%s', (_, before, after, lines) => {
    expect(marked(before, after)).toEqual(lines);
  });

  test('the same name at another depth is another property', () => {
    expect(marked({ expires: 1 }, { cookie: { expires: 2 } })).toContain('-"expires": 1');
  });

  test('a value of thousands of lines does not stall', () => {
    const long = (from: number) => Array.from({ length: 5_000 }, (_, index) => `line ${from + index}`);
    const started = performance.now();
    const lines = markLines(long(0), long(10_000));
    expect(performance.now() - started).toBeLessThan(500);
    expect(lines).toHaveLength(10_000);
  });
});
