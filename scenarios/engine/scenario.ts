import { you } from './actors.ts';
import type { AnswerOf, Cast } from './cast.ts';
import { type Durations, fillDurations } from './durations.ts';
import { misshapen } from './shape.ts';
import type { ActorRole, Answer, AskOutline, Pace, ScenarioOutline, StoreKind, Variant } from './trace.ts';

export const chapters = ['cookie', 'login', 'lifetime', 'logout', 'store'] as const;
export type Chapter = (typeof chapters)[number];

/** One answer; or one for each store, where it is the lesson that the mock does not do what a real Redis does. */
export type Expected = Answer | Record<StoreKind, Answer>;

/** One question with two answers: the learner's prediction, and the headless assertion. */
export interface Ask<Names extends string = string, Times extends string = string> {
  question: string;
  answer: AnswerOf<Names, Times>;
  vulnerable: Expected;
  protected: Expected;
}

export interface Step<Names extends string = string, Times extends string = string> {
  title: string;
  /** What the step is for, in two to six words. */
  purpose: string;
  /** The reason, in two or three plain sentences. `{idle}` becomes the time of that name: "30 minutes". */
  narration: string;
  act: (cast: Cast<Names, Times>) => unknown;
  ask?: Ask<Names, Times>;
}

/** What another site answers; anything left out is 200, no header, no body. */
export interface SiteResponse {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string;
}

/** Somebody else's server: a function from a request to a response. */
export type SiteHandler = (request: {
  method: string;
  path: string;
  headers: Record<string, string | undefined>;
  body: string;
}) => SiteResponse;

/** One more app at an origin of its own, of the same code. */
export interface AppSetup {
  /** Laid over this app, in both variants: the variants differ by their setups. */
  weakness?: string;
  /** Signs with the shop's secret instead of one of its own. */
  sharesSecret?: boolean;
  /** Has users of its own: those of the shop at the beginning, and from then on others under the same numbers. */
  ownUsers?: boolean;
  /** What the keys of its records begin with, where it is not `sess:`. */
  keyPrefix?: string;
  /** What its session cookie is called, where it is not what the app calls it. */
  cookieName?: string;
}

/** How things stand around the app, where that is the lesson. */
export interface Setup {
  /** Processes of the app behind the front, dealt to in turn. One, unless said. */
  instances?: number;
  /** A cache that all visitors share stands before the app. */
  sharedCache?: boolean;
  /** Further apps, by origin: `http://localhost:3001`. */
  apps?: Record<string, AppSetup>;
  /** A Redis of its own with these lines of redis.conf, which may be broken, frozen and filled. Needs a redis-server. */
  ownRedis?: string[];
}

export interface Scenario<Names extends string = string, Times extends string = string> {
  /** kebab-case; the file's name, and the last part of the page's address. */
  slug: string;
  chapter: Chapter;
  title: string;
  /** What the learner wonders, as one question. */
  question: string;
  /** The file in server/weaknesses, without its ending. Without one, the two setups differ. */
  weakness?: string;
  /** How things stand around the app; one for both variants, or one for each. */
  setup?: Setup | Record<Variant, Setup>;
  /** Other people's sites, by origin: `https://evil.example`. `http://shop.example` is somebody on the wire. */
  sites?: Record<string, SiteHandler>;
  /** The least bcrypt cost of the password hashes, where the time they take is the lesson: at 4 one takes a millisecond, at 8 fifteen. */
  bcryptCost?: number;
  /** Where the mock is not enough, the reason in one sentence: "A mock has no memory limit, so it evicts nothing." */
  needsRealRedis?: string;
  actors: Record<Names, ActorRole | { role: ActorRole; label: string }>;
  /** Standards and weaknesses it shows, ids only: 'ASVS V7.2.4', 'CWE-384'. */
  references: string[];
  /**
   * Milliseconds by name. Three names set up the app: `idle`, the idle limit of a session, `absolute`, its absolute limit, and
   * `recent`, how long a typed password counts; without them the app has its usual ones. The others are what steps let pass.
   */
  times?: Durations<Times>;
  /** The same names for `--real-time`, where waiting must be bearable. Without it, `times` holds there as well. */
  inRealTime?: Durations<NoInfer<Times>>;
  steps: Step<Names, Times>[];
  /** One sentence to remember. */
  lesson: string;
  /** The lines to take home, as code. */
  fix?: string;
  /** What people believe helps and does not, each with the reason. */
  notTheFix?: string[];
}

/**
 * Check a scenario and give it back. A scenario is a value: nothing runs until it is played.
 * @throws Error with what is wrong and what to do, when it could not prove anything or be told apart.
 */
export function scenario<const Names extends string, const Times extends string = never>(
  definition: Scenario<Names, Times>,
): Scenario {
  // The engine hands every act the whole cast; the generics served the author's editor and end here.
  const made = definition as unknown as Scenario;
  const complain = (problem: string): never => {
    throw new Error(`Scenario ${typeof made?.slug === 'string' ? `"${made.slug}"` : 'without a slug'}: ${problem}`);
  };
  const wrongShape = misshapen(made);
  if (wrongShape !== null) complain(wrongShape);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(made.slug)) complain('its slug must be kebab-case, such as "session-fixation".');
  if (!chapters.includes(made.chapter)) {
    complain(`there is no chapter "${made.chapter}"; the chapters are ${chapters.join(', ')}.`);
  }
  if (Object.keys(made.actors).length === 0)
    complain('it has no actors; name at least one, such as { alice: "victim" }.');
  if (you.name in made.actors) complain(`"${you.name}" is not a name for an actor: it is the learner’s own browser.`);
  if ('world' in made.actors) complain('"world" is not a name for an actor: it is how a step reaches time and Redis.');
  if (made.steps.length === 0) complain('it has no steps.');
  if (made.weakness === undefined && !(made.setup && 'vulnerable' in made.setup)) {
    complain('nothing makes its variants different; name a weakness, or give a setup for each variant.');
  }
  const asks = made.steps.flatMap((step) => (step.ask ? [step.ask] : []));
  if (asks.length === 0) complain('it asks nothing, so it proves nothing; give at least one step an ask.');
  for (const store of storesOf(made)) {
    if (asks.every((ask) => expectedOn(ask.vulnerable, store) === expectedOn(ask.protected, store))) {
      complain(
        `every ask has the same answer in both variants on the ${store} store, so it would pass with the fix taken out; add one that differs.`,
      );
    }
  }
  if (made.needsRealRedis === undefined && hasOwnRedis(made)) {
    complain('its setup has a Redis of its own, which a mock cannot be; say why in needsRealRedis.');
  }
  for (const name of Object.keys(made.inRealTime ?? {})) {
    if (!(name in (made.times ?? {}))) complain(`inRealTime has "${name}", which times does not have.`);
  }
  return made;
}

/** The answer that is expected on that store. */
export function expectedOn(expected: Expected, store: StoreKind): Answer {
  return typeof expected === 'object' ? expected[store] : expected;
}

/** The stores it can be played on. */
export function storesOf({ needsRealRedis }: Scenario): StoreKind[] {
  return needsRealRedis === undefined ? ['mock', 'real'] : ['real'];
}

/** Whether a Redis server is started for it alone. */
export const hasOwnRedis = (scenario: Scenario) =>
  setupFor(scenario, 'vulnerable').ownRedis !== undefined || setupFor(scenario, 'protected').ownRedis !== undefined;

/** How things stand around the app in that variant. */
export function setupFor({ setup = {} }: Scenario, variant: Variant): Setup {
  return 'vulnerable' in setup ? setup[variant] : (setup as Setup);
}

/** The scenario's times for a pace, in milliseconds. */
export function timesFor({ times = {}, inRealTime = {} }: Scenario, pace: Pace): Record<string, number> {
  return pace === 'real' ? { ...times, ...inRealTime } : { ...times };
}

/** What can be told without playing it; the times in the texts are those of the pace, the answers those on the store. */
export function outline(scenario: Scenario, pace: Pace, store: StoreKind): ScenarioOutline {
  const times = timesFor(scenario, pace);
  const { slug, chapter, title, question, weakness = null, lesson, references } = scenario;
  const { fix = null, notTheFix = [], needsRealRedis = null } = scenario;
  return {
    slug,
    chapter,
    title: fillDurations(title, times),
    question: fillDurations(question, times),
    weakness,
    lesson: fillDurations(lesson, times),
    fix,
    notTheFix,
    needsRealRedis,
    references,
    letsTimePass: Object.keys(times).some((name) => !['idle', 'absolute', 'recent'].includes(name)),
    actors: Object.entries(scenario.actors).map(([name, actor]) =>
      typeof actor === 'string' ? { name, label: capitalised(name), role: actor } : { name, ...actor },
    ),
    steps: scenario.steps.map(({ title, purpose, narration, ask }) => ({
      title: fillDurations(title, times),
      purpose: fillDurations(purpose, times),
      narration: fillDurations(narration, times),
      ask: ask ? { question: fillDurations(ask.question, times), ...answersOn(ask, store) } : null,
    })),
  };
}

function answersOn({ vulnerable, protected: fixed }: Ask, store: StoreKind): Omit<AskOutline, 'question'> {
  const on = (store: StoreKind) => ({
    vulnerable: expectedOn(vulnerable, store),
    protected: expectedOn(fixed, store),
  });
  if (typeof vulnerable !== 'object' && typeof fixed !== 'object') return on(store);
  const other = store === 'mock' ? 'real' : 'mock';
  return { ...on(store), onOtherStore: { store: other, ...on(other) } };
}

const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
