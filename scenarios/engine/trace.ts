/**
 * The trace: everything that happened in one sandbox, as plain JSON. Types only: this file is the contract between the
 * lab that records, and the page, the command line and the exported file that read.
 *
 * All times called `at`, `…At` or `expiresAt` are milliseconds of sandbox time: 0 is when the sandbox was made, real
 * milliseconds count, and a jump in time of n milliseconds adds n. A record or cookie therefore keeps one `expiresAt`
 * however the clock was moved.
 */

import type { HandAction } from './hand.ts';

export interface Trace {
  version: 1;
  header: TraceHeader;
  events: TraceEvent[];
}

export type Variant = 'vulnerable' | 'protected';
export type StoreKind = 'mock' | 'real';

/** `jump`: a step that lets time pass makes everything older at once. `real`: it waits, with the scenario's short times. */
export type Pace = 'jump' | 'real';

export interface TraceHeader {
  sandbox: string;
  scenario: ScenarioOutline;
  variant: Variant;
  store: StoreKind;
  /** Where the records live, as shown to a person: "in this process" or "127.0.0.1:6379". Never holds a password. */
  address: string;
  /** Every Redis key of this sandbox starts with this text; the app does not know it. */
  namespace: string;
  pace: Pace;
  /** The limits of a session as the app's settings say, in ms; whether the app keeps them is for the trace to tell. */
  limits: { idle: number; absolute: number };
  /** Milliseconds since 1970 at which sandbox time was 0. */
  startedAt: number;
}

/** What can be told about a scenario without playing it. */
export interface ScenarioOutline {
  slug: string;
  chapter: string;
  title: string;
  question: string;
  /** The file in server/weaknesses, without its ending; null where the variants differ by how the app is set up. */
  weakness: string | null;
  actors: ActorOutline[];
  steps: StepOutline[];
  lesson: string;
  /** The lines to take home, as code; null where there are none. */
  fix: string | null;
  /** What people believe helps and does not, each with the reason. */
  notTheFix: string[];
  /** Why the mock is not enough; null where it is. */
  needsRealRedis: string | null;
  references: string[];
  /** Some step lets time pass, so there is something to wait for or to jump. */
  letsTimePass: boolean;
}

export type ActorRole = 'attacker' | 'victim' | 'person' | 'admin';

export interface ActorOutline {
  /** The name used in the scenario's code: `mallory`, `alicesPhone`. */
  name: string;
  /** The name people read: "Mallory", "Alice's phone". */
  label: string;
  role: ActorRole;
}

export interface StepOutline {
  title: string;
  purpose: string;
  narration: string;
  ask: AskOutline | null;
}

/** What an ask compares: plain values, so that they can be written down in a trace and compared with ===. */
export type Answer = string | number | boolean;

export interface AskOutline {
  question: string;
  /** The answers on the store of this trace. */
  vulnerable: Answer;
  protected: Answer;
  /** Only where it is a lesson that the other store answers differently. */
  onOtherStore?: { store: StoreKind } & Record<Variant, Answer>;
}

interface EventBase {
  /** The event's index in the trace. */
  seq: number;
  at: number;
  /** Index of the step it happened in; null for what was done by hand or happened by itself between steps. */
  step: number | null;
}

export type TraceEvent =
  | StepStarted
  | StepEnded
  | ActorJoined
  | RequestSent
  | ResponseReceived
  | RequestFailed
  | RedisCommand
  | KeyChanged
  | JarChanged
  | CookiePlanted
  | CookieCopied
  | WaitStarted
  | TimePassed
  | AskAnswered
  | PageShown
  | ScriptRan
  | MailSent
  | AuditLogged
  | AppRestarted
  | FaultInjected
  | DoneByHand
  | StoreStatus
  | SandboxEnded;

export interface StepStarted extends EventBase {
  type: 'step-started';
  step: number;
}

export interface StepEnded extends EventBase {
  type: 'step-ended';
  step: number;
  /** Real milliseconds the step took. */
  ms: number;
  /** Why the step could not be played to its end; null when it was. */
  error: string | null;
}

/** Somebody who is not in the scenario takes part from here on: the learner, with a real browser. */
export interface ActorJoined extends EventBase {
  type: 'joined';
  actor: ActorOutline;
}

export type Header = [name: string, value: string];

export interface RequestSent extends EventBase {
  type: 'request';
  /** Number of the request, unique in the trace; responses, commands and jar changes refer to it. */
  id: number;
  actor: string;
  method: string;
  /** Absolute, as in the browser's address bar: `https://shop.example/me`. */
  url: string;
  /** As the browser sent them, in order. */
  headers: Header[];
  /** Added on the way by the edge where TLS ends, or would end (X-Forwarded-Proto, X-Forwarded-For). */
  forwarded: Header[];
  /** Passwords in it are masked. */
  body: string | null;
  /** What else is to be said of how it came about: "a preflight", "upgraded to https", "follows a redirect"; null: nothing. */
  note: string | null;
  /** One per cookie in the jar, the sent ones first, in the order of the Cookie header. */
  cookies: SentCookie[];
}

/** Whether a cookie of the jar went with a request, and the rule that decided. */
export interface SentCookie {
  name: string;
  value: string;
  sent: boolean;
  /** A short sentence: "host, path and scheme match", "its path /app does not cover /me". */
  why: string;
}

export interface ResponseReceived extends EventBase {
  type: 'response';
  request: number;
  status: number;
  statusText: string;
  headers: Header[];
  body: string;
  /** Real milliseconds from the request's first byte to the response's last. */
  ms: number;
  /** Who answered: "app", "app 2", "cache", or the origin of another site. */
  by: string;
  /** One per Set-Cookie header. */
  cookies: ReceivedCookie[];
  /** The line of the app that answered; absent where no line of it is known, as for another site. */
  code?: CodePlace;
}

/** What the browser did with one Set-Cookie header. */
export interface ReceivedCookie {
  header: string;
  name: string;
  outcome: 'stored' | 'removed' | 'refused';
  why: string;
}

export interface RequestFailed extends EventBase {
  type: 'request-failed';
  request: number;
  why: string;
  ms: number;
}

/** A line of the app's source, by the path it has in the repository: `server/app/auth/login.ts`. Lines count from 1. */
export interface CodePlace {
  file: string;
  line: number;
}

/** One command the app issued, recorded when its reply came. */
export interface RedisCommand extends EventBase {
  type: 'command';
  id: number;
  /** The request being handled when it was issued; null outside of any. */
  request: number | null;
  name: string;
  /** As they went to Redis: keys with their namespace. */
  args: string[];
  /** The reply as redis-cli would print it: `OK`, `(integer) 1`, `(nil)`, `"…"`; null when it failed. */
  reply: string | null;
  error: string | null;
  /** Real milliseconds from issue to reply. */
  ms: number;
  /** The line of the app that led to it; absent where no line of it is known. */
  code?: CodePlace;
}

export type KeyValue =
  | { type: 'string'; data: string }
  | { type: 'hash'; data: Record<string, string> }
  | { type: 'set' | 'list'; data: string[] }
  | { type: 'zset'; data: [member: string, score: number][] };

/** Who or what changed a key: a command of the app, a hand on the page, the clock, or somebody outside the sandbox. */
export type KeyCause = { by: 'command'; command: number } | { by: 'hand' } | { by: 'time' } | { by: 'outside' };

export interface KeyChanged extends EventBase {
  type: 'key';
  /** With its namespace, as redis-cli shows it. */
  key: string;
  /** `ttl`: only its time to live is new. */
  change: 'set' | 'ttl' | 'deleted' | 'expired';
  /** The value after the change; null when the key is gone. */
  value: KeyValue | null;
  /** null: it never expires, or is gone. */
  expiresAt: number | null;
  cause: KeyCause;
}

export interface JarCookie {
  name: string;
  value: string;
  /** Host or domain it belongs to, without a leading dot. */
  domain: string;
  /** True: sent to exactly that host. False: to its subdomains as well (a Domain attribute was given). */
  hostOnly: boolean;
  path: string;
  secure: boolean;
  httpOnly: boolean;
  /** As the server wrote it; null when it wrote none, which browsers treat as Lax. */
  sameSite: 'Strict' | 'Lax' | 'None' | null;
  /** null: until the browser is closed. */
  expiresAt: number | null;
  /** Of a real browser's cookie only name and value were seen, in a Cookie header; the rest is a guess not to be shown. */
  attributes?: 'unknown';
}

export type JarCause =
  | { by: 'response'; request: number }
  | { by: 'planted'; actor: string }
  | { by: 'copied'; actor: string }
  /** A script of the page wrote document.cookie. */
  | { by: 'script' }
  /** A Clear-Site-Data header. */
  | { by: 'site-data'; request: number }
  /** All windows were closed. */
  | { by: 'closed' }
  /** A request of a real browser carried other cookies than it was known to have: they were changed there. */
  | { by: 'seen'; request: number }
  /** Time was jumped, which a real browser does not: its cookies live as long as they did. */
  | { by: 'own-clock' }
  | { by: 'hand' };

/**
 * The whole jar of one actor after a change; of a real browser, as far as its requests and their answers tell. A cookie whose
 * `expiresAt` has passed is one the browser has dropped.
 */
export interface JarChanged extends EventBase {
  type: 'jar';
  actor: string;
  cookies: JarCookie[];
  cause: JarCause;
}

/** `actor` put a cookie into the browser of `victim`. */
export interface CookiePlanted extends EventBase {
  type: 'cookie-planted';
  actor: string;
  victim: string;
  name: string;
  value: string;
}

/** `actor` took a copy of a cookie's value from the browser of `victim`, and keeps it without an expiry. */
export interface CookieCopied extends EventBase {
  type: 'cookie-copied';
  actor: string;
  victim: string;
  name: string;
  value: string;
}

/** A step really waits from here on, `ms` of sandbox time; a jump meanwhile takes its share. */
export interface WaitStarted extends EventBase {
  type: 'wait';
  ms: number;
}

/** `at` is the time after it passed. */
export interface TimePassed extends EventBase {
  type: 'time';
  ms: number;
  how: 'jumped' | 'waited';
}

export interface AskAnswered extends EventBase {
  type: 'ask';
  step: number;
  expected: Answer;
  actual: Answer;
  holds: boolean;
}

/** A page came out of the browser's own keeping, without a request: the Back button. */
export interface PageShown extends EventBase {
  type: 'page-shown';
  actor: string;
  url: string;
  status: number;
  body: string;
}

/** A script of a page used document.cookie. */
export interface ScriptRan extends EventBase {
  type: 'script';
  actor: string;
  /** Whose page it was. */
  origin: string;
  /** What it wrote; null when it read. */
  wrote: string | null;
  /** What it read, or why the browser did not take what it wrote. */
  result: string;
}

/** The app sent a mail. */
export interface MailSent extends EventBase {
  type: 'mail';
  request: number | null;
  to: string;
  subject: string;
}

/** The app wrote a line to its audit log. */
export interface AuditLogged extends EventBase {
  type: 'audit';
  request: number | null;
  name: string;
  userId: number | null;
}

/** The app's processes were stopped and started. */
export interface AppRestarted extends EventBase {
  type: 'restart';
  /** What is different now, in words; '' when nothing is. */
  change: string;
}

/** Something was done to the way between the app and what it stands on, in words: "Redis is 300 ms slower". */
export interface FaultInjected extends EventBase {
  type: 'fault';
  what: string;
}

export interface DoneByHand extends EventBase {
  type: 'hand';
  action: HandAction;
}

/** The connection to Redis was lost or is back. */
export interface StoreStatus extends EventBase {
  type: 'store';
  status: 'lost' | 'back';
  why: string;
}

export interface SandboxEnded extends EventBase {
  type: 'ended';
  why: string;
}
