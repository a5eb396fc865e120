import type { JarCookie, ReceivedCookie, SentCookie } from '../../../scenarios/engine/trace.ts';
import type { CookieState } from '../browser/cookieState.ts';
import { createJar } from '../browser/jar.ts';
import type { RequestContext } from '../browser/requestContext.ts';
import { expired } from '../browser/retrieval/expired.ts';

/** Cookies of which the attributes are remembered, should they come back; a browser keeps fewer for one host. */
const mostRemembered = 180;

/**
 * What is known of a real browser's jar. Its answers' Set-Cookie headers say what should be in it, by the rules that the actors'
 * jars follow; the Cookie headers of its requests say what is. Where the two differ, the browser is right.
 */
export function createKnownJar() {
  const jar = createJar();
  const remembered = new Map<string, CookieState>();
  /** Those of which a Cookie header told, and no Set-Cookie. */
  const valueOnly = new Set<string>();

  /** The jar as it should have been, made to be what the request showed. */
  function seen(name: string, value: string, { hostname }: URL): void {
    const key = keyOf({ name, value });
    const once = remembered.get(key);
    const known = once && !expired(once, { now: Date.now() }) ? once : undefined;
    if (!known) valueOnly.add(key);
    jar.put(known ?? { ...unknown, name, value, domain: hostname, createdAt: Date.now() });
  }

  return {
    /**
     * Compare with what a request carried.
     * @param header the Cookie header; undefined when there was none
     * @returns one per cookie, the sent ones first, and whether the jar is another one now
     */
    sent(context: RequestContext, header: string | undefined): { cookies: SentCookie[]; changed: boolean } {
      const expected = jar.send(context).cookies;
      const cookies: SentCookie[] = [];
      let changed = false;
      for (const { name, value } of pairsIn(header)) {
        const index = expected.findIndex((cookie) => cookie.name === name && cookie.value === value);
        const [found] = index === -1 ? [] : expected.splice(index, 1);
        if (!found) seen(name, value, context.url);
        changed ||= !found;
        const why = found?.sent ? found.why : found ? `your browser sent it, although ${found.why}` : notSeenBefore;
        cookies.push({ name, value, sent: true, why });
      }
      for (const { name, value, sent, why } of expected) {
        if (sent) {
          const gone = jar.list().find((cookie) => cookie.name === name && cookie.value === value);
          if (gone) jar.remove(gone);
          changed = true;
        }
        cookies.push({ name, value, sent: false, why: sent ? 'your browser does not have it any more' : why });
      }
      return { cookies, changed };
    },

    /** What the browser should do with one Set-Cookie header of an answer. */
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

    /** @param now sandbox milliseconds. A real browser's clock does not jump: what is left of a cookie is real time. */
    list: (now: number): JarCookie[] =>
      jar.list().map(({ createdAt: _, partitioned: __, ...cookie }) => ({
        ...cookie,
        expiresAt: cookie.expiresAt === null ? null : cookie.expiresAt - Date.now() + now,
        ...(valueOnly.has(keyOf(cookie)) && { attributes: 'unknown' as const }),
      })),
  };
}

const notSeenBefore = 'your browser has it; that it was set was not seen here';

/** What a Cookie header leaves open, filled so that the cookie goes where it was seen to go. Never shown. */
const unknown = {
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: false,
  sameSite: null,
  expiresAt: null,
  partitioned: false,
};

const keyOf = ({ name, value }: { name: string; value: string }) => `${name}=${value}`;

/** RFC 6265bis section 5.8.3 as a browser writes it; a cookie without a name is only a value. */
function pairsIn(header = ''): { name: string; value: string }[] {
  const pairs = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && pair !== '=');
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    return at === -1 ? { name: '', value: pair } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
}
