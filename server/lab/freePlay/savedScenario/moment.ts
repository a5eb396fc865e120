/** What was there when something was done by hand, as far as a scenario can name it again: cookies, session ids, keys. */
import { SandboxError } from '../../../../scenarios/engine/errors.ts';
import { sidOf } from '../../../../scenarios/engine/identity.ts';
import type { JarCookie, RecordedCookie, TraceEvent, TraceHeader } from '../../../../scenarios/engine/trace.ts';
import { type Code, joined, literal, quoted } from './code.ts';

export interface Moment {
  /** Everybody's live cookies. */
  jars: ReadonlyMap<string, readonly RecordedCookie[]>;
  /** Names without the namespace. */
  keys: ReadonlySet<string>;
}

/** Follows a trace, event by event. */
export function createMoments({ namespace }: Pick<TraceHeader, 'namespace'>) {
  const jars = new Map<string, RecordedCookie[]>();
  const keys = new Set<string>();
  return {
    see(event: TraceEvent): void {
      if (event.type === 'jar') jars.set(event.actor, event.cookies);
      if (event.type === 'key') {
        const name = event.key.slice(namespace.length);
        if (event.value === null) keys.delete(name);
        else keys.add(name);
      }
    },
    /** @param at sandbox milliseconds */
    at(at: number): Moment {
      const live = [...jars].map(
        ([actor, cookies]) => [actor, cookies.filter(({ expiresAt }) => expiresAt === null || expiresAt > at)] as const,
      );
      return { jars: new Map(live), keys: new Set(keys) };
    },
  };
}

/** How a cookie is named in code: not at all where it is the app's session cookie and there is one only. */
export function cookieCode(
  { name, domain, path }: Pick<JarCookie, 'name' | 'domain' | 'path'>,
  jar: readonly RecordedCookie[],
  sessionCookie: string,
) {
  if (jar.filter((cookie) => cookie.name === name).length > 1) {
    const text = `{ name: ${quoted(name)}, domain: ${quoted(domain)}, path: ${quoted(path)} }`;
    return { text, which: { name, domain, path } };
  }
  return name === sessionCookie ? { text: '', which: undefined } : { text: quoted(name), which: name };
}

/** A session id by way of a browser that holds it. */
function sidCode(actor: string, cookie: JarCookie, sessionCookie: string): Code<string> {
  const which = cookie.name === sessionCookie ? undefined : cookie.name;
  return {
    text: `sidOf(${actor}!.cookie(${which === undefined ? '' : quoted(which)}))`,
    uses: [actor],
    // As in a template: what is not there is "undefined", and names nothing.
    value: (cast) => String(sidOf(cast[actor]!.cookie(which))),
  };
}

/** Long enough to be found in a text by itself, and nothing in it means anything to a pattern. Edited cookies hold others. */
const identifying = /^[\w-]{6,}$/;

/** The session ids that somebody's browser holds, each with the code that names it. */
export function heldIds({ jars }: Moment, sessionCookie: string): Map<string, Code<string>> {
  const held = new Map<string, Code<string>>();
  for (const [actor, cookies] of jars) {
    for (const cookie of cookies) {
      const { sid } = cookie;
      // Of several cookies with one name, code finds the first.
      const first = cookies.find(({ name }) => name === cookie.name) === cookie;
      if (sid !== null && identifying.test(sid) && first && !held.has(sid))
        held.set(sid, sidCode(actor, cookie, sessionCookie));
    }
  }
  return held;
}

/** A text in which every session id that a browser holds is named by way of that browser. */
export function textCode(text: string, held: ReadonlyMap<string, Code<string>>): Code<string> {
  const ids = [...held.keys()].filter((sid) => text.includes(sid));
  if (ids.length === 0) return literal(text);
  const parts = text.split(new RegExp(`(${ids.join('|')})`)).filter((part) => part !== '');
  return joined(parts.map((part) => held.get(part) ?? literal(part)));
}

/** What was made at random, as in `basket:ad9f71af-83e0-43c4-…`: another one each time it is played. */
const random = /[0-9a-f]{8}-[0-9a-f]{4}|[\w-]{20,}/i;

/**
 * The name of a key. One with something random in it is found by what stands before that.
 * @throws SandboxError when several keys begin like that
 */
export function keyCode(name: string, held: ReadonlyMap<string, Code<string>>, { keys }: Moment): Code<string> {
  const code = textCode(name, held);
  if (code.uses.length > 0 || !random.test(name)) return code;
  const prefix = name.slice(0, name.lastIndexOf(':') + 1);
  const alike = [...keys].filter((key) => key.startsWith(prefix));
  if (prefix === '' || alike.length > 1 || alike[0] !== name) {
    throw new SandboxError(
      'no-scenario',
      `The key ${name} has a random name that nothing else leads to, so a scenario cannot find it again.`,
    );
  }
  return {
    text: `(await world.keys(${quoted(prefix)}))[0]?.name ?? ${quoted(prefix)}`,
    uses: ['world'],
    value: async ({ world }) => (await world.keys(prefix))[0]?.name ?? prefix,
  };
}
