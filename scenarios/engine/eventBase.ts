/** What the events of a trace have in common. */
import { count, milliseconds, z } from './fields.ts';

export const base = {
  /** The event's index in the trace. */
  seq: count,
  at: milliseconds,
  /** Index of the step it happened in; null for manual actions and for what happened by itself between steps. */
  step: z.nullable(count),
};
export const inStep = { ...base, step: count };

/** The number of the request that an event belongs to; null outside of any request. */
export const request = z.nullable(count);

/** A line of the app's source, by its path in the repository: `server/app/auth/login.ts`. Lines count from 1. */
export const codePlace = z.object({ file: z.string(), line: z.int().check(z.minimum(1)) });
