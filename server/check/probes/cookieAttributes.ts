import type { Cookie } from '../../lab/browser/cookies/cookie.ts';
import { isAddress } from '../../lab/browser/site.ts';
import { loggedIn, sessionOf } from '../asking.ts';
import type { Verdict } from '../verdicts.ts';
import { type Probe, victimIn } from './probe.ts';

interface Judged {
  id: string;
  title: string;
  verdict: Verdict;
  says: string;
  requirements: readonly string[];
  lesson: string;
}

/** The attributes and the prefix of the session cookie, as the app sets it at a login. */
export const cookieAttributes: Probe = {
  slug: 'cookie-attributes',
  title: 'Attributes of the session cookie',
  question: 'Who may read the session cookie, and where does a browser send it?',
  lesson: 'cookie-anatomy',
  requirements: ['WSTG-SESS-02'],
  async play(check, play) {
    const alice = victimIn(check, play);
    await play.step('Alice logs in', 'Her browser stores what the app sets', async () => {
      await loggedIn(check, alice);
      const cookies = sessionOf(check, alice);
      const setting = alice.tab.sent.findLast(({ response }) =>
        response.headers['set-cookie']?.split('\n').some((header) => header.startsWith(`${check.session.main}=`)),
      );
      for (const judged of judge(cookies, check.session.alone, new URL(check.target.origin)))
        play.find(judged, setting && [setting.id]);
    });
  },
};

/**
 * Pure: what is to be said about the cookies that carry a session at that origin.
 * @param alone whether each of them logs in on its own
 */
export function judge(cookies: readonly Cookie[], alone: boolean, origin: URL): Judged[] {
  return [
    httpOnly(cookies),
    sameSite(cookies, alone),
    secure(cookies, origin),
    ...prefix(cookies, alone, origin),
    domain(cookies, origin),
    size(cookies),
  ];
}

const namesOf = (cookies: readonly Cookie[]) => cookies.map(({ name }) => name).join(' and ');
const are = (cookies: readonly Cookie[]) => `${namesOf(cookies)} ${cookies.length === 1 ? 'is' : 'are'}`;
const have = (cookies: readonly Cookie[]) => `${namesOf(cookies)} ${cookies.length === 1 ? 'has' : 'have'}`;

function httpOnly(cookies: readonly Cookie[]): Judged {
  const without = cookies.filter((cookie) => !cookie.httpOnly);
  return {
    ...{
      id: 'cookie-http-only',
      title: 'HttpOnly',
      lesson: 'httponly-vs-xss',
      requirements: ['ASVS V3.3.4', 'WSTG-SESS-02'],
    },
    ...(without.length > 0
      ? { verdict: 'fails', says: `${have(without)} no HttpOnly: every script of the page can read it.` }
      : { verdict: 'holds', says: `${are(cookies)} HttpOnly.` }),
  };
}

function sameSite(cookies: readonly Cookie[], alone: boolean): Judged {
  const about = {
    id: 'cookie-same-site',
    title: 'SameSite',
    lesson: 'samesite-csrf',
    requirements: ['ASVS V3.3.2', 'WSTG-SESS-02'],
  };
  const none = cookies.filter((cookie) => cookie.sameSite === 'None');
  const missing = cookies.filter((cookie) => cookie.sameSite === null);
  const kept = cookies.filter((cookie) => !none.includes(cookie) && !missing.includes(cookie));
  // One part of a session that stays at home is enough: without it nobody is logged in.
  if (alone ? kept.length === cookies.length : kept.length > 0)
    return { ...about, verdict: 'holds', says: `${have(kept)} SameSite=${kept[0]!.sameSite}.` };
  if (none.length > 0) {
    return {
      ...about,
      verdict: 'fails',
      says: `${have(none)} SameSite=None: it goes with requests that any site makes.`,
    };
  }
  return {
    ...about,
    verdict: 'fails',
    says: `${have(missing)} no SameSite: Firefox and Safari send it with requests that any site makes, and Chromium with its forms for two minutes.`,
  };
}

function secure(cookies: readonly Cookie[], { protocol }: URL): Judged {
  const about = {
    id: 'cookie-secure',
    title: 'Secure',
    lesson: 'secure-and-trust-proxy',
    requirements: ['ASVS V3.3.1', 'WSTG-SESS-02'],
  };
  const without = cookies.filter((cookie) => !cookie.secure);
  if (without.length === 0) return { ...about, verdict: 'holds', says: `${are(cookies)} Secure.` };
  if (protocol === 'http:') {
    return {
      ...about,
      verdict: 'not applicable',
      says: 'The origin is http, where not every browser takes a Secure cookie. Check the app behind its TLS as well.',
    };
  }
  return {
    ...about,
    verdict: 'fails',
    says: `${are(without)} not Secure: a browser also sends it over http, where anybody on the way reads it.`,
  };
}

function prefix(cookies: readonly Cookie[], alone: boolean, { protocol }: URL): Judged[] {
  const about = {
    id: 'cookie-prefix',
    title: '__Host- prefix',
    lesson: 'host-prefix',
    requirements: ['ASVS V3.3.3', 'WSTG-SESS-02'],
  };
  const named = cookies.filter(({ name }) => /^__(Host|Host-Http)-/i.test(name));
  if (alone ? named.length === cookies.length : named.length > 0)
    return [{ ...about, verdict: 'holds', says: `${namesOf(named)}: only this host can set it.` }];
  if (protocol === 'http:')
    return [{ ...about, verdict: 'not applicable', says: 'The prefix needs Secure, and the origin is http.' }];
  return [
    {
      ...about,
      verdict: 'fails',
      says: `${have(cookies.filter((cookie) => !named.includes(cookie)))} no __Host- prefix: another host of the domain can set a cookie of that name.`,
    },
  ];
}

function domain(cookies: readonly Cookie[], origin: URL): Judged {
  const about = {
    id: 'cookie-domain',
    title: 'Domain',
    lesson: 'subdomain-cookie-tossing',
    requirements: ['ASVS V3.3.3', 'WSTG-SESS-02'],
  };
  const wide = cookies.filter(({ hostOnly }) => !hostOnly);
  if (wide.length === 0) return { ...about, verdict: 'holds', says: `${are(cookies)} sent to exactly this host.` };
  if (isAddress(origin)) return { ...about, verdict: 'not applicable', says: 'An address has no subdomains.' };
  return {
    ...about,
    verdict: 'fails',
    says: `${have(wide)} Domain=${wide[0]!.domain}: every subdomain gets it.`,
  };
}

/** ASVS V3.3.5. Bytes. */
const largest = 4096;

function size(cookies: readonly Cookie[]): Judged {
  const large = cookies.filter(({ name, value }) => name.length + value.length > largest);
  return {
    ...{ id: 'cookie-size', title: 'Size', lesson: 'session-data-size-and-secrets', requirements: ['ASVS V3.3.5'] },
    ...(large.length > 0
      ? { verdict: 'fails', says: `${are(large)} larger than ${largest} bytes, and browsers refuse it.` }
      : { verdict: 'holds', says: `${have(cookies)} at most ${largest} bytes.` }),
  };
}
