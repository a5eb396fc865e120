/**
 * A workshop: an instructor drives, and a room follows. Requests and answers between the page and the server, which checks the
 * requests. A role is a token, sent as `Authorization: Bearer <token>`: not a cookie, because other programs on the instructor's
 * localhost would be sent it.
 *
 * - `driver` drives: shows runs, asks the room, reveals, resets. There is one at a time.
 * - `remote` is the driver's phone: it asks the driver's page for the next or the previous step, and nothing else.
 * - `screen` is the projector: it shows what the room is shown.
 * - `participant` follows, answers, and has sandboxes of their own.
 */

import { traceEvent } from './events.ts';
import { answer, count, milliseconds, pace, slug, storeKind, variant, z } from './fields.ts';
import { traceHeader } from './trace.ts';

export const workshopRole = z.enum(['driver', 'remote', 'screen', 'participant']);
export type WorkshopRole = z.infer<typeof workshopRole>;

/** GET /api/workshop: whether there is one. Anybody may ask. */
export const workshopHere = z.object({
  open: z.boolean(),
  /** Whether this page may open one: it is at the machine that the server runs on. */
  mayOpen: z.boolean(),
});
export type WorkshopHere = z.infer<typeof workshopHere>;

/** An address of this machine that neighbors may reach. */
export const lanAddress = z.object({
  address: z.string(),
  /** The name of its network interface, such as "wlan0". */
  network: z.string(),
  /** Why neighbors may not reach it, as a sentence; null where nothing speaks against it. */
  doubt: z.nullable(z.string()),
});
export type LanAddress = z.infer<typeof lanAddress>;

/** GET /api/workshop/addresses, best first. Only at this machine. */
export const lanAddresses = z.object({ addresses: z.array(lanAddress) });
export type LanAddresses = z.infer<typeof lanAddresses>;

/** POST /api/workshop opens one. Only at this machine. Answers 201 with a Key for the driver. */
export const openWorkshop = z.strictObject({
  /** One of the addresses; by default the best. */
  address: z.exactOptional(z.string().check(z.maxLength(100))),
});
export type OpenWorkshop = z.infer<typeof openWorkshop>;

/** POST /api/workshop/enter: with the code of the room one becomes a participant; with a key one gets the role it stands for. */
export const enterWorkshop = z.union([
  z.strictObject({ code: z.string().check(z.maxLength(20)) }),
  z.strictObject({
    key: z.string().check(z.maxLength(100)),
    /** Take the room over from the page that drives it now. Without it a second driver is refused (`already-driven`). */
    takeOver: z._default(z.boolean(), false),
  }),
]);
export type EnterWorkshop = z.input<typeof enterWorkshop>;

/** POST /api/workshop/enter answers 201 with this. */
export const enteredWorkshop = z.object({
  token: z.string(),
  role: workshopRole,
  /** The name that a participant has in this room, such as "quiet otter"; null for the other roles. */
  handle: z.nullable(z.string()),
});
export type EnteredWorkshop = z.infer<typeof enteredWorkshop>;

/** POST /api/workshop/keys: the driver makes a key for another page. It answers 201 with a Key. */
export const newKey = z.strictObject({ role: z.enum(['driver', 'remote', 'screen']) });
export type NewKey = z.infer<typeof newKey>;

/** A key works once, and only for some minutes; the driver's first one as often as it is needed, at this machine only. */
export const workshopKey = z.object({
  key: z.string(),
  /** Paths of the page where the key is read from the part after `#`, which is not sent to any server. */
  path: z.string(),
  /** The whole address, for the machine that the role is for. */
  address: z.string(),
  /** Milliseconds until it no longer works; null: as long as the workshop. */
  expiresIn: z.nullable(milliseconds),
});
export type WorkshopKey = z.infer<typeof workshopKey>;

/** What the room looks at: runs of the driver's, at a moment. */
const shownRuns = z.object({
  scenario: slug,
  variant: z.enum(['vulnerable', 'protected', 'both']),
  store: storeKind,
  /** One run, or the vulnerable and the protected one. A run has another name than its sandbox, which only the driver knows. */
  runs: z.array(z.string()).check(z.minLength(1), z.maxLength(2)),
  /** The moment: how many steps have started. null: the end of the trace. */
  steps: z.nullable(count),
  /** The selected request; null: the last one of the step. */
  selected: z.nullable(count),
});
export type ShownRuns = z.infer<typeof shownRuns>;

/** A question of a step that the room is asked. */
export const roomQuestion = z.object({
  /** Goes up with each question. */
  id: count,
  scenario: slug,
  /** The index of the step. */
  step: count,
  question: z.string(),
  choices: z.array(answer).check(z.minLength(2)),
  /** Of which apps an answer is wanted: the one that is shown, or both. */
  variants: z.array(variant).check(z.minLength(1)),
  /**
   * `closed`: no more answers. `revealed`: closed, and the bars are shown. `played`: the step has given the answer. The step is what
   * everybody looks at then, and how many were right stands beside it, until the next step is played.
   */
  phase: z.enum(['open', 'closed', 'revealed', 'played']),
  /** How many participants have answered for every variant. */
  answered: count,
  /** How many participants are here, or have answered. */
  of: count,
  /**
   * How often each choice was given, by variant, by those who have answered for every one; null before the driver reveals it or plays
   * the step.
   */
  counts: z.nullable(z.partialRecord(variant, z.array(count))),
});
export type RoomQuestion = z.infer<typeof roomQuestion>;

/** What everybody in the room may see. */
export const roomView = z.object({
  /** The code that one enters to take part. */
  code: z.string(),
  /** Where one enters, without `http://`: "192.168.1.5:3000". */
  address: z.string(),
  /** How many participants have entered. */
  arrived: count,
  /** How many of them have a page open now. */
  here: count,
  /** What the projector shows. */
  screen: z.enum(['join', 'run']),
  /** Whether a driver has a page open now. */
  driven: z.boolean(),
  shown: z.nullable(shownRuns),
  question: z.nullable(roomQuestion),
  /** While the driver asks who is ready, the pages do not follow. null: nobody asks. */
  readyCheck: z.nullable(z.object({ notYet: count, of: count })),
  /** What is left of the timer in ms, negative when it is over; null without one. `runs`: false while it is paused. */
  timer: z.nullable(z.object({ left: milliseconds, runs: z.boolean() })),
  /** The workshop is over. */
  over: z.boolean(),
});
export type RoomView = z.infer<typeof roomView>;

/** What one participant sees of themselves. */
export const participantView = z.object({
  handle: z.string(),
  /** Their answers to the current question. */
  answers: z.partialRecord(variant, count),
  ready: z.boolean(),
  /** Goes up when the driver resets all: own runs have ended, and the page follows again. */
  resets: count,
});
export type ParticipantView = z.infer<typeof participantView>;

/** Where a participant is in a run of their own. */
const ownRun = z.object({
  scenario: slug,
  variant,
  /** How many steps have been played, of how many. */
  played: count,
  steps: count,
  /** Milliseconds since the last step, action or opening. */
  idle: milliseconds,
});

/** What only the driver sees. */
export const driverView = z.object({
  participants: z.array(
    z.object({
      handle: z.string(),
      here: z.boolean(),
      /** null: they follow the room. */
      own: z.nullable(ownRun),
      ready: z.boolean(),
      answered: z.boolean(),
    }),
  ),
  /** Where a page that begins to drive goes on: the run that is shown, at its step; null before anything is shown. */
  place: z.nullable(
    z.object({
      scenario: slug,
      variant: z.enum(['vulnerable', 'protected', 'both']),
      store: storeKind,
      pace,
      step: count,
    }),
  ),
  /** What was shown so far, in order: for the hand-out. */
  shownSoFar: z.array(slug),
  /** How many questions have counts to save. */
  asked: count,
  /** The addresses of the room, best first. */
  addresses: z.array(lanAddress),
});
export type DriverView = z.infer<typeof driverView>;

/**
 * GET /api/workshop/events is an event stream for every role, with named messages:
 * `room`: a RoomView; `you`: a ParticipantView; `driver`: a DriverView; `run`: a RunOpened; `clock`: a RunClock; `press`: a Press;
 * `dismissed`: a Dismissed, after which the stream ends. Unnamed messages carry a RunEvent, and their ids are such that a lost
 * connection resumes after them. What a `room` message shows was sent before it, unless it happens just then.
 */
export const runEvent = z.object({ run: z.string(), event: traceEvent });
export type RunEvent = z.infer<typeof runEvent>;

/** Why a page no longer has its role, as a sentence. */
export const dismissed = z.object({ why: z.string() });
export type Dismissed = z.infer<typeof dismissed>;

export const runOpened = z.object({ run: z.string(), header: traceHeader });
export type RunOpened = z.infer<typeof runOpened>;

export const runClock = z.object({
  run: z.string(),
  /** Sandbox milliseconds now. */
  now: z.number(),
});
export type RunClock = z.infer<typeof runClock>;

/** A button of the remote, for the driver's page. */
export const press = z.strictObject({ button: z.enum(['next', 'previous']) });
export type Press = z.infer<typeof press>;

/** POST /api/workshop/drive: what a driver does. The answer is 200 with a Driven. */
export const driveAction = z.discriminatedUnion('do', [
  /** Shows runs of sandboxes that the driver has opened: one, or the vulnerable and the protected one. */
  z.strictObject({
    do: z.literal('show'),
    sandboxes: z.array(z.string().check(z.maxLength(100))).check(z.minLength(1), z.maxLength(2)),
    steps: z.nullable(count),
    selected: z.nullable(count),
  }),
  z.strictObject({ do: z.literal('screen'), shows: z.enum(['join', 'run']) }),
  /** Asks the question of a step of the scenario that is shown. */
  z.strictObject({ do: z.literal('ask'), step: count }),
  z.strictObject({ do: z.literal('close-question') }),
  z.strictObject({ do: z.literal('reveal') }),
  z.strictObject({ do: z.literal('drop-question') }),
  z.strictObject({ do: z.literal('ready-check'), open: z.boolean() }),
  /** Starts a timer, or ends it with null. Milliseconds. */
  z.strictObject({ do: z.literal('timer'), left: z.nullable(milliseconds) }),
  z.strictObject({ do: z.literal('pause-timer'), paused: z.boolean() }),
  /** Ends every run of a participant's own. */
  z.strictObject({ do: z.literal('reset-all') }),
  /** Ends the workshop. */
  z.strictObject({ do: z.literal('end') }),
]);
export type DriveAction = z.infer<typeof driveAction>;

export const driven = z.object({
  /** How many runs have ended. */
  ended: count,
});
export type Driven = z.infer<typeof driven>;

/** POST /api/workshop/answers: an answer of a participant, which may be changed while the question is open. Answers 204. */
export const roomAnswer = z.strictObject({ question: count, variant, choice: count });
export type RoomAnswer = z.infer<typeof roomAnswer>;

/** POST /api/workshop/ready. Answers 204. */
export const roomReady = z.strictObject({ ready: z.boolean() });
export type RoomReady = z.infer<typeof roomReady>;

/** GET /api/workshop/agenda: for the driver; null without one. */
export const agenda = z.object({
  title: z.string(),
  /** Where it was read from: a file, or the name of one that comes with the sandbox. */
  source: z.string(),
  scenarios: z.array(
    z.object({
      slug,
      variant: z.enum(['vulnerable', 'protected', 'both']),
      /** Planned, in minutes; null without a plan. */
      minutes: z.nullable(z.number()),
      /** For the driver only, as Markdown. */
      notes: z.string(),
      steps: z.array(z.object({ step: count, minutes: z.nullable(z.number()), notes: z.string() })),
    }),
  ),
});
export type Agenda = z.infer<typeof agenda>;

/** GET /api/workshop/agendas and PUT /api/workshop/agenda: those that come with the sandbox, and the choice of one, or a text. */
export const agendas = z.object({
  chosen: z.nullable(agenda),
  offered: z.array(z.object({ name: z.string(), title: z.string(), minutes: z.number() })),
});
export type Agendas = z.infer<typeof agendas>;
export const chooseAgenda = z.union([
  z.strictObject({ name: z.string().check(z.maxLength(100)) }),
  z.strictObject({ file: z.string().check(z.maxLength(200)), text: z.string().check(z.maxLength(100_000)) }),
]);
export type ChooseAgenda = z.infer<typeof chooseAgenda>;
