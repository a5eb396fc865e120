/** The API between page and server: requests and answers. The server checks the requests, the page the answers. */
import { sessionOptions } from './actions.ts';
import { minutes } from './durations.ts';
import { type ErrorCode, errorStatus } from './errors.ts';
import { actorOutline, count, milliseconds, pace, scenarioOutline, storeKind, variant, z } from './fields.ts';
import { type Click, type Limits, longestLimit } from './limits.ts';
import { type StoreKind, trace, traceHeader } from './trace.ts';

/** GET /api/catalogue */
export const catalogue = z.object({
  /** In reading order, chapter by chapter. */
  scenarios: z.array(scenarioOutline),
});
export type Catalogue = z.infer<typeof catalogue>;

/** GET /api/recorded-run: a run of session fixation against the vulnerable app, for the first page. */
export const recordedRun = z.object({
  trace,
  /** What the picture of who is who means at the end of each step: its sentences, each with its tone. */
  sentences: z.array(z.array(z.object({ text: z.string(), tone: z.enum(['danger', 'safe', 'plain']) }))),
});
export type RecordedRun = z.infer<typeof recordedRun>;

/** GET /api/redis */
export const stores = z.object({
  real: z.object({
    available: z.boolean(),
    /** `127.0.0.1:6379`; null while there is none, or it is not started yet. Never holds a user or password. */
    address: z.nullable(z.string()),
    /** Where it was found. `startable`: there is a program, started when the first sandbox needs it. */
    source: z.nullable(z.enum(['REDIS_URL', 'localhost', 'started', 'startable'])),
    /** Why it is not available, in sentences. */
    reason: z.nullable(z.string()),
    /** Why the places that are looked at first are not used. */
    passedOver: z.array(z.string()),
    /** How to get one, when there is none. */
    waysToGetOne: z.array(z.string()),
  }),
});
export type Stores = z.infer<typeof stores>;

/** What a sandbox is to be. Strict, so that a misspelt option is an error. */
const sandboxChoice = z.strictObject({
  scenario: z.string().check(z.maxLength(100)),
  variant,
  /** One of the scenario's own repairs, in place of the fix. Needs the variant `protected`. */
  repair: z.exactOptional(z.string().check(z.maxLength(100))),
  store: storeKind,
  pace: z._default(pace, 'jump'),
});
export type SandboxChoice = z.infer<typeof sandboxChoice>;

/** POST /api/sandboxes opens a sandbox. */
export const newSandbox = z.extend(sandboxChoice, {
  /** How many steps to play before answering. */
  playTo: z._default(z.int().check(z.minimum(0), z.maximum(1000)), 0),
});

/** Where the learner's own browser can join: the sandbox's app at a host of its own. Or a sentence that says why it cannot. */
export const ownBrowser = z.union([z.object({ address: z.string() }), z.object({ whyNot: z.string() })]);
export type OwnBrowser = z.infer<typeof ownBrowser>;

/** POST /api/sandboxes answers 201 with this. */
export const openedSandbox = z.object({
  id: z.string(),
  header: traceHeader,
  /** How many events the trace has, including those of the steps that were played. They arrive in the event stream. */
  recorded: count,
  /** Absent when the trace comes from a file, because no server is behind it. */
  ownBrowser: z.exactOptional(ownBrowser),
  /** Opens redis-cli on a Redis that the server has started, and that has a password. Only for the user at that machine. */
  redisCli: z.exactOptional(z.string()),
  /** The ports on 127.0.0.1 for a terminal, by who answers there, named as in `by` of a response. */
  ports: z.record(z.string(), z.number()),
  /** The users of the app with their passwords, which are no secret: they are in the app's source. */
  accounts: z.array(z.object({ email: z.string(), password: z.string() })),
});
export type OpenedSandbox = z.infer<typeof openedSandbox>;

/**
 * POST /api/sandboxes/:id/steps plays until `upTo` steps have been played. Steps are never played twice, so a double click
 * plays one step.
 */
export const playSteps = z.strictObject({ upTo: z.int().check(z.minimum(1), z.maximum(1000)) });
export const stepsPlayed = z.object({
  /** How many steps have been played. */
  played: count,
  /** How many events the trace has, including those of these steps. They arrive in the event stream, perhaps later. */
  recorded: count,
});
export type StepsPlayed = z.infer<typeof stepsPlayed>;

/** GET /api/sandboxes/:id/trace: everything that has happened in a sandbox so far. */
export const recordedTrace = z.object({ trace });
export type RecordedTrace = z.infer<typeof recordedTrace>;

/**
 * GET /api/sandboxes/:id/events is an event stream. `clock` messages carry a Clock: the first at once, then one every ten
 * seconds. Unnamed messages carry one TraceEvent each, with its `seq` as id, so that a lost connection resumes after it.
 */
export const clock = z.object({
  /** Sandbox milliseconds now. */
  now: z.number(),
});
export type Clock = z.infer<typeof clock>;

/** POST /api/sandboxes/:id/actions takes a ManualAction, carries it out and answers with this. */
export const actionTaken = z.extend(clock, {
  /** What Redis answered to a line of its console, as redis-cli prints it; null for every other action. */
  reply: z.nullable(z.string()),
  /** How many events the trace has, including those that the action caused. */
  recorded: count,
});
export type ActionTaken = z.infer<typeof actionTaken>;

/** GET /api/sandboxes/:id/play: what free play offers at this moment. */
export const freePlayOffer = z.object({
  actors: z.array(actorOutline),
  /** The routes of the running app, read from its routers. */
  routes: z.array(z.object({ method: z.string(), path: z.string() })),
  /** Origins a request can go to, the app's first. */
  hosts: z.array(z.string()),
  /** Origins of pages that can send a request. */
  origins: z.array(z.string()),
  session: z.object({
    options: sessionOptions,
    /** The options that the scenario starts with. */
    optionsBefore: sessionOptions,
    /** The code that sets up a session with these options; the secret is masked. */
    code: z.string(),
    codeBefore: z.string(),
  }),
});
export type FreePlayOffer = z.infer<typeof freePlayOffer>;

/** GET /api/sandboxes/:id/scenario: the steps and manual actions of a sandbox as a scenario file. */
export const savedScenario = z.object({
  /** The file's name. */
  name: z.string(),
  /** TypeScript. */
  text: z.string(),
});
export type SavedScenario = z.infer<typeof savedScenario>;

/** Milliseconds. Whole seconds, because Redis and cookies are given whole seconds. */
const limit = z.int().check(z.multipleOf(1000), z.minimum(minutes(1)), z.maximum(longestLimit));

export interface LimitsToPlay extends Limits {
  store: StoreKind;
}

/** POST /api/limits plays a choice of limits on the app: a login, then clicks until one is refused. */
export const limitsToPlay: z.ZodMiniType<LimitsToPlay> = z.strictObject({
  store: storeKind,
  maxAge: z.nullable(limit),
  idle: z.nullable(limit),
  absolute: z.nullable(limit),
  rolling: z.boolean(),
  every: limit,
});

const left = z.union([milliseconds, z.literal('no expiry'), z.literal('gone')]);

/** What was measured after the login and after each click. */
export const limitsPlayed: z.ZodMiniType<{ clicks: Click[] }> = z.object({
  clicks: z.array(z.object({ at: milliseconds, status: z.int(), cookie: left, record: left })),
});

/** The body of every 4xx and 5xx answer. */
export const errorAnswer = z.object({
  error: z.object({
    code: z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
    /** For a person: what happened and what to do. */
    message: z.string(),
  }),
});
export type ErrorAnswer = z.infer<typeof errorAnswer>;
