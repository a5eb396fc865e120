/** What a recipe answers, and what it must not. */
import type { Cookie } from '../lab/browser/cookies/cookie.ts';
import type { Tab } from './browser/tab.ts';
import { BudgetSpent, Hindered, messageOf, NetworkFailed, RecipeWrong } from './errors.ts';
import type { Play, Stage, Visitor } from './play.ts';
import type { Person } from './target.ts';

/** What a probe knows of the app, besides the recipe. */
export interface Check extends Stage {
  /** The one that is attacked. */
  alice: Person;
  /** The attacker's own account. */
  mallory: Person;
  session: SessionCookies;
  /** What the app answered when Alice's password was wrong. It is never tried again. */
  wrongPassword: LoginAnswer;
  /** How many seconds may really be waited. */
  wait: boolean;
}

/** The cookies without which nobody is logged in. */
export interface SessionCookies {
  names: readonly string[];
  /** The longest of them: the others are its signature. */
  main: string;
}

/** The answers of a login, from the first request that is not only reading. */
export interface LoginAnswer {
  steps: { status: number; location: string; text: string }[];
  /** Milliseconds of the request that carried the password. */
  ms: number;
  /** What was typed, which an answer may repeat. */
  typed: readonly string[];
}

/** What the check itself threw must end it, and no recipe that answers null may hide that. */
export const isOurs = (error: unknown) => error instanceof NetworkFailed || error instanceof BudgetSpent;

/** Runs a function of the recipe. @throws RecipeWrong when it fails, or asks nothing */
export async function run<Result>(field: string, { tab }: Visitor, call: () => Promise<Result>): Promise<Result> {
  const before = tab.sent.length;
  let result: Result;
  try {
    result = await call();
  } catch (error) {
    if (isOurs(error) || error instanceof RecipeWrong || error instanceof Unfinished) throw error;
    throw new RecipeWrong(`${field} failed: ${messageOf(error)}`);
  }
  if (tab.sent.length === before) throw new RecipeWrong(`${field} asks the app nothing: it must send a request.`);
  return result;
}

/** Thrown by a probe that lets a recipe go no further than it wants. */
export class Unfinished extends Error {}

/** Asks the app who is logged in. @throws RecipeWrong when the recipe gives no answer */
export async function who(stage: Stage, visitor: Visitor): Promise<string | null> {
  const before = visitor.tab.sent.length;
  const name = await run('who', visitor, () => stage.target.who(visitor.browser));
  if (name === null || typeof name === 'string') {
    const asked = visitor.tab.sent.slice(before).map(({ id }) => id);
    visitor.told(asked, name);
    return name;
  }
  throw new RecipeWrong(
    `who must return a name or null, and it returned ${name === undefined ? 'undefined' : typeof name}: does it end with "?? null"?`,
  );
}

/** Runs the recipe's login. */
export function logIn(stage: Stage, visitor: Visitor, person = visitor.person): Promise<unknown> {
  visitor.used = true;
  return run('login', visitor, () => stage.target.login(visitor.browser, person));
}

/**
 * Logs everybody out again, where the app allows only some sessions: they would stand in the way of the next probe. What fails does
 * not matter, because most are logged out already.
 */
export async function leave(stage: Stage, visitors: readonly Visitor[]): Promise<void> {
  if (stage.target.limits?.sessions === undefined) return;
  for (const { browser } of visitors.filter(({ used }) => used)) {
    await stage.target.logout(browser).catch(() => {});
  }
}

/** Logs in a person for a probe. @throws Hindered when what worked before does not work any more */
export async function loggedIn(stage: Stage, visitor: Visitor): Promise<Visitor> {
  await logIn(stage, visitor).catch((error) => {
    throw error instanceof RecipeWrong
      ? new Hindered(`${visitor.person.name} could not log in again: ${error.message}`)
      : error;
  });
  const answered = lastLine(visitor.tab);
  const name = await who(stage, visitor);
  if (name === visitor.person.name) return visitor;
  throw new Hindered(
    `${visitor.person.name} could log in before and cannot any more: who() answers ${quoted(name)}, and the login ended with ${answered}. Does the app limit logins?`,
  );
}

/** "POST /login: 401" */
export function lastLine({ sent }: Tab): string {
  const last = sent.findLast(({ request }) => request.method !== 'GET') ?? sent.at(-1);
  return last ? `${last.request.method} ${last.request.url.pathname}: ${last.response.status}` : 'no request';
}

export const quoted = (name: string | null) => (name === null ? 'null' : `"${name}"`);

/** Returns who somebody is that has these cookies and nothing else. */
export async function whoWith(
  stage: Stage,
  play: Play,
  from: Visitor,
  cookies: readonly Cookie[],
  name: string,
): Promise<string | null> {
  const copy = play.visitor(from.person, name, 'attacker');
  play.give(cookies, from, copy, 'copied');
  return who(stage, copy);
}

/** Returns the cookies of a browser that carry its session. */
export const sessionOf = ({ session }: Check, { tab }: Visitor) =>
  tab.cookies().filter(({ name }) => session.names.includes(name));

/** Returns a text that looks like the other one: letters stay letters, and digits stay digits. */
export function madeUpLike(text: string): string {
  const pick = (letters: string) => letters[Math.floor(Math.random() * letters.length)]!;
  return text
    .replace(/%[0-9a-f]{2}/gi, '-')
    .replace(/[a-z]/g, () => pick('abcdefghijklmnopqrstuvwxyz'))
    .replace(/[A-Z]/g, () => pick('ABCDEFGHIJKLMNOPQRSTUVWXYZ'))
    .replace(/[0-9]/g, () => pick('0123456789'));
}

/** Returns the answers of the login that was all that this browser did. */
export function loginAnswer({ sent }: Tab, { password: _, ...fields }: Person): LoginAnswer {
  const requests = [...sent];
  const first = requests.findIndex(({ request }) => request.method !== 'GET');
  const answers = first === -1 ? requests : requests.slice(first);
  return {
    steps: answers.map(({ response }) => ({
      status: response.status,
      location: response.headers.location ?? '',
      text: response.text,
    })),
    ms: answers[0]?.response.ms ?? 0,
    typed: Object.values(fields),
  };
}
