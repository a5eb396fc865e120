/** Session fixation by takeover: the attacker puts a cookie into the victim's browser, and is the victim after her login. */
import type { Cookie } from '../../lab/browser/cookies/cookie.ts';
import type { BrowserRequest } from '../../lab/browser/exchange.ts';
import { type Check, isOurs, loggedIn, logIn, quoted, run, sessionOf, Unfinished, who } from '../asking.ts';
import { madeUpLike } from '../madeUp.ts';
import type { Play, Visitor } from '../play.ts';
import { attackerIn, type Probe, victimIn } from './probe.ts';

const about = { lesson: 'session-fixation', requirements: ['ASVS V7.2.4', 'WSTG-SESS-03'] };

/** The id of an anonymous session, copied before the login. */
export const frozenId: Probe = {
  ...about,
  slug: 'fixation-frozen-id',
  title: 'Session fixation with an anonymous id',
  question: 'If I choose your session id before you log in, am I you afterwards?',
  async play(check, play) {
    const mallory = attackerIn(check, play);
    const planted = await play.step('Mallory collects cookies', 'She does not log in', () =>
      anonymousCookies(check, mallory),
    );
    if (planted.length === 0) {
      const says = `Before a login, neither the start page, nor who, nor a page on the way to the login sets ${check.session.names.join(' or ')}: there is none to plant.`;
      play.find({ id: this.slug, title: this.title, verdict: 'not applicable', says });
      return;
    }
    await takeOver(check, play, this, mallory, planted);
  },
};

/** The id of the attacker's own login. */
export const ownId: Probe = {
  ...about,
  slug: 'fixation-own-id',
  title: 'Session fixation with the attacker’s own id',
  question: 'If you log in on top of my session, am I you afterwards?',
  async play(check, play) {
    const mallory = attackerIn(check, play);
    await play.step('Mallory logs in', 'With her own account', () => loggedIn(check, mallory));
    await takeOver(check, play, this, mallory, sessionOf(check, mallory));
  },
};

/** An id that the app has never given to anybody. */
export const inventedId: Probe = {
  ...about,
  slug: 'fixation-invented-id',
  title: 'Session fixation with an invented id',
  question: 'Does the app adopt an id that it never gave to anybody?',
  async play(check, play) {
    const model = victimIn(check, play, 'alicesPhone');
    const invented = await play.step('Mallory invents an id', 'It looks like one of the app', async () => {
      await loggedIn(check, model);
      return sessionOf(check, model).map((cookie) => ({ ...cookie, value: madeUpLike(cookie.value) }));
    });
    const mallory = attackerIn(check, play);
    for (const cookie of invented) mallory.tab.put(cookie);
    await takeOver(check, play, this, mallory, invented);
  },
};

/** Plants the cookies, lets the victim log in, and asks who somebody is that has exactly the planted ones. */
async function takeOver(
  check: Check,
  play: Play,
  probe: Probe,
  mallory: Visitor,
  planted: readonly Cookie[],
): Promise<void> {
  const alice = victimIn(check, play);
  const name = check.alice.name;
  const about = { id: probe.slug, title: probe.title };

  await play.step('Mallory plants the cookie in Alice’s browser', 'It is there before she logs in', async () => {
    play.give(planted, mallory, alice, 'planted');
  });
  const hers = await play.step('Alice logs in', 'In the browser with the planted cookie', async () => {
    // Who is logged in already may find no form to log in.
    const refused = await logIn(check, alice).then(
      () => false,
      (error) => {
        if (isOurs(error)) throw error;
        return true;
      },
    );
    return refused ? null : who(check, alice);
  });
  if (hers !== name) {
    await play.step('Nobody is taken over', 'Alice is not logged in', async () =>
      play.find({
        ...about,
        verdict: 'not shown',
        says: `With the planted cookie in her browser, Alice cannot log in: who() answers ${quoted(hers)} afterwards.`,
      }),
    );
    return;
  }
  await play.step('Who is Mallory now?', 'She still has the cookie that she planted', async () => {
    const copy = play.visitor(check.mallory, 'mallory', 'attacker');
    for (const cookie of planted) copy.tab.put(cookie);
    const now = await who(check, copy);
    play.ask('Who is Mallory now?', now === name ? 'Alice' : 'not Alice', 'not Alice', 'Alice');
    const kept = sessionOf(check, alice).find(({ value }) => planted.some((cookie) => cookie.value === value));
    const missing = check.session.names.filter((one) => !planted.some(({ name }) => name === one));
    if (now !== name && kept && missing.length > 0 && !check.session.alone) {
      const says = `The app kept ${kept.name} from before the login. What Mallory lacks is ${missing.join(' and ')}, which the login sets: whether she can guess it cannot be told.`;
      play.find({ ...about, verdict: 'not shown', says });
      return;
    }
    play.find({
      ...about,
      ...(now === name
        ? { verdict: 'fails', says: `Mallory is ${name}: the app kept the id from before the login, and she knows it.` }
        : {
            verdict: 'holds',
            says: `With the planted cookie, who() answers ${quoted(now)}${kept ? '' : '; Alice has another one since her login'}.`,
          }),
    });
  });
}

/** Returns the session cookies that somebody gets without logging in: at the start page, at who, and on the way to a login. */
export async function anonymousCookies(check: Check, visitor: Visitor): Promise<Cookie[]> {
  const { tab } = visitor;
  await who(check, visitor);
  if (sessionOf(check, visitor).length === 0) await tab.visit('/');
  if (sessionOf(check, visitor).length === 0) await untilPassword(check, visitor);
  return sessionOf(check, visitor);
}

/**
 * Does what login does before it sends the password. A login that sends it in a form that is not recognized is done to its end, so
 * its cookies do not count.
 */
async function untilPassword(check: Check, visitor: Visitor): Promise<void> {
  const { tab, person } = visitor;
  const stop = new Unfinished('The login ends before a password is sent.');
  tab.intercept((request) => {
    if (carries(request, person.password)) throw stop;
    return request;
  });
  await run('login', visitor, () => check.target.login(visitor.browser, person)).catch((error) => {
    if (isOurs(error)) throw error;
  });
  tab.intercept((request) => request);
  if ((await who(check, visitor)) !== null) for (const cookie of tab.cookies()) tab.remove(cookie);
}

/** Whether a request has the password in it, as a form, JSON or an address encodes it. */
function carries({ url, body, options = {} }: BrowserRequest, password: string): boolean {
  const texts = [url.search, body?.text ?? '', ...Object.values(options.headers ?? {})];
  const encoded = new URLSearchParams({ '': password }).toString().slice(1);
  const forms = [
    password,
    encodeURIComponent(password),
    encoded,
    JSON.stringify(password).slice(1, -1),
    base64Of(password),
  ];
  return texts.some((text) => forms.some((form) => text.includes(form)));
}

const base64Of = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
