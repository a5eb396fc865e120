import { z } from 'zod';
import { hours } from '../../scenarios/engine/durations.ts';

/** What the page may ask for. Strict: an option that is misspelt is an option that is not there. */
export const newSandbox = z.strictObject({
  scenario: z.string().max(100),
  variant: z.enum(['vulnerable', 'protected']),
  store: z.enum(['mock', 'real']),
  pace: z.enum(['jump', 'real']).default('jump'),
  /** Steps to play before answering. */
  playTo: z.int().min(0).max(1000).default(0),
});

export const playSteps = z.strictObject({
  upTo: z.int().min(1).max(1000),
});

/** A year is longer than any session, and far from the end of what a Redis expiry can hold. */
const longestJump = hours(24 * 366);

export const jumpTime = z.strictObject({
  ms: z.int().min(1).max(longestJump),
});

export const handAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('jump-time'), ms: z.int().min(1).max(longestJump) }),
  z.strictObject({ do: z.literal('delete-key'), key: z.string().max(1000) }),
]);
