/** Calls the functions of a recipe, and checks what they return. */
import type { Cookie } from '../lab/browser/cookies/cookie.ts';
import type { Sent, Tab } from './browser/tab.ts';
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
  /** Whether each of them logs in on its own, as a session and a remember-me token do. Otherwise, all of them are needed. */
  alone: boolean;
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

/** An app that answers so does not say who somebody is: too many requests, a bad gateway, unavailable, a gateway that timed out. */
export const isNoAnswer = (status: number) => [429, 502, 503, 504].includes(status);

/**
 * Asks the app who is logged in.
 * @throws RecipeWrong when the recipe gives no answer, Hindered when the app gives none: taken for "nobody", it would look as if a
 * session had ended
 */
export async function who(stage: Stage, visitor: Visitor): Promise<string | null> {
  const before = visitor.tab.sent.length;
  const name = await run('who', visitor, () => stage.target.who(visitor.browser));
  if (name === null || typeof name === 'string') {
    const asked = visitor.tab.sent.slice(before);
    const hindered = asked.find(({ response }) => isNoAnswer(response.status));
    if (name === null && hindered) throw new Hindered(`Who is logged in cannot be told: ${answered(hindered)}.`);
    visitor.told(
      asked.map(({ id }) => id),
      name,
    );
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

const answered = ({ request, response }: Sent) =>
  `${request.method} ${request.url.pathname} was answered ${response.status}`;

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

/**
 * Keeps the session cookies of a browser beyond their time, as somebody does who has copied them. What the browser drops by itself is
 * not what the app has ended. Ask for it after each response that may set them.
 */
export function keepCookies(check: Check, visitor: Visitor): void {
  for (const cookie of sessionOf(check, visitor)) visitor.tab.put({ ...cookie, expiresAt: null });
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
