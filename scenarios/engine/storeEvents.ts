/** The events of Redis and of what the app's processes keep in their memory. */
import { base, codePlace, request } from './eventBase.ts';
import { fault } from './faults.ts';
import { count, milliseconds, sid, z } from './fields.ts';

export const keyValue = z.discriminatedUnion('type', [
  z.object({ type: z.literal('string'), data: z.string() }),
  z.object({ type: z.literal('hash'), data: z.record(z.string(), z.string()) }),
  z.object({ type: z.enum(['set', 'list']), data: z.array(z.string()) }),
  // Members with their scores.
  z.object({ type: z.literal('zset'), data: z.array(z.tuple([z.string(), z.number()])) }),
]);

/** What changed a key. */
export const keyCause = z.discriminatedUnion('by', [
  z.object({ by: z.literal('command'), command: count }),
  // Somebody with access to Redis: a manual action, or a step that plays such a person.
  z.object({ by: z.literal('manual') }),
  // A fault of Redis that the learner or a step causes: it evicts a key, or restarts without persistence.
  z.object({ by: z.enum(['eviction', 'redis-restart']) }),
  z.object({ by: z.literal('time') }),
  // A program outside the sandbox.
  z.object({ by: z.literal('outside') }),
]);

/** A command that the app issued, recorded when its reply came. */
export const redisCommand = z.object({
  type: z.literal('command'),
  ...base,
  id: count,
  request,
  name: z.string(),
  /** As they went to Redis: keys with their namespace. */
  args: z.array(z.string()),
  /** The reply as redis-cli would print it: `OK`, `(integer) 1`, `(nil)`, `"…"`; null when the command failed. */
  reply: z.nullable(z.string()),
  error: z.nullable(z.string()),
  /** Why it has changed nothing, where the reply does not say it: an aborted transaction, SET with NX. */
  why: z.optional(z.string()),
  /** Real milliseconds from issue to reply. */
  ms: milliseconds,
  /** The session whose record is the first one among the keys. */
  sid,
  /** The line of the app that issued it; absent when it is not known. */
  code: z.exactOptional(codePlace),
});

export const keyChanged = z.object({
  type: z.literal('key'),
  ...base,
  /** With its namespace, as redis-cli shows it. */
  key: z.string(),
  /** `ttl`: only its time to live changed. */
  change: z.enum(['set', 'ttl', 'deleted', 'expired']),
  /** The value after the change; null when the key was deleted or has expired. */
  value: z.nullable(keyValue),
  /** null: it never expires, or does not exist any more. */
  expiresAt: z.nullable(milliseconds),
  cause: keyCause,
  /** The session whose record this key is. */
  sid,
});

/** What a process did with the session records in its own memory. Recorded where the app keeps them there instead of in Redis. */
export const memoryUsed = z.object({
  type: z.literal('memory'),
  ...base,
  request,
  /** Named as in `by` of a response: "app 2". */
  process: z.string(),
  /** `lost`: the process has ended. */
  op: z.enum(['get', 'set', 'touch', 'destroy', 'lost']),
  sid: z.string(),
  /** The record that it has then, as JSON; null when it has none. */
  value: z.nullable(z.string()),
  /** null: it never expires, or does not exist. */
  expiresAt: z.nullable(milliseconds),
});

/** The app, or what it depends on, was disturbed or repaired. */
export const faultInjected = z.object({ type: z.literal('fault'), ...base, fault });

/** The connection to Redis was lost or is back, or Redis has begun to answer slowly, or does no more. */
export const storeStatus = z.object({
  type: z.literal('store'),
  ...base,
  status: z.enum(['lost', 'back', 'slow', 'quick']),
  why: z.string(),
});
