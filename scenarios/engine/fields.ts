/** What the schemas of the contract are made of: plain fields, cookies, and the outline of a scenario. */
import { en } from 'zod/locales';
import * as z from 'zod/mini';

// zod would compile each schema with `new Function`, which the page's Content-Security-Policy forbids. The setting must be made
// before the first schema is created, so every file with schemas imports zod from here. `zod/mini` is half as large on the first
// page, and brings no messages of its own.
z.config({ ...en(), jitless: true });

export { z };

export const variant = z.enum(['vulnerable', 'protected']);
export const storeKind = z.enum(['mock', 'real']);

/** How a step lets time pass. `jump`: everything gets older at once. `real`: it waits, with the scenario's short times. */
export const pace = z.enum(['jump', 'real']);

/** Name and value of a header. */
export const header = z.tuple([z.string(), z.string()]);

/** Milliseconds: at most ten thousand years, so that every date and every axis can be drawn. */
export const milliseconds = z.number().check(z.minimum(-3.2e14), z.maximum(3.2e14));

/** A number of things, or an index. */
export const count = z.int().check(z.minimum(0));

export const absoluteUrl = z.url({ error: 'is not an absolute address' });

export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const slug = z.string().check(z.regex(slugPattern, { error: 'is not lower-case words joined by hyphens' }));

/** The id of the session that something is about, or the signature of a token that takes the place of one; else null. */
export const sid = z.nullable(z.string());

/** What an ask compares: a plain value that can be written into a trace and compared with `Object.is`. */
export const answer = z.union([z.string(), z.number(), z.boolean()]);

// Cookies: in a jar, in a request, in a response.

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
  /** Of a Partitioned cookie: the site of the pages in whose requests it goes along. */
  partition: z.exactOptional(z.string()),
  /** Set when only name and value were seen, in a Cookie header of a real browser. Do not show the other fields. */
  attributes: z.exactOptional(z.literal('unknown')),
});

/** An attribute of a cookie that a scenario may be about. */
export const cookieAttribute = z.enum(['HttpOnly', 'Secure', 'SameSite', 'Domain', 'Path']);

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

// The outline of a scenario: everything that is known without playing it.

export const actorRole = z.enum(['attacker', 'victim', 'person', 'admin']);

export const actorOutline = z.object({
  /** The name in the scenario's code: `mallory`, `alicesPhone`. */
  name: z.string(),
  /** The name people read: "Mallory", "Alice's phone". */
  label: z.string(),
  role: actorRole,
});

const answers = { vulnerable: answer, protected: answer };

export const askOutline = z.object({
  question: z.string(),
  // The answers expected on the store of this trace.
  ...answers,
  /** The answers differ, and neither is worse. */
  neutral: z.exactOptional(z.boolean()),
  /** The sentence under the picture begins with the question and its answer. */
  leads: z.exactOptional(z.literal(true)),
  /** Present only when the other store is expected to answer differently, which is then part of the lesson. */
  onOtherStore: z.exactOptional(z.object({ store: storeKind, ...answers })),
});

export const stepOutline = z.object({
  title: z.string(),
  purpose: z.string(),
  /** What is true of both variants: for a reader who sees both. */
  narration: z.string(),
  /** For a reader who sees one of them. Absent when the narration has nothing that only the other one shows. */
  narrationOf: z.exactOptional(z.object({ vulnerable: z.string(), protected: z.string() })),
  ask: z.nullable(askOutline),
});

/** A repair of the weakness that a learner may choose: the fix, or a file that looks like it. */
export const repairOutline = z.object({
  /** The file in server/weaknesses, without its extension; null for the fix, which is the app as it is. */
  file: z.nullable(z.string()),
  title: z.string(),
  /** Why it looks right. */
  idea: z.string(),
  /** Why it holds, or why it does not. To be shown after it was tried. */
  because: z.string(),
  /** The index of the step that shows best that it fails; null for the fix. */
  step: z.nullable(count),
});

export const scenarioOutline = z.object({
  slug,
  chapter: z.string(),
  /** The term that a developer searches for. */
  title: z.string(),
  /** The story, below the title. Absent in older traces and where an author gave none. */
  subtitle: z.exactOptional(z.string()),
  /** What else finds it in a search. */
  synonyms: z.exactOptional(z.array(z.string())),
  question: z.string(),
  /** The file in server/weaknesses, without its extension; null when the variants differ in how the app is set up. */
  weakness: z.nullable(z.string()),
  actors: z.array(actorOutline),
  steps: z.array(stepOutline),
  lesson: z.string(),
  /** The lines of code that fix it; null when there are none. */
  fix: z.nullable(z.string()),
  /** What people believe helps but does not, each with the reason. */
  notTheFix: z.array(z.string()),
  /** What a learner may put in place of the weakness, in an order that does not give the fix away. Absent when there is no choice. */
  repairs: z.exactOptional(z.array(repairOutline)),
  /** Why the mock cannot show this scenario; null when it can. */
  needsRealRedis: z.nullable(z.string()),
  /** Ids of standards and weaknesses: "ASVS V7.2.4", "CWE-384". */
  references: z.array(z.string()),
  /** How the names of the keys begin that it is about, without the namespace. `*` stands for one part: `user:*:sessions`. */
  subject: z.array(z.string()),
  /** The attributes of the session cookie that it is about. Absent when it is about none, and in older traces. */
  cookieAttributes: z.exactOptional(z.array(cookieAttribute)),
  /** Names of the cookies beside that of the session that it is about. Absent when it is about none, and in older traces. */
  otherCookies: z.exactOptional(z.array(z.string())),
  /** Whether any step lets time pass. */
  letsTimePass: z.boolean(),
  /**
   * Who may answer requests besides the app, as `by` of a response names them: a cache, other sites, other apps. Absent when nobody
   * may, and in older traces.
   */
  answerers: z.exactOptional(z.array(z.string())),
});
