/** What types say of a scenario, for whoever writes one without them: a file is played as it is, unchecked. Pure. */
import type { Scenario, Setup, Step } from './scenario.ts';
import type { ActorRole } from './trace.ts';

const roles: readonly ActorRole[] = ['attacker', 'victim', 'person', 'admin'];

/** More processes than any lesson needs, and few enough to start. */
const mostInstances = 16;

/** A hundred years: nothing in a lesson lasts longer, and an expiry in Redis can hold it. Milliseconds. */
const longest = 100 * 366 * 24 * 3_600_000;

/** The costs bcrypt takes begin at 4; a hash at 15 takes seconds, one at 31 days. */
const bcryptCosts = { least: 4, most: 15 };

/** What is wrong with the shape of it, as the end of a sentence; null when nothing is. */
export function misshapen(made: Scenario): string | null {
  if (!isObject(made)) return 'it is not an object.';
  for (const name of ['slug', 'chapter', 'title', 'question', 'lesson'] as const) {
    if (typeof made[name] !== 'string') return `its ${name} must be a text.`;
  }
  if (!isList(made.references, isText)) return 'its references must be a list of texts, such as ["CWE-384"].';
  if (!isObject(made.actors)) return 'its actors must be an object, such as { alice: "victim" }.';
  if (!Array.isArray(made.steps)) return 'its steps must be a list.';
  if (made.bcryptCost !== undefined && !isWhole(made.bcryptCost, bcryptCosts.least, bcryptCosts.most)) {
    return `its bcryptCost must be a whole number from ${bcryptCosts.least} to ${bcryptCosts.most}.`;
  }
  return (
    first(Object.entries(made.actors), ([name, actor]) => actorProblem(name, actor)) ??
    first([...entriesOf(made.times), ...entriesOf(made.inRealTime)], ([name, ms]) => timeProblem(name, ms)) ??
    first(entriesOf(made.sites), ([origin, handler]) => siteProblem(origin, handler)) ??
    first(setupsOf(made), setupProblem) ??
    first([...made.steps.entries()], ([index, step]) => {
      const problem = stepProblem(step);
      return problem && `step ${index + 1}: ${problem}`;
    })
  );
}

function actorProblem(name: string, actor: unknown): string | null {
  const { role, label = name } = isObject(actor) ? actor : { role: actor };
  if (!roles.includes(role as ActorRole)) return `the role of actor "${name}" must be one of ${roles.join(', ')}.`;
  return isText(label) ? null : `the label of actor "${name}" must be a text.`;
}

function timeProblem(name: string, ms: unknown): string | null {
  if (typeof ms === 'number' && ms >= 0 && ms <= longest) return null;
  return `the time "${name}" must be a number of milliseconds, at most a hundred years.`;
}

function siteProblem(origin: string, handler: unknown): string | null {
  if (!isOrigin(origin)) return `the site "${origin}" must be an origin, such as "https://evil.example".`;
  return typeof handler === 'function' ? null : `the site "${origin}" must be a function from a request to a response.`;
}

function setupProblem(setup: Setup): string | null {
  if (!isObject(setup)) return 'its setup must be an object.';
  const { instances = 1, apps = {}, ownRedis = [] } = setup;
  if (!isWhole(instances, 1, mostInstances)) return `instances must be a whole number from 1 to ${mostInstances}.`;
  if (!isList(ownRedis, isText)) return 'ownRedis must be a list of lines of redis.conf.';
  if (!isObject(apps)) return 'apps must be an object.';
  const odd = Object.keys(apps).find((origin) => !isOrigin(origin) || !isObject(apps[origin]));
  return odd === undefined ? null : `the app "${odd}" must be an object at an origin, such as "http://localhost:3001".`;
}

function stepProblem(step: Step): string | null {
  if (!isObject(step)) return 'it is not an object.';
  for (const name of ['title', 'purpose', 'narration'] as const) {
    if (!isText(step[name])) return `its ${name} must be a text.`;
  }
  if (typeof step.act !== 'function') return 'its act must be a function, such as ({ alice }) => alice.get("/me").';
  const { ask } = step;
  if (ask === undefined) return null;
  if (!isObject(ask)) return 'its ask must be an object.';
  if (!isText(ask.question)) return 'the question of its ask must be a text.';
  if (typeof ask.answer !== 'function') return 'the answer of its ask must be a function.';
  for (const variant of ['vulnerable', 'protected'] as const) {
    const expected = ask[variant];
    const answers = isObject(expected) ? [expected.mock, expected.real] : [expected];
    if (!answers.every(isAnswer)) return `what its ask expects as ${variant} ${answerRule}`;
  }
  return null;
}

/** How an answer must be, as the end of a sentence: it is written into the trace, and compared with Object.is. */
export const answerRule = 'must be a text, a number or a boolean.';

export const isAnswer = (value: unknown) => isText(value) || typeof value === 'boolean' || Number.isFinite(value);

/** `setup` as it is, or the two of its variants. */
const setupsOf = ({ setup }: Scenario): Setup[] => {
  if (setup === undefined) return [];
  return isObject(setup) && 'vulnerable' in setup ? [setup.vulnerable, setup.protected] : [setup as Setup];
};

function first<Item>(items: readonly Item[], problem: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = problem(item);
    if (found !== null) return found;
  }
  return null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === 'string';
const isList = (value: unknown, isItem: (item: unknown) => boolean) => Array.isArray(value) && value.every(isItem);
const isWhole = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const isOrigin = (text: string) => /^https?:\/\/[a-z0-9.-]+(:\d{1,4}|:[1-5]\d{4}|:6[0-4]\d{3})?$/.test(text);
const entriesOf = (value: object | undefined): [string, unknown][] => Object.entries(value ?? {});
