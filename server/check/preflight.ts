/** Before anything is attacked: does the recipe do what it says? A check that was never logged in must not pass. */
import { randomBytes } from 'node:crypto';
import { parseUrl } from '../lab/network/parseUrl.ts';
import {
  isOurs,
  type LoginAnswer,
  lastLine,
  logIn,
  loginAnswer,
  quoted,
  run,
  type SessionCookies,
  who,
  whoWith,
} from './asking.ts';
import { RecipeWrong } from './errors.ts';
import { madeUpLike } from './madeUp.ts';
import type { Outline, Play, Stage, Visitor } from './play.ts';
import { findSessionCookies } from './sessionCookies.ts';

export const outline: Outline = {
  slug: 'preflight',
  title: 'Does the recipe do what it says?',
  question: 'Is nobody null, and is each person themselves?',
  lesson: 'first-login',
  requirements: ['WSTG-SESS-01'],
};

/** @throws RecipeWrong with a sentence that says what in the recipe is wrong */
export async function preflight(
  stage: Stage,
  play: Play,
): Promise<{ session: SessionCookies; wrongPassword: LoginAnswer }> {
  const [alice, mallory] = stage.target.people;

  const nobody = play.visitor(alice, 'visitor', 'person');
  await play.step('Nobody has logged in', 'who() must answer null', async () => {
    const name = await who(stage, nobody);
    if (name !== null)
      throw new RecipeWrong(
        `who answers ${quoted(name)} for a browser in which nobody has logged in; it must answer null.`,
      );
  });

  const loggedIn: Visitor[] = [];
  for (const [person, actor, role] of [
    [alice, 'alice', 'victim'],
    [mallory, 'mallory', 'attacker'],
  ] as const) {
    const visitor = play.visitor(person, actor, role);
    await play.step(`${visitor.tab.label} logs in`, 'who() must answer her name', () =>
      requireLogin(stage, play, visitor),
    );
    loggedIn.push(visitor);
  }
  const hers = loggedIn[0]!;

  const wrongPassword = await play.step('A wrong password', 'It is tried once; who() must answer null', async () => {
    const visitor = play.visitor(alice, 'visitor', 'person');
    const wrong = { ...alice, password: `wrong-${randomBytes(6).toString('hex')}` };
    // A recipe may fail where the app does not let it on.
    await logIn(stage, visitor, wrong).catch((error) => {
      if (isOurs(error)) throw error;
    });
    const answer = loginAnswer(visitor.tab, alice);
    const name = await who(stage, visitor);
    if (name !== null)
      throw new RecipeWrong(
        `After a login with a wrong password, who answers ${quoted(name)}; it must answer null. Does login send the password that it is given?`,
      );
    return answer;
  });

  await play.step('A made-up cookie', 'who() must answer null', async () => {
    const cookies = hers.tab.cookies();
    if (cookies.length === 0)
      throw new RecipeWrong(
        `After login, the browser of ${alice.name} has no cookie. check is about sessions that a cookie carries.`,
      );
    const madeUp = cookies.map((cookie) => ({ ...cookie, value: madeUpLike(cookie.value) }));
    const name = await whoWith(stage, play, hers, madeUp, 'visitor');
    if (name !== null)
      throw new RecipeWrong(
        `With made-up cookies only, who answers ${quoted(name)}; it must answer null. Does who ask the app, with the cookies of this browser?`,
      );
  });

  const session = await play.step('Which cookie is it?', 'Each cookie is taken away once', () =>
    findSessionCookies(stage, play, hers),
  );
  return { session, wrongPassword };
}

async function requireLogin(stage: Stage, play: Play, visitor: Visitor): Promise<void> {
  const { person, tab } = visitor;
  await logIn(stage, visitor);
  const elsewhere = leadsElsewhere(visitor);
  const answered = lastLine(tab);
  const name = await who(stage, visitor);
  if (name === person.name) return;
  if (name !== null)
    throw new RecipeWrong(
      `After the login of ${person.name}, who answers ${quoted(name)}. Must the field name of people say that?`,
    );
  const refused = refusedCookie(play, visitor);
  if (refused !== null) throw new RecipeWrong(`After the login of ${person.name}, who answers null: ${refused}`);
  throw new RecipeWrong(
    `After the login of ${person.name}, who answers null; the login ended with ${answered}${elsewhere}. Are the account, its password and the fields of login right, and does who ask the right page?`,
  );
}

/** @returns why a browser does not store a cookie that the app sets, as sentences; null when it stores all of them */
function refusedCookie({ trace }: Play, { tab }: Visitor): string | null {
  const ids = tab.sent.map(({ id }) => id);
  const refused = trace.events
    .flatMap((event) => (event.type === 'response' && ids.includes(event.request) ? event.cookies : []))
    .find(({ outcome }) => outcome === 'refused');
  if (!refused) return null;
  return `the app sets ${refused.name}, and the browser refuses it: ${refused.why}. Is the origin the one at which people use the app?`;
}

function leadsElsewhere({ tab }: Visitor): string {
  const { location } = tab.sent.at(-1)?.response.headers ?? {};
  const to = (location && parseUrl(location, tab.origin)?.origin) || tab.origin;
  return to === tab.origin ? '' : `, which redirects to ${to}: only ${tab.origin} is asked`;
}

/**
 * Logs out, and makes sure that the recipe has really asked for it: an app that leaves the session and the cookie as they were has
 * most likely not been asked for a logout.
 * @returns who is logged in in that browser afterwards
 */
export async function logOut(stage: Stage, visitor: Visitor, session: SessionCookies): Promise<string | null> {
  const before = visitor.tab.sent.length;
  await run('logout', visitor, () => stage.target.logout(visitor.browser));
  const sent = visitor.tab.sent.slice(before);
  const name = await who(stage, visitor);
  const touched = sent.some(({ response }) =>
    response.headers['set-cookie']
      ?.split('\n')
      .some((header) => session.names.some((one) => header.startsWith(`${one}=`))),
  );
  const refused = sent.find(({ response }) => response.status >= 400);
  if (name === null || (touched && !refused)) return name;
  const { request, response } = refused ?? sent.at(-1)!;
  throw new RecipeWrong(
    `After logout, who still answers ${quoted(name)}, and ${request.method} ${request.url.pathname} was answered ${response.status}. Is that how one logs out of this app?`,
  );
}
