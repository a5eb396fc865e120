/** Calls the functions of a recipe, and checks what they return. */
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
  /** Whether the check may wait until a limit has really passed: --wait. */
  wait: boolean;
}

/** The cookies that a login needs. Without them, the app takes the visitor for nobody. */
export interface SessionCookies {
  names: readonly string[];
  /** The longest of them: the others are its signature. */
  main: string;
}

/** The responses to a login, from the first request that is not only a read. */
export interface LoginAnswer {
  steps: { status: number; location: string; text: string }[];
  /** Milliseconds of the request that carried the password. */
  ms: number;
  /** What the person typed. A response may repeat it. */
  typed: readonly string[];
}

/** Whether the check itself threw this error. It ends the check, and must not count as a failure of the recipe. */
export const isOurs = (error: unknown) => error instanceof NetworkFailed || error instanceof BudgetSpent;

/** Runs a function of the recipe. @throws RecipeWrong when it fails, or sends no request */
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

/** Thrown by a probe to stop a recipe at the request that the probe wants to see. */
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
 * Logs everybody out again if the app limits the number of sessions, so that the next probe has room. A failure does not matter,
 * because most visitors are logged out already.
 */
export async function leave(stage: Stage, visitors: readonly Visitor[]): Promise<void> {
  if (stage.target.limits?.sessions === undefined) return;
  for (const { browser } of visitors.filter(({ used }) => used)) {
    await stage.target.logout(browser).catch(() => {});
  }
}

/** Logs in a person for a probe. @throws Hindered when the login worked before and fails now */
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

/** Returns whom the app takes a visitor for that has only these cookies. */
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

/** Returns the responses to a login. This browser must have done nothing else. */
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
