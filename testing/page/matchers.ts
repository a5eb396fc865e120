/** For tests of the page: matchers that wait until the page shows what is expected. Import this file to have them. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the parameters of an interface must be the same wherever it is declared
  interface Matchers<T = any> {
    /** The text of the element contains this text or matches this pattern; of several elements, that of one. Waits until it does. */
    toShow(wanted: string | RegExp): Promise<T>;
    /** So many elements are there; at least one when no number is given. Waits until they are. */
    toBeThere(times?: number): Promise<T>;
    /** The button does nothing, but keeps the focus. Waits until it is so. */
    toBeOff(): Promise<T>;
  }
}

/** Milliseconds. A test on a busy machine takes long, and that is not an error. */
const timeout = 20_000;
/** Milliseconds between two looks: what takes long is looked at less often, because a look takes 6 ms of a processor. */
const intervals = { first: 20, longest: 100 };

expect.extend({
  async toShow(element: Locator, wanted: string | RegExp) {
    const shows = (text: string) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
    const { pass, last } = await poll(
      () => element.allTextContents(),
      (texts) => texts.some(shows),
      this.isNot,
    );
    return {
      pass,
      message: () => `${element} ${pass ? 'shows' : 'does not show'} ${wanted}. Its text: ${JSON.stringify(last)}`,
    };
  },

  async toBeThere(element: Locator, times?: number) {
    const { pass, last } = await poll(
      () => element.count(),
      (count) => (times === undefined ? count > 0 : count === times),
      this.isNot,
    );
    return { pass, message: () => `${element} is there ${last} times; expected: ${times ?? 'at least once'}.` };
  },

  async toBeOff(button: Locator) {
    const { pass } = await poll(() => button.isDisabled(), Boolean, this.isNot);
    return { pass, message: () => `${button} is ${pass ? 'off' : 'on'}.` };
  },
});

/**
 * Reads a value until it passes, or with `not` until it does not, or for too long.
 *
 * @param isNot undefined without `not`
 * @returns the last value, and whether it passes
 */
async function poll<Value>(
  read: () => Promise<Value>,
  passes: (value: Value) => boolean,
  isNot: boolean | undefined,
): Promise<{ pass: boolean; last: Value }> {
  const started = performance.now();
  for (let interval = intervals.first; ; interval = Math.min(2 * interval, intervals.longest)) {
    const last = await read();
    const pass = passes(last);
    const isOver = performance.now() - started > timeout;
    if (pass !== Boolean(isNot) || isOver) return { pass, last };
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
