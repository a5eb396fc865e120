/** The events of a trace. Schemas; their types are in trace.ts. */
import { recordedAction } from './actions.ts';
import { base, codePlace, inStep, request } from './eventBase.ts';
import {
  absoluteUrl,
  actorOutline,
  answer,
  count,
  header,
  jarCause,
  milliseconds,
  receivedCookie,
  recordedCookie,
  sentCookie,
  sid,
  z,
} from './fields.ts';
import { faultInjected, keyChanged, memoryUsed, redisCommand, storeStatus } from './storeEvents.ts';

const stepStarted = z.object({ type: z.literal('step-started'), ...inStep });

const stepEnded = z.object({
  type: z.literal('step-ended'),
  ...inStep,
  /** Real milliseconds the step took. */
  ms: milliseconds,
  /** Why the step could not be played to its end; null when it was. */
  error: z.nullable(z.string()),
  /** The claims of its narration that the trace contradicts, each with what was seen instead. Absent when there are none. */
  untrue: z.exactOptional(z.array(z.object({ claim: z.string(), seen: z.string() }))),
  /**
   * What the virtual browser did differently than the real one that was used: `what` as "the requests of alice", each with what
   * either did, and with the reason if it is known. Absent when there is nothing, and when the virtual browser was used.
   */
  differs: z.exactOptional(
    z.array(z.object({ what: z.string(), virtual: z.string(), real: z.string(), reason: z.exactOptional(z.string()) })),
  ),
});

/** The learner takes part with their own browser from here on. */
const actorJoined = z.object({ type: z.literal('joined'), ...base, actor: actorOutline });

const requestSent = z.object({
  type: z.literal('request'),
  ...base,
  /** Number of the request, unique in the trace. Responses, commands and jar changes refer to it. */
  id: count,
  actor: z.string(),
  method: z.string(),
  /** Absolute, as in the browser's address bar: `https://shop.example/me`. */
  url: absoluteUrl,
  /** As the browser sent them, in order. */
  headers: z.array(header),
  /** The headers that the reverse proxy added (X-Forwarded-Proto, X-Forwarded-For). */
  forwarded: z.array(header),
  /** Passwords in it are masked. */
  body: z.nullable(z.string()),
  /** How the request came about: "a preflight", "follows a redirect"; null when there is nothing to add. */
  note: z.nullable(z.string()),
  /** The session of the first session cookie in its Cookie header. */
  sid,
  /** One per cookie in the jar: the sent ones first, in the order of the Cookie header. */
  cookies: z.array(z.object({ ...sentCookie.shape, sid })),
});

const responseReceived = z.object({
  type: z.literal('response'),
  ...base,
  request: count,
  status: count,
  statusText: z.string(),
  headers: z.array(header),
  body: z.string(),
  /** Real milliseconds from the request's first byte to the response's last. */
  ms: milliseconds,
  /** Who answered: "app", "app 2", "cache", or the origin of another site. */
  by: z.string(),
  /** The session of the first session cookie that it sets. */
  sid,
  /** One per Set-Cookie header. */
  cookies: z.array(z.object({ ...receivedCookie.shape, sid })),
  /** The line of the app that answered; absent when it is not known, as for another site. */
  code: z.exactOptional(codePlace),
});

/** An event of the server in a response that is still open: one of the type text/event-stream, whose `body` is empty. */
const streamMessage = z.object({
  type: z.literal('stream-message'),
  ...base,
  request: count,
  actor: z.string(),
  /** "order_placed" */
  name: z.string(),
  data: z.string(),
});

/** A response that was still open has ended. `ended`: by the app. `broken`: its connection broke. `closed`: by the browser. */
const streamEnded = z.object({
  type: z.literal('stream-ended'),
  ...base,
  request: count,
  actor: z.string(),
  how: z.enum(['ended', 'broken', 'closed']),
  /** How long it was open. */
  ms: milliseconds,
});

const requestFailed = z.object({
  type: z.literal('request-failed'),
  ...base,
  request: count,
  why: z.string(),
  ms: milliseconds,
});

/**
 * The browser went no further: it did not send a request, follow a redirect, or show a response to the script that asked for
 * it. `request` is the one whose response it keeps back, or the preflight that did not allow it; null when nothing was sent.
 */
const requestStopped = z.object({
  type: z.literal('stopped'),
  ...base,
  actor: z.string(),
  method: z.string(),
  url: absoluteUrl,
  request,
  /** A sentence without its full stop. */
  why: z.string(),
});

/**
 * The whole jar of one actor after a change. Of a real browser, as far as its requests and their responses show it. A cookie
 * whose `expiresAt` has passed has been dropped by the browser.
 */
const jarChanged = z.object({
  type: z.literal('jar'),
  ...base,
  actor: z.string(),
  cookies: z.array(recordedCookie),
  cause: jarCause,
});

const cookieMoved = {
  ...base,
  actor: z.string(),
  victim: z.string(),
  name: z.string(),
  value: z.string(),
  /** The session the cookie stands for. */
  sid,
};
/** `actor` put a cookie into the browser of `victim`. */
const cookiePlanted = z.object({ type: z.literal('cookie-planted'), ...cookieMoved });
/** `actor` copied a cookie from the browser of `victim`. The copy has no expiry. */
const cookieCopied = z.object({ type: z.literal('cookie-copied'), ...cookieMoved });

/** A step starts to wait for `ms` of sandbox time. A jump meanwhile shortens the wait. */
const waitStarted = z.object({ type: z.literal('wait'), ...base, ms: milliseconds });

/** Time has passed; `at` is the time afterwards. */
const timePassed = z.object({
  type: z.literal('time'),
  ...base,
  ms: milliseconds,
  how: z.enum(['jumped', 'waited']),
});

const askAnswered = z.object({
  type: z.literal('ask'),
  ...inStep,
  expected: answer,
  actual: answer,
  holds: z.boolean(),
});

/** The Back button showed a page that the browser had kept, without a request. */
const pageShown = z.object({
  type: z.literal('page-shown'),
  ...base,
  actor: z.string(),
  url: absoluteUrl,
  status: count,
  body: z.string(),
});

/** A script of a page used document.cookie. */
const scriptRan = z.object({
  type: z.literal('script'),
  ...base,
  actor: z.string(),
  /** The origin of the page. */
  origin: z.string(),
  /** What it wrote; null when it read. */
  wrote: z.nullable(z.string()),
  /** What it read, or what the browser did with what it wrote. */
  result: z.string(),
});

/** The app sent an e-mail. `leadsTo` is the host of the link in it, if it has one. */
const mailSent = z.object({
  type: z.literal('mail'),
  ...base,
  request,
  to: z.string(),
  subject: z.string(),
  leadsTo: z.optional(z.string()),
});

/** The app wrote a line to its audit log. */
const auditLogged = z.object({
  type: z.literal('audit'),
  ...base,
  request,
  name: z.string(),
  userId: z.nullable(z.number()),
});

/** The app's processes were restarted. */
const appRestarted = z.object({
  type: z.literal('restart'),
  ...base,
  /** What is different now, in words; '' when nothing is. */
  change: z.string(),
});

const manualActionTaken = z.object({
  type: z.literal('manual-action'),
  ...base,
  action: recordedAction,
  /** The session whose record the action names, or whose cookie it writes. */
  sid,
});

const sandboxEnded = z.object({ type: z.literal('ended'), ...base, why: z.string() });

export const traceEvent = z.discriminatedUnion('type', [
  stepStarted,
  stepEnded,
  actorJoined,
  requestSent,
  responseReceived,
  requestFailed,
  requestStopped,
  streamMessage,
  streamEnded,
  redisCommand,
  keyChanged,
  memoryUsed,
  jarChanged,
  cookiePlanted,
  cookieCopied,
  waitStarted,
  timePassed,
  askAnswered,
  pageShown,
  scriptRan,
  mailSent,
  auditLogged,
  appRestarted,
  faultInjected,
  manualActionTaken,
  storeStatus,
  sandboxEnded,
]);
