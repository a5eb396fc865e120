import { vi } from 'vitest';

/** Milliseconds. The machine may be busy with other tests; a check that holds soon costs no more than it did. */
const patience = { timeout: 20_000, interval: 10 };

/** Resolves as soon as the check throws nothing, to what it returns. @throws what it threw last */
export const eventually = <Result>(check: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(check, patience);
