/** For tests of the page: matchers that wait until the page shows what is expected. Import this file to have them. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the parameters of an interface must be the same wherever it is declared
  interface Matchers<T = any> {
    /** The text of the element contains this text, or matches this pattern. Waits until it does; with `not`, until it does not. */
    toShow(wanted: string | RegExp): Promise<T>;
    /** So many elements are there. Waits until they are. */
    toBeThere(times?: number): Promise<T>;
    /** The button does nothing, but keeps the focus. Waits until it is so. */
    toBeOff(): Promise<T>;
  }
}

/** Milliseconds. The tests of a busy machine take long, and that is not an error. */
const timeout = 20_000;
const interval = 30;

expect.extend({
  async toShow(element: Locator, wanted: string | RegExp) {
    const shows = (text: string) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
    const { reached, last } = await poll(
      () => textOf(element),
      (text) => shows(text) !== this.isNot,
    );
    return {
      pass: reached !== this.isNot,
      message: () => `Expected ${element} ${this.isNot ? 'not ' : ''}to show ${wanted}.`,
      actual: last,
      expected: wanted,
    };
  },

  async toBeThere(element: Locator, times?: number) {
    const isThere = (count: number) => (times === undefined ? count > 0 : count === times);
    const { reached, last } = await poll(
      () => element.count(),
      (count) => isThere(count) !== this.isNot,
    );
    return {
      pass: reached !== this.isNot,
      message: () => `Expected ${element} ${this.isNot ? 'not ' : ''}to be there; it is there ${last} times.`,
      actual: last,
      expected: times,
    };
  },

  async toBeOff(button: Locator) {
    const { reached } = await poll(
      () => button.isDisabled(),
      (isOff) => isOff !== this.isNot,
    );
    return { pass: reached !== this.isNot, message: () => `Expected ${button} ${this.isNot ? 'not ' : ''}to be off.` };
  },
});

/** The text of an element that is there, else the empty text. */
async function textOf(element: Locator): Promise<string> {
  const [text = ''] = await element.allTextContents();
  return text;
}

/** Reads a value until it is as wanted, or for too long. */
async function poll<Value>(read: () => Promise<Value>, isWanted: (value: Value) => boolean) {
  const started = performance.now();
  for (;;) {
    const last = await read();
    if (isWanted(last)) return { reached: true, last };
    if (performance.now() - started > timeout) return { reached: false, last };
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
