import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test, vi } from 'vitest';
import { createCurrentRequest } from './currentRequest.ts';

test('a sandbox sees its own request and no request of another sandbox', () => {
  const [one, other] = [createCurrentRequest(), createCurrentRequest()];
  one.run(7, () => {
    expect([one.get(), other.get()]).toEqual([7, null]);
    other.run(8, () => expect([one.get(), other.get()]).toEqual([null, 8]));
    expect(one.get()).toBe(7);
  });
  expect(one.get()).toBeNull();
});

test('all sandboxes share one AsyncLocalStorage, because ended ones would slow the process down', () => {
  const run = vi.spyOn(AsyncLocalStorage.prototype, 'run');
  for (let count = 0; count < 10; count++) createCurrentRequest().run(count, () => {});
  expect(new Set(run.mock.contexts).size).toBe(1);
  run.mockRestore();
});
