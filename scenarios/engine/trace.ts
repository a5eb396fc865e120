/**
 * The trace: everything that happened in one sandbox, as plain JSON. This is the contract between the lab, which records, and
 * the page, the command line and the exported file, which read. The server and the page check it with the schemas here and in
 * the files this one imports.
 *
 * All times called `at`, `…At` or `expiresAt` are milliseconds of sandbox time: 0 is when the sandbox was created, real
 * milliseconds count, and a jump in time of n milliseconds adds n. A session record or cookie therefore keeps one `expiresAt`
 * however the clock was moved.
 */
import type { codePlace } from './eventBase.ts';
import { traceEvent } from './events.ts';
import type * as fields from './fields.ts';
import { count, milliseconds, pace, scenarioOutline, storeKind, variant, z } from './fields.ts';
import type { keyCause, keyValue } from './storeEvents.ts';

/** Goes up whenever a reader of the version before would misread a trace. */
export const traceVersion = 2;

export const traceHeader = z.object({
  sandbox: z.string(),
  scenario: scenarioOutline,
  variant,
  /**
   * The repair that was played in place of the fix: a file in server/weaknesses, without its extension. The variant is
   * `protected` then, because the answers of the protected app are expected of it. Absent in a run of either variant itself.
   */
  repair: z.exactOptional(z.string()),
  store: storeKind,
  /** Where the session records are kept, for people: "in this process" or "127.0.0.1:6379". Never holds a password. */
  address: z.string(),
  /** Why this Redis does not tell which keys change, so that changes by others are found late. Absent when it tells. */
  untold: z.exactOptional(z.string()),
  /** The sandbox has a Redis server of its own, which nobody else uses. Absent when it has not. */
  ownRedis: z.exactOptional(z.literal(true)),
  /** The app's processes, as they are named in `by` of a response. Absent when there is one. */
  processes: z.exactOptional(z.array(z.string())),
  /** Every Redis key of this sandbox starts with this text, which the app does not know. */
  namespace: z.string(),
  pace,
  /** The real browser that the actors used: "Chromium 156". Absent when they used the virtual one. */
  browser: z.exactOptional(z.string()),
  /** The limits of a session in the app's settings, in ms. Whether the app enforces them is for the trace to show. */
  limits: z.object({ idle: milliseconds, absolute: milliseconds }),
  /** The origins of the app's own front ends that it does not serve itself. Absent when there are none. */
  frontEnds: z.exactOptional(z.array(z.string())),
  /** The accounts that exist when the scenario begins. */
  users: z.array(z.object({ id: count, email: z.string() })),
  /**
   * Of an app whose session records nobody sees: whom it said that somebody is, by the number of the request that asked; null for
   * nobody. Present only in the trace of a check.
   */
  told: z.exactOptional(z.array(z.object({ request: count, name: z.nullable(z.string()) }))),
  /** Milliseconds since 1970 at which sandbox time was 0. */
  startedAt: z.number().check(z.minimum(0), z.maximum(3.2e14)),
});

export const trace = z.object({ version: z.literal(traceVersion), header: traceHeader, events: z.array(traceEvent) });

export type Trace = z.infer<typeof trace>;
export type TraceHeader = z.infer<typeof traceHeader>;
export type TraceEvent = z.infer<typeof traceEvent>;

export type Variant = z.infer<typeof variant>;
export type StoreKind = z.infer<typeof storeKind>;
export type Pace = z.infer<typeof pace>;
export type Header = z.infer<typeof fields.header>;
export type Answer = z.infer<typeof fields.answer>;

export type ScenarioOutline = z.infer<typeof scenarioOutline>;
export type ActorOutline = z.infer<typeof fields.actorOutline>;
export type ActorRole = z.infer<typeof fields.actorRole>;
export type StepOutline = z.infer<typeof fields.stepOutline>;
export type RepairOutline = z.infer<typeof fields.repairOutline>;
export type AskOutline = z.infer<typeof fields.askOutline>;

export type JarCookie = z.infer<typeof fields.jarCookie>;
export type CookieAttribute = z.infer<typeof fields.cookieAttribute>;
export type RecordedCookie = z.infer<typeof fields.recordedCookie>;
export type SentCookie = z.infer<typeof fields.sentCookie>;
export type ReceivedCookie = z.infer<typeof fields.receivedCookie>;
export type JarCause = z.infer<typeof fields.jarCause>;
export type CodePlace = z.infer<typeof codePlace>;
export type KeyValue = z.infer<typeof keyValue>;
export type KeyCause = z.infer<typeof keyCause>;

/** The events of one type: `EventOf<'request'>`. */
export type EventOf<Type extends TraceEvent['type']> = Extract<TraceEvent, { type: Type }>;
export type StepStarted = EventOf<'step-started'>;
export type StepEnded = EventOf<'step-ended'>;
/** A claim of a step's narration that the trace contradicts. */
export type Untrue = NonNullable<StepEnded['untrue']>[number];
/** What the virtual browser did differently than a real one. */
export type Differs = NonNullable<StepEnded['differs']>[number];
export type RequestSent = EventOf<'request'>;
export type ResponseReceived = EventOf<'response'>;
export type RequestFailed = EventOf<'request-failed'>;
export type RedisCommand = EventOf<'command'>;
export type KeyChanged = EventOf<'key'>;
export type MemoryUsed = EventOf<'memory'>;
export type JarChanged = EventOf<'jar'>;
export type AskAnswered = EventOf<'ask'>;
export type ScriptRan = EventOf<'script'>;
