/** Cookies in a jar, in a request and in a response. Schemas; their types are in trace.ts. */
import { count, milliseconds, sid, z } from './fields.ts';

/** A cookie as a browser keeps it. */
export const jarCookie = z.object({
  name: z.string(),
  value: z.string(),
  /** The host or domain it belongs to, without a leading dot. */
  domain: z.string(),
  /** True: sent to exactly that host. False: also sent to its subdomains, because a Domain attribute was given. */
  hostOnly: z.boolean(),
  path: z.string(),
  secure: z.boolean(),
  httpOnly: z.boolean(),
  /** As the server wrote it; null when it wrote none, which browsers treat as Lax. */
  sameSite: z.nullable(z.enum(['Strict', 'Lax', 'None'])),
  /** null: it lasts until the browser is closed. */
  expiresAt: z.nullable(milliseconds),
  /** Set when only name and value were seen, in a Cookie header of a real browser. Do not show the other fields. */
  attributes: z.exactOptional(z.literal('unknown')),
});

/** A cookie of a recorded jar. */
export const recordedCookie = z.object({
  ...jarCookie.shape,
  /** The session the cookie stands for; null for any other cookie. */
  sid,
});

/** Whether a request carried a cookie of the jar, and the rule that decided. */
export const sentCookie = z.object({
  name: z.string(),
  value: z.string(),
  sent: z.boolean(),
  /** A short sentence: "host, path and scheme match", "its path /app does not cover /me". */
  why: z.string(),
});

/** What the browser did with one Set-Cookie header. */
export const receivedCookie = z.object({
  header: z.string(),
  name: z.string(),
  outcome: z.enum(['stored', 'removed', 'refused']),
  why: z.string(),
});

/** What changed a jar. */
export const jarCause = z.discriminatedUnion('by', [
  z.object({ by: z.literal('response'), request: count }),
  z.object({ by: z.literal('planted'), actor: z.string() }),
  z.object({ by: z.literal('copied'), actor: z.string() }),
  // A script of the page wrote document.cookie.
  z.object({ by: z.literal('script') }),
  // A Clear-Site-Data header.
  z.object({ by: z.literal('site-data'), request: count }),
  // All windows of the browser were closed.
  z.object({ by: z.literal('closed') }),
  // A request of the learner's own browser carried other cookies than expected: they were changed in that browser.
  z.object({ by: z.literal('seen'), request: count }),
  // Time was jumped. A real browser's clock does not jump, so its cookies live as long as before.
  z.object({ by: z.literal('own-clock') }),
  // A cookie was edited or deleted: by a manual action, or by a step.
  z.object({ by: z.literal('manual') }),
]);
