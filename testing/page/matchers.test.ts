import type { Locator } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import './matchers.ts';

/** An element that has one text after the other, and keeps the last one. */
function elementWith(...texts: string[][]): Locator {
  const read = () => (texts.length > 1 ? texts.shift()! : texts[0]!);
  return {
    allTextContents: async () => read(),
    count: async () => read().length,
    isDisabled: async () => read().includes('off'),
    toString: () => 'the element',
  } as unknown as Locator;
}

/** Lets the time of the matchers pass at once. */
async function failing(assertion: () => Promise<unknown>): Promise<string> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  const failed = assertion().then(
    () => 'passed',
    (error: Error) => error.message,
  );
  await vi.advanceTimersByTimeAsync(30_000);
  vi.useRealTimers();
  return failed;
}

describe('toShow', () => {
  test('waits for the text', () => expect(elementWith([], ['a'], ['abc'])).toShow('abc'));
  test('waits for a text that matches', () => expect(elementWith([''], ['a12'])).toShow(/\d+$/));
  test('is content with the text of one of the elements', () => expect(elementWith(['a', 'b'])).toShow('b'));
  test('with not, waits until the text is no longer there', () => expect(elementWith(['ab'], ['a'])).not.toShow('b'));

  test('fails with the text that was there', async () => {
    expect(await failing(() => expect(elementWith(['a'])).toShow('b'))).toBe(
      'the element does not show b. Its text: ["a"]',
    );
    expect(await failing(() => expect(elementWith([])).toShow('b'))).toContain('does not show b');
    expect(await failing(() => expect(elementWith(['ab'])).not.toShow('b'))).toContain('the element shows b');
  });
});

describe('toBeThere', () => {
  test('waits for the element', () => expect(elementWith([], ['a'])).toBeThere());
  test('waits for so many elements', () => expect(elementWith(['a'], ['a', 'b'])).toBeThere(2));
  test('waits until there is none', () => expect(elementWith(['a'], [])).toBeThere(0));
  test('with not, waits until there is none', () => expect(elementWith(['a'], [])).not.toBeThere());

  test('fails with the number of elements', async () => {
    expect(await failing(() => expect(elementWith([])).toBeThere())).toContain('is there 0 times');
    expect(await failing(() => expect(elementWith(['a'])).toBeThere(2))).toContain('is there 1 times; expected: 2.');
    expect(await failing(() => expect(elementWith(['a'])).not.toBeThere())).toContain('is there 1 times');
  });
});

describe('toBeOff', () => {
  test('waits until the button is off', () => expect(elementWith(['on'], ['off'])).toBeOff());

  test('fails when it stays on', async () => {
    expect(await failing(() => expect(elementWith(['on'])).toBeOff())).toBe('the element is on.');
  });
});
