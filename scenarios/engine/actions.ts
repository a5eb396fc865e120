/** Manual actions: what a learner can do in a sandbox besides playing its steps. The trace records each one. */
import { z } from './fields.ts';

/** A year: longer than any session, and within what a Redis expiry can hold. Milliseconds. */
export const longestTime = 366 * 24 * 3_600_000;

const time = z.int().check(z.minimum(1), z.maximum(longestTime));
const actor = z.string().check(z.maxLength(100));
/** The key's full name, with the namespace. */
const key = z.string().check(z.maxLength(1000));
const text = z.string().check(z.maxLength(8000));

/** Identifies a cookie within a jar (RFC 6265bis section 5.7 step 23). */
const cookieIdentity = {
  name: z.string().check(z.maxLength(1000)),
  domain: z.string().check(z.maxLength(255)),
  path: z.string().check(z.maxLength(1000)),
};
export type CookieIdentity = Record<keyof typeof cookieIdentity, string>;

/** The session options that can be changed while the app runs. */
export const sessionOptions = z.object({
  rolling: z.boolean(),
  resave: z.boolean(),
  saveUninitialized: z.boolean(),
  /** Milliseconds; null: no maxAge, so the cookie lasts until the browser is closed. */
  maxAge: z.nullable(z.number()),
  httpOnly: z.boolean(),
  secure: z.boolean(),
  /** null: the attribute is left out. */
  sameSite: z.nullable(z.enum(['strict', 'lax', 'none'])),
  /** How many proxies the app trusts; `true`: all of them. */
  trustProxy: z.union([z.boolean(), z.int()]),
  /** Where session records are kept: in Redis, or in the memory of the app's process. */
  store: z.enum(['redis', 'memory']),
});
export type SessionOptionsNow = z.infer<typeof sessionOptions>;

/** Changes to the session options. Those that are left out stay as they are. */
export const sessionChange = z.partial(
  z.strictObject({
    ...sessionOptions.shape,
    /** Milliseconds; null: no maxAge, so the cookie lasts until the browser is closed. */
    maxAge: z.nullable(z.int().check(z.minimum(1000), z.maximum(longestTime))),
    /** How many proxies the app trusts; `true`: all of them. */
    trustProxy: z.union([z.boolean(), z.int().check(z.minimum(0), z.maximum(10))]),
  }),
);
export type SessionChange = z.infer<typeof sessionChange>;

/** A request as the actor's browser would send it. */
const manualRequest = z.strictObject({
  do: z.literal('request'),
  actor,
  method: z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9a-z-]{1,20}$/i, 'A method is one word, such as GET.')),
  /** An absolute address, or a path of the app. */
  url: z.string().check(z.minLength(1), z.maxLength(2000)),
  /** The origin of the page that sends it; null: a person types the address. */
  origin: z.nullable(z.string().check(z.maxLength(300))),
  /** The headers that the page's script sets; the browser adds its own. */
  headers: z
    .array(z.tuple([z.string().check(z.minLength(1), z.maxLength(100)), z.string().check(z.maxLength(2000))]))
    .check(z.maxLength(30)),
  body: z.nullable(text),
  /** What the page's fetch() says about cookies. Absent: include. */
  credentials: z.exactOptional(z.enum(['include', 'same-origin', 'omit'])),
});
export type ManualRequest = z.infer<typeof manualRequest>;

const actionsWithoutRequest = [
  z.strictObject({ do: z.literal('jump-time'), ms: time }),
  z.strictObject({ do: z.literal('delete-key'), key }),
  z.strictObject({
    do: z.literal('set-key'),
    key,
    /** The new value of a key of type string. Its time to live stays. */
    value: text,
  }),
  z.strictObject({
    do: z.literal('expire-key'),
    key,
    /** null: the key never expires. */
    ms: z.nullable(time),
  }),
  z.strictObject({
    do: z.literal('redis'),
    /** A line of the Redis console. */
    line: text,
  }),
  z.strictObject({
    do: z.literal('edit-cookie'),
    actor,
    ...cookieIdentity,
    value: z.string().check(z.maxLength(4096)),
  }),
  z.strictObject({ do: z.literal('delete-cookie'), actor, ...cookieIdentity }),
  z.strictObject({
    do: z.literal('copy-cookie'),
    actor,
    ...cookieIdentity,
    /** The actor whose cookie is copied. The copy has no expiry. */
    from: actor,
  }),
  z.strictObject({
    do: z.literal('slow-redis'),
    /** How much later each command reaches Redis. From a second on, the app's client gives up. */
    ms: z.int().check(z.minimum(1), z.maximum(950)),
  }),
  // No command of the app is answered.
  z.strictObject({ do: z.literal('freeze-redis') }),
  // Each command of the app fails at once.
  z.strictObject({ do: z.literal('disconnect-redis') }),
  z.strictObject({ do: z.literal('end-faults') }),
  z.strictObject({
    do: z.literal('evict-key'),
    /** null: the key that the app used the longest ago. */
    key: z.nullable(key),
  }),
  // Without persistence: the keys of this sandbox are gone.
  z.strictObject({ do: z.literal('restart-redis') }),
  z.strictObject({ do: z.literal('restart-app') }),
  z.strictObject({
    do: z.literal('session-options'),
    change: sessionChange.check(z.refine((change) => Object.keys(change).length > 0, 'Change at least one option.')),
  }),
] as const;

/** What the page asks for. */
export const manualAction = z.discriminatedUnion('do', [...actionsWithoutRequest, manualRequest]);
export type ManualAction = z.infer<typeof manualAction>;

/** What the trace records: passwords in a request's body are masked, so it may be longer than the one that was asked for. */
export const recordedAction = z.discriminatedUnion('do', [
  ...actionsWithoutRequest,
  z.extend(manualRequest, { body: z.nullable(z.string()) }),
]);
