import { parseSignedValue } from '../../../scenarios/engine/identity.ts';
import { loggedIn, sessionOf, who } from '../asking.ts';
import { addressesIn } from '../browser/html.ts';
import type { Sent } from '../browser/tab.ts';
import type { Found } from '../play.ts';
import { privatePages } from './caching.ts';
import { type Probe, victimIn } from './probe.ts';

/** Names under which apps take a session id from an address. */
const usualNames = ['sid', 'session', 'sessionid', 'session_id', 'sessid', 'token', 'PHPSESSID', 'JSESSIONID'];

/** Whether the session id shows in an address, or anywhere else than in its cookie, and whether the app takes it from there. */
export const idInAddress: Probe = {
  slug: 'id-in-address',
  title: 'The session id is in no address',
  question: 'Does the id travel anywhere else than in its cookie?',
  lesson: 'session-id-in-url-and-logs',
  requirements: ['ASVS V14.2.1', 'WSTG-SESS-04'],
  async play(check, play) {
    const alice = victimIn(check, play);
    const ids = await play.step(
      'Alice logs in and looks around',
      'All that is sent and answered is looked through',
      async () => {
        await loggedIn(check, alice);
        await privatePages(check, alice);
        // Each part of a session that is long enough not to appear by chance.
        return sessionOf(check, alice).flatMap(({ value }) => idsIn(value));
      },
    );
    const { sent } = alice.tab;
    await play.step('Where else is it?', 'In addresses, redirects, links and bodies', async () => {
      await who(check, alice);
      for (const seen of whereElse(sent, ids, this)) play.find(seen);
    });
    await play.step('The id in an address, without the cookie', 'Somebody got it from a log', async () => {
      const mallory = play.visitor(check.mallory, 'mallory', 'attacker');
      const main = sessionOf(check, alice).find(({ name }) => name === check.session.main)!;
      const values = new Set([decoded(main.value), ...idsIn(main.value)]);
      const named: string[] = [];
      for (const value of [...values].slice(0, 2)) {
        for (const written of [inQuery, inPath]) {
          mallory.tab.intercept((request) => ({ ...request, url: written(request.url, main.name, value) }));
          if ((await who(check, mallory)) === check.alice.name) named.push(value);
        }
      }
      play.ask('Who is Mallory?', named.length > 0 ? check.alice.name : 'nobody', 'nobody', check.alice.name);
      play.find({
        ...{ id: 'id-accepted-in-address', title: 'The app takes no id from an address' },
        ...(named.length > 0
          ? { verdict: 'fails', says: `With the id in the address and no cookie, who() answers "${check.alice.name}".` }
          : { verdict: 'holds', says: 'With the id in the address, under the usual names, nobody is logged in.' }),
      });
    });
  },
};

function whereElse(sent: readonly Sent[], ids: readonly string[], { slug, title }: Probe): Found[] {
  const address = { id: slug, title };
  const body = {
    id: 'id-in-body',
    title: 'The session id is in no page',
    requirements: ['ASVS V3.3.4', 'WSTG-SESS-04'],
  };
  if (ids.length === 0) {
    const says = `The session id has fewer than ${shortest} characters: it may be anywhere by chance.`;
    return [address, body].map((about) => ({ ...about, verdict: 'not shown', says }));
  }
  const addresses = sent.flatMap(addressesOf).filter((address) => ids.some((id) => address.includes(id)));
  const bodies = sent.filter(({ response }) => ids.some((id) => response.text.includes(id)));
  if (addresses.length > 0) {
    const says = `The session id is in an address: ${withoutQuery(addresses[0]!)}. Addresses are kept in histories, logs and Referer headers.`;
    const links: Found =
      bodies.length > 0
        ? { ...body, verdict: 'not applicable', says: 'The links of the page have it, as said above.' }
        : { ...body, verdict: 'holds', says: 'No body had the session id.' };
    return [{ ...address, verdict: 'fails', says }, links];
  }
  const first = bodies[0]?.request.url.pathname;
  return [
    { ...address, verdict: 'holds', says: 'No address, redirect or link had the session id.' },
    first !== undefined
      ? {
          ...body,
          verdict: 'fails',
          says: `${first} answers with the session id in its body, where every script reads it.`,
        }
      : { ...body, verdict: 'holds', says: 'No body had the session id.' },
  ];
}

function inQuery(address: URL, own: string, id: string): URL {
  const url = new URL(address);
  for (const name of [own, ...usualNames]) url.searchParams.set(name, id);
  return url;
}

/** Jakarta Servlet 6.0, section 7.1.3: a parameter of the path. */
function inPath(address: URL, own: string, id: string): URL {
  const url = new URL(address);
  const names = new Set(['jsessionid', own.toLowerCase()]);
  for (const name of names) url.pathname += `;${name}=${encodeURIComponent(id)}`;
  return url;
}

/** Characters of an id that appears nowhere by chance. */
const shortest = 12;

function idsIn(value: string): string[] {
  const signed = parseSignedValue(value);
  return [...new Set(signed ? [signed.sid] : [value, decoded(value), decoded(value).split('.')[0]!])].filter(
    (id) => id.length >= shortest,
  );
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const addressesOf = ({ request, response }: Sent): string[] => [
  request.url.href,
  response.headers.location ?? '',
  ...(/^text\/html\b/i.test(response.headers['content-type'] ?? '') ? addressesIn(response.text) : []),
];

const withoutQuery = (address: string) => address.replace(/([?;&][\w.-]+=)[^&;#]*/g, '$1…');
