import type { AnswerOf, Cast } from './cast.ts';
import type { chapters } from './chapters.ts';
import { type Claims, claimProblem, claimsIn } from './claims.ts';
import { type Durations, fillDurations } from './durations.ts';
import { type Narration, narrationsIn } from './narration.ts';
import { outlineRepairs, type Repairs } from './repairs.ts';
import { shapeProblem } from './shape.ts';
import type { SiteHandler } from './sites.ts';
import { sessionRecords } from './subject.ts';
import type {
  ActorRole,
  Answer,
  AskOutline,
  CookieAttribute,
  Pace,
  ScenarioOutline,
  StoreKind,
  Variant,
} from './trace.ts';

type Chapter = (typeof chapters)[number];

/** One answer for both stores; or one for each, when the lesson is that the mock does not do what a real Redis does. */
export type Expected = Answer | Record<StoreKind, Answer>;

/** One question with two answers, one per variant: the learner predicts them, the command line asserts them. */
export interface Ask<Names extends string = string, Times extends string = string> {
  question: string;
  answer: AnswerOf<Names, Times>;
  vulnerable: Expected;
  protected: Expected;
  /**
   * true: the answers differ, and neither is worse, so the page speaks of a difference and not of the weakness. false: a count or a
   * status code, of which the page would say that, shows the weakness.
   */
  neutral?: boolean;
  /** The sentence under the picture begins with the question and its answer, because who is who is the same in both variants. */
  leads?: true;
}

export interface Step<Names extends string = string, Times extends string = string> {
  title: string;
  /** What the step is for, in two to six words. */
  purpose: string;
  /**
   * The reason, in two or three plain sentences. `{idle}` becomes the time of that name: "30 minutes". Where one variant alone would
   * leave the reader with a sentence about the other one: a text for each, and one for a reader who sees both.
   */
  narration: Narration;
  act: (cast: Cast<Names, Times>) => unknown;
  /** What must have happened for the narration to be true. The step fails when the trace contradicts one. */
  claims?: Claims<NoInfer<Names>>;
  ask?: Ask<Names, Times>;
  /** It measures how long hashes take, so no other such step is played meanwhile, in whatever sandbox. */
  undisturbed?: true;
}

/** Another app with the same code, at an origin of its own. */
export interface AppSetup {
  /** Replaces parts of this app in both variants: such variants differ in their setups. */
  weakness?: string;
  /** Signs with the main app's secret instead of one of its own. */
  sharesSecret?: boolean;
  /** Has users of its own: at first the same ones, later others with the same numbers. */
  ownUsers?: boolean;
  /** The origins of its front ends that have another origin. */
  frontEnds?: string[];
  /** The prefix of its session records' keys. Default: `sess:`. */
  keyPrefix?: string;
  /** The name of its session cookie. Default: the name in the app's code. */
  cookieName?: string;
}

/** What surrounds the app. */
export interface Setup {
  /** Number of processes behind the load balancer, which serves them in turn. Default: 1. */
  instances?: number;
  /** A cache that all visitors share stands before the app. */
  sharedCache?: boolean;
  /** The users who log in with a password and a code from an authenticator app, by e-mail. */
  secondFactor?: string[];
  /** Environment variables that the app is started with: those of server/app/settings.ts, and others that a weakness reads. */
  environment?: Record<string, string>;
  /** Headers of the app's responses that its reverse proxy removes, as nginx does with proxy_hide_header. In lower case. */
  hiddenHeaders?: string[];
  /** Further apps, by origin: `http://localhost:3001`. */
  apps?: Record<string, AppSetup>;
  /** The app gets a Redis of its own with these lines of redis.conf. Steps may stop, freeze and fill it. Needs a redis-server. */
  ownRedis?: string[];
  /** On the mock, SET is that of the package ioredis-mock, which ignores the options it does not know. For a lesson about that. */
  bareMock?: boolean;
  /**
   * Passwords are hashed and files are read in the four threads of a process of its own, where a flood of hashes starves this app
   * alone. Without it, the server hashes elsewhere, and no flood delays a file.
   */
  ownThreads?: boolean;
}

export interface Scenario<Names extends string = string, Times extends string = string> {
  /** kebab-case; the file's name, and the last part of the page's address. */
  slug: string;
  chapter: Chapter;
  /** The term that a developer searches for: "Session fixation". */
  title: string;
  /** The story, below the title. Every scenario of the catalogue has one. */
  subtitle?: string;
  /** What a developer may type to find it, besides its title, subtitle and question. */
  synonyms?: string[];
  /** What the learner wonders, as one question. */
  question: string;
  /** The file in server/weaknesses, without its extension. Without a weakness, the two setups must differ. */
  weakness?: string;
  /** What surrounds the app: one setup for both variants, or one for each. */
  setup?: Setup | Record<Variant, Setup>;
  /**
   * Other people's sites, by origin: `https://evil.example`. `http://shop.example` is an attacker on the network. A site with one
   * of the schemes answers for both, unless the other one is listed too.
   */
  sites?: Record<string, SiteHandler>;
  /** Those of the sites whose pages are open from the beginning: nobody requests them, so the diagram has no lane for them. */
  openPages?: string[];
  /** The lowest bcrypt cost of the password hashes, for lessons about time: a hash takes 1 ms at cost 4, 15 ms at cost 8. */
  bcryptCost?: number;
  /** Why the mock cannot show this scenario, in one sentence: "A mock has no memory limit, so it evicts nothing." */
  needsRealRedis?: string;
  actors: Record<Names, ActorRole | { role: ActorRole; label: string }>;
  /** Ids of the standards and weaknesses it shows: 'ASVS V7.2.4', 'CWE-384'. */
  references: string[];
  /**
   * How the names of the keys begin that its asks are about: `['throttle:']`. The page draws these, and folds all others. `*`
   * stands for one part of a name: `user:*:sessions`. Default: the session records of all its apps.
   */
  subject?: string[];
  /** The attributes of the session cookie that it is about: the picture shows them at each session cookie. Default: none. */
  cookieAttributes?: CookieAttribute[];
  /** Names of the cookies beside that of the session that it is about: the picture shows them, too. Default: none. */
  otherCookies?: string[];
  /**
   * Milliseconds by name. Three names configure the app: `idle` is a session's idle limit, `absolute` its absolute limit, and
   * `recent` how long a typed password counts. Without them, the app keeps its defaults. Steps let the other times pass.
   */
  times?: Durations<Times>;
  /** Shorter times for `--real-time`, where steps really wait. Default: `times`. */
  inRealTime?: Durations<NoInfer<Times>>;
  steps: Step<Names, Times>[];
  /** One sentence to remember. */
  lesson: string;
  /** The lines of code that fix it. */
  fix?: string;
  /** What people believe helps but does not, each with the reason. */
  notTheFix?: string[];
  /** The fix among two files that look like it. The learner tries one, and the steps are played again with it. */
  repairs?: Repairs;
}

/**
 * Checks a scenario and returns it. A scenario is a value: nothing runs until it is played.
 * @throws Error with what is wrong and what to do, when the scenario is malformed or cannot prove anything
 */
export function scenario<const Names extends string, const Times extends string = never>(
  definition: Scenario<Names, Times>,
): Scenario {
  // The generics served the author's editor. The engine hands every act the whole cast.
  const checked = definition as unknown as Scenario;
  const problem = shapeProblem(checked) ?? proofProblem(checked);
  if (problem === null) return checked;
  throw new Error(`Scenario ${typeof checked?.slug === 'string' ? `"${checked.slug}"` : 'without a slug'}: ${problem}`);
}

/** Returns why a well-formed scenario cannot prove anything, as the end of a sentence; null when it can. */
function proofProblem(scenario: Scenario): string | null {
  const { weakness, setup, steps, times = {}, inRealTime = {}, needsRealRedis, repairs } = scenario;
  if (weakness === undefined && !(setup && 'vulnerable' in setup)) {
    return 'nothing makes its variants different; name a weakness, or give a setup for each variant.';
  }
  const asks = steps.flatMap((step) => step.ask ?? []);
  if (asks.length === 0) return 'it asks nothing, so it proves nothing; give at least one step an ask.';
  const blindStore = storesOf(scenario).find((store) =>
    asks.every((ask) => expectedOn(ask.vulnerable, store) === expectedOn(ask.protected, store)),
  );
  if (blindStore !== undefined) {
    return `every ask has the same answer in both variants on the ${blindStore} store, so it would pass without the fix; add an ask whose answers differ.`;
  }
  const hidden = hiddenApp(scenario);
  if (hidden !== undefined) return `the site "${hidden}" has the origin of an app, which nobody could reach then.`;
  const unclear = unclearClaim(scenario);
  if (unclear !== null) return unclear;
  if (repairs && weakness === undefined) return 'it has repairs, but no weakness whose place they could take.';
  const outside = repairs?.decoys.find(({ fails }) => steps[fails.step - 1] === undefined);
  if (outside) return `the repair "${outside.file}" fails at step ${outside.fails.step}, which does not exist.`;
  if (needsRealRedis === undefined && hasOwnRedis(scenario)) {
    return 'its setup has a Redis of its own, which a mock cannot be; say why in needsRealRedis.';
  }
  const unknown = Object.keys(inRealTime).find((name) => !(name in times));
  return unknown === undefined ? null : `inRealTime has "${unknown}", which times does not have.`;
}

/** The origin of the app for its visitors: server/lab/network/hosts.ts. */
const appOrigin = 'https://shop.example';

/** Returns the origin of a site that would answer in the place of an app. */
function hiddenApp(scenario: Scenario): string | undefined {
  const apps = (['vulnerable', 'protected'] as const).flatMap((it) => Object.keys(setupFor(scenario, it).apps ?? {}));
  return Object.keys(scenario.sites ?? {}).find((origin) => [appOrigin, ...apps].includes(origin));
}

function unclearClaim({ steps, actors }: Scenario): string | null {
  for (const [index, { claims }] of steps.entries()) {
    for (const claim of (['vulnerable', 'protected'] as const).flatMap((variant) => claimsIn(claims, variant))) {
      const problem = claimProblem(claim, Object.keys(actors));
      if (problem !== null) return `step ${index + 1}: ${problem}`;
    }
  }
  return null;
}

/** Returns the answer that is expected on that store. */
export function expectedOn(expected: Expected, store: StoreKind): Answer {
  return typeof expected === 'object' ? expected[store] : expected;
}

/** Returns the stores the scenario can be played on. */
export function storesOf({ needsRealRedis }: Scenario): StoreKind[] {
  return needsRealRedis === undefined ? ['mock', 'real'] : ['real'];
}

/** Whether a Redis server is started for this scenario alone. */
export const hasOwnRedis = (scenario: Scenario) =>
  setupFor(scenario, 'vulnerable').ownRedis !== undefined || setupFor(scenario, 'protected').ownRedis !== undefined;

/** Returns what surrounds the app in that variant. */
export function setupFor({ setup = {} }: Scenario, variant: Variant): Setup {
  return 'vulnerable' in setup ? setup[variant] : (setup as Setup);
}

/** Returns the scenario's times for a pace, in milliseconds. */
export function timesFor({ times = {}, inRealTime = {} }: Scenario, pace: Pace): Record<string, number> {
  return pace === 'real' ? { ...times, ...inRealTime } : { ...times };
}

/** Times that configure the app; the others pass in a step. */
const settings = ['idle', 'absolute', 'recent'];

/** Returns the scenario as plain data, with the pace's times in its texts and the answers expected on the store. */
export function outline(scenario: Scenario, pace: Pace, store: StoreKind): ScenarioOutline {
  const times = timesFor(scenario, pace);
  const { slug, chapter, title, question, weakness = null, lesson, references } = scenario;
  const { subtitle, synonyms, fix = null, notTheFix = [], repairs, needsRealRedis = null } = scenario;
  const answerers = answerersIn(scenario);
  return {
    slug,
    chapter,
    title: fillDurations(title, times),
    ...(subtitle !== undefined && { subtitle: fillDurations(subtitle, times) }),
    ...(synonyms && { synonyms }),
    question: fillDurations(question, times),
    weakness,
    lesson: fillDurations(lesson, times),
    fix,
    notTheFix,
    ...(repairs && { repairs: outlineRepairs(slug, repairs, (text) => fillDurations(text, times)) }),
    needsRealRedis,
    references,
    subject: scenario.subject ?? recordPrefixes(scenario),
    ...(scenario.cookieAttributes && { cookieAttributes: scenario.cookieAttributes }),
    ...(scenario.otherCookies && { otherCookies: scenario.otherCookies }),
    letsTimePass: Object.keys(times).some((name) => !settings.includes(name)),
    ...(answerers.length > 0 && { answerers }),
    actors: Object.entries(scenario.actors).map(([name, actor]) =>
      typeof actor === 'string' ? { name, label: capitalized(name), role: actor } : { name, ...actor },
    ),
    steps: scenario.steps.map(({ title, purpose, narration, ask }) => ({
      title: fillDurations(title, times),
      purpose: fillDurations(purpose, times),
      ...narrationsIn(narration, times),
      ask: ask
        ? {
            question: fillDurations(ask.question, times),
            ...answersOn(ask, store),
            ...(ask.neutral !== undefined && { neutral: ask.neutral }),
            ...(ask.leads && { leads: true as const }),
          }
        : null,
    })),
  };
}

/** Returns who may answer besides the app, in either variant, so that the two are drawn alike. */
function answerersIn(scenario: Scenario): string[] {
  const around = (['vulnerable', 'protected'] as const).map((variant) => setupFor(scenario, variant));
  return [
    ...new Set([
      ...Object.keys(scenario.sites ?? {}).filter((origin) => !scenario.openPages?.includes(origin)),
      // Another app is named by its host, as the reverse proxy knows it.
      ...around.flatMap(({ apps = {} }) => Object.keys(apps).map((origin) => origin.replace(/^https?:\/\//, ''))),
      ...around.flatMap(({ sharedCache }) => (sharedCache ? ['cache'] : [])),
    ]),
  ];
}

/** Returns the prefixes of the session records' keys, of all apps in both variants. */
function recordPrefixes(scenario: Scenario): string[] {
  const apps = (['vulnerable', 'protected'] as const).flatMap((one) =>
    Object.values(setupFor(scenario, one).apps ?? {}),
  );
  return [...new Set([sessionRecords, ...apps.flatMap(({ keyPrefix }) => keyPrefix ?? [])])];
}

function answersOn(ask: Ask, store: StoreKind): Omit<AskOutline, 'question'> {
  const on = (store: StoreKind) => ({
    vulnerable: expectedOn(ask.vulnerable, store),
    protected: expectedOn(ask.protected, store),
  });
  if (typeof ask.vulnerable !== 'object' && typeof ask.protected !== 'object') return on(store);
  const other = store === 'mock' ? 'real' : 'mock';
  return { ...on(store), onOtherStore: { store: other, ...on(other) } };
}

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
