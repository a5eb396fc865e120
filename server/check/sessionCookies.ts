import type { Cookie } from '../lab/browser/cookies/cookie.ts';
import { type SessionCookies, who, whoWith } from './asking.ts';
import { RecipeWrong } from './errors.ts';
import type { Play, Stage, Visitor } from './play.ts';

/**
 * Finds the cookies without which somebody is nobody, by taking each one away. Where several log in on their own, as a session
 * and a remember-me token do, each of these is one.
 * @throws RecipeWrong when no cookie decides
 */
export async function findSessionCookies(stage: Stage, play: Play, visitor: Visitor): Promise<SessionCookies> {
  const { name: person } = visitor.person;
  const cookies = visitor.tab.cookies();
  const whoIs = (some: readonly Cookie[]) => whoWith(stage, play, visitor, some, 'copy');

  if (cookies.length === 1) return sessionOf(await confirmed(cookies), false);

  const needed: Cookie[] = [];
  for (const cookie of cookies) {
    if ((await whoIs(cookies.filter((other) => other !== cookie))) !== person) needed.push(cookie);
  }
  if (needed.length > 0) return sessionOf(await confirmed(needed), false);
  const enough: Cookie[] = [];
  for (const cookie of cookies) if ((await whoIs([cookie])) === person) enough.push(cookie);
  if (enough.length === 0)
    throw new RecipeWrong('No cookie alone decides who is logged in, so the session cookie cannot be found.');
  return sessionOf(enough, enough.length > 1);

  /** With all cookies it must work: otherwise nothing follows from what did not work without one. */
  async function confirmed(found: Cookie[]): Promise<Cookie[]> {
    const name = await whoIs(cookies);
    if (name === person) return found;
    const own = await who(stage, visitor);
    throw new RecipeWrong(
      own === person
        ? `With a copy of all cookies of ${person}, who answers ${name === null ? 'null' : `"${name}"`}. Something else than cookies logs in, and check is about sessions that a cookie carries.`
        : `${person} was logged in and is not any more, although nobody logged out: the session does not last long enough to be checked.`,
    );
  }
}

function sessionOf(cookies: readonly Cookie[], alone: boolean): SessionCookies {
  const names = [...new Set(cookies.map(({ name }) => name))];
  const [main] = [...cookies].sort(
    (a, b) => Number(isSignature(a)) - Number(isSignature(b)) || b.value.length - a.value.length,
  );
  return { names, alone, main: main!.name };
}

/** As the package cookies names the signature of a cookie. */
const isSignature = ({ name }: Cookie) => name.endsWith('.sig');
