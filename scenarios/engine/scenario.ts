import type { AnswerOf, Cast } from './cast.ts';
import { type Durations, fillDurations } from './durations.ts';
import type { ActorRole, Answer, Pace, ScenarioOutline } from './trace.ts';

export const chapters = ['cookie', 'login', 'lifetime', 'logout', 'store'] as const;
export type Chapter = (typeof chapters)[number];

/** One question with two answers: the learner's prediction, and the headless assertion. */
export interface Ask<Names extends string = string, Times extends string = string> {
  question: string;
  answer: AnswerOf<Names, Times>;
  vulnerable: Answer;
  protected: Answer;
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

export interface Scenario<Names extends string = string, Times extends string = string> {
  /** kebab-case; the file's name, and the last part of the page's address. */
  slug: string;
  chapter: Chapter;
  title: string;
  /** What the learner wonders, as one question. */
  question: string;
  /** The file in server/app/weaknesses, without its ending. */
  weakness: string;
  actors: Record<Names, ActorRole | { role: ActorRole; label: string }>;
  /** Standards and weaknesses it shows, ids only: 'ASVS V7.2.4', 'CWE-384'. */
  references: string[];
  /**
   * Milliseconds by name. Two names set up the app: `idle`, the idle limit of a session, and `absolute`, its absolute limit;
   * without them the app has its usual ones. The others are what steps let pass.
   */
  times?: Durations<Times>;
  /** The same names for `--real-time`, where waiting must be bearable. Without it, `times` holds there as well. */
  inRealTime?: Durations<NoInfer<Times>>;
  steps: Step<Names, Times>[];
  /** One sentence to remember. */
  lesson: string;
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
    throw new Error(`Scenario "${made.slug}": ${problem}`);
  };
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(made.slug)) complain('its slug must be kebab-case, such as "session-fixation".');
  if (!chapters.includes(made.chapter)) {
    complain(`there is no chapter "${made.chapter}"; the chapters are ${chapters.join(', ')}.`);
  }
  if (Object.keys(made.actors).length === 0)
    complain('it has no actors; name at least one, such as { alice: "victim" }.');
  if ('world' in made.actors) complain('"world" is not a name for an actor: it is how a step reaches time and Redis.');
  if (made.steps.length === 0) complain('it has no steps.');
  const asks = made.steps.flatMap((step) => (step.ask ? [step.ask] : []));
  if (asks.length === 0) complain('it asks nothing, so it proves nothing; give at least one step an ask.');
  if (asks.every((ask) => ask.vulnerable === ask.protected)) {
    complain(
      'every ask has the same answer in both variants, so it would pass with the fix taken out; add one that differs.',
    );
  }
  for (const name of Object.keys(made.inRealTime ?? {})) {
    if (!(name in (made.times ?? {}))) complain(`inRealTime has "${name}", which times does not have.`);
  }
  return made;
}

/** The scenario's times for a pace, in milliseconds. */
export function timesFor({ times = {}, inRealTime = {} }: Scenario, pace: Pace): Record<string, number> {
  return pace === 'real' ? { ...times, ...inRealTime } : { ...times };
}

/** What can be told without playing it; the times in the texts are those of the pace. */
export function outline(scenario: Scenario, pace: Pace): ScenarioOutline {
  const times = timesFor(scenario, pace);
  const { slug, chapter, title, question, weakness, lesson, references } = scenario;
  return {
    slug,
    chapter,
    title: fillDurations(title, times),
    question: fillDurations(question, times),
    weakness,
    lesson: fillDurations(lesson, times),
    references,
    letsTimePass: Object.keys(times).some((name) => name !== 'idle' && name !== 'absolute'),
    actors: Object.entries(scenario.actors).map(([name, actor]) =>
      typeof actor === 'string' ? { name, label: capitalised(name), role: actor } : { name, ...actor },
    ),
    steps: scenario.steps.map(({ title, purpose, narration, ask }) => ({
      title: fillDurations(title, times),
      purpose: fillDurations(purpose, times),
      narration: fillDurations(narration, times),
      ask: ask
        ? { question: fillDurations(ask.question, times), vulnerable: ask.vulnerable, protected: ask.protected }
        : null,
    })),
  };
}

const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
