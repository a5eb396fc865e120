import type { JarCookie, ReceivedCookie, SentCookie } from '../../../scenarios/engine/trace.ts';
import { type Cookie, hasExpired, toJarCookie } from '../browser/cookies/cookie.ts';
import { createJar } from '../browser/cookies/jar.ts';
import type { RequestContext } from '../browser/requestContext.ts';

/** How many cookies to remember the attributes of, in case they return. A browser keeps fewer for one host. */
const mostRemembered = 180;

/**
 * Tracks what is known of a real browser's jar. The Set-Cookie headers of responses say what it should contain, by the same
 * rules as the actors' jars; the Cookie headers of requests say what it contains. If the two differ, the browser is right.
 */
export function createObservedJar() {
  const jar = createJar();
  const remembered = new Map<string, Cookie>();
  /** Cookies seen in a Cookie header only, never in a Set-Cookie header. */
  const valueOnly = new Set<string>();

  /** Stores a cookie that a request carried and the jar did not have. */
  function add(name: string, value: string, { hostname }: URL): void {
    const key = keyOf({ name, value });
    const before = remembered.get(key);
    const known = before && !hasExpired(before, Date.now()) ? before : undefined;
    if (!known) valueOnly.add(key);
    jar.put(known ?? { ...unknownAttributes, name, value, domain: hostname, createdAt: Date.now() });
  }

  function remove({ name, value }: SentCookie): void {
    const cookie = jar.list().find((other) => other.name === name && other.value === value);
    if (cookie) jar.remove(cookie);
  }

  return {
    /**
     * Compares the jar with the cookies of a request and corrects it.
     * @param header the Cookie header; undefined if there was none
     * @returns one entry per cookie, the sent ones first, and whether the jar has changed
     */
    sent(context: RequestContext, header: string | undefined): { cookies: SentCookie[]; changed: boolean } {
      const expected = jar.send(context).cookies;
      const cookies: SentCookie[] = [];
      let changed = false;
      for (const { name, value } of pairsIn(header)) {
        const index = expected.findIndex((cookie) => cookie.name === name && cookie.value === value);
        const [found] = index === -1 ? [] : expected.splice(index, 1);
        if (!found) {
          add(name, value, context.url);
          changed = true;
        }
        cookies.push({ name, value, sent: true, why: whySent(found) });
      }
      for (const cookie of expected) {
        if (cookie.sent) {
          remove(cookie);
          changed = true;
        }
        const why = cookie.sent ? 'your browser no longer has it' : cookie.why;
        cookies.push({ ...cookie, sent: false, why });
      }
      return { cookies, changed };
    },

    /** Applies one Set-Cookie header of a response, as the browser should. */
    receive(header: string, context: RequestContext): ReceivedCookie {
      const received = jar.receive(header, context);
      for (const cookie of jar.list()) {
        const key = keyOf(cookie);
        if (received.outcome === 'stored' && cookie.name === received.name) valueOnly.delete(key);
        if (!valueOnly.has(key)) remembered.set(key, cookie);
      }
      for (const key of [...remembered.keys()].slice(0, -mostRemembered)) remembered.delete(key);
      return received;
    },

    /** @param now sandbox milliseconds. A real browser's clock does not jump, so cookies keep their real time left. */
    list: (now: number): JarCookie[] =>
      jar.list().map((cookie) => ({
        ...toJarCookie(cookie, now),
        ...(valueOnly.has(keyOf(cookie)) && { attributes: 'unknown' as const }),
      })),
  };
}

/** @param expected the jar's own decision about the cookie; undefined if the jar did not have it */
function whySent(expected: SentCookie | undefined): string {
  if (!expected) return 'your browser has it, but the sandbox has not seen it being set';
  return expected.sent ? expected.why : `your browser sent it, although ${expected.why}`;
}

/** Placeholders for what a Cookie header does not show, chosen so that the cookie is sent where it was seen. Never displayed. */
const unknownAttributes = {
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: false,
  sameSite: null,
  expiresAt: null,
};

const keyOf = ({ name, value }: { name: string; value: string }) => `${name}=${value}`;

/** Parses a Cookie header (RFC 6265bis section 5.8.3). A cookie without a name is only a value. */
function pairsIn(header = ''): { name: string; value: string }[] {
  const pairs = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && pair !== '=');
  return pairs.map((pair) => {
    const equals = pair.indexOf('=');
    return equals === -1 ? { name: '', value: pair } : { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
  });
}
