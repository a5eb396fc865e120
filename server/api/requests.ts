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

const time = z.int().min(1).max(longestJump);
const actor = z.string().max(100);
const key = z.string().max(1000);
const whichCookie = {
  actor,
  name: z.string().max(1000),
  domain: z.string().max(255),
  path: z.string().max(1000),
};

/** Express-session's options, as far as they can be changed; one at least. */
const sessionChange = z
  .strictObject({
    rolling: z.boolean(),
    resave: z.boolean(),
    saveUninitialized: z.boolean(),
    maxAge: z.int().min(1000).max(longestJump).nullable(),
    httpOnly: z.boolean(),
    secure: z.boolean(),
    sameSite: z.enum(['strict', 'lax', 'none']).nullable(),
    trustProxy: z.union([z.boolean(), z.int().min(0).max(10)]),
    store: z.enum(['redis', 'memory']),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Change at least one option.');

/** What each means is in scenarios/engine/hand.ts. */
export const handAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('jump-time'), ms: time }),
  z.strictObject({ do: z.literal('delete-key'), key }),
  z.strictObject({ do: z.literal('set-key'), key, value: z.string().max(8000) }),
  z.strictObject({ do: z.literal('expire-key'), key, ms: time.nullable() }),
  z.strictObject({ do: z.literal('redis'), line: z.string().max(8000) }),
  z.strictObject({
    do: z.literal('request'),
    actor,
    method: z.string().regex(/^[!#$%&'*+.^_`|~0-9a-z-]{1,20}$/i, 'A method is one word, such as GET.'),
    url: z.string().min(1).max(2000),
    origin: z.string().max(300).nullable(),
    headers: z.array(z.tuple([z.string().min(1).max(100), z.string().max(2000)])).max(30),
    body: z.string().max(8000).nullable(),
  }),
  z.strictObject({ do: z.literal('edit-cookie'), ...whichCookie, value: z.string().max(4096) }),
  z.strictObject({ do: z.literal('delete-cookie'), ...whichCookie }),
  z.strictObject({ do: z.literal('copy-cookie'), ...whichCookie, from: actor }),
  z.strictObject({ do: z.literal('session-options'), change: sessionChange }),
]);
