/**
 * How a scenario names what has another name each time it is played: a session ID is the one that some browser holds, a random
 * key is the only one with its prefix.
 */
import type { CookieIdentity } from '../../../../scenarios/engine/actions.ts';
import type { CookieNamed } from '../../../../scenarios/engine/cast.ts';
import { SandboxError } from '../../../../scenarios/engine/errors.ts';
import { keyName, sidOf } from '../../../../scenarios/engine/identity.ts';
import type { RecordedCookie, TraceEvent } from '../../../../scenarios/engine/trace.ts';
import { actor, type Code, combine, concatenated, literal, quoted, record, world } from './code.ts';

/** Session IDs with the code that names each of them. */
export type SessionIds = ReadonlyMap<string, Code<string>>;

/** Follows the jars and keys of a trace, event by event. */
export function createNames(namespace: string, sessionCookie: string) {
  const jars = new Map<string, readonly RecordedCookie[]>();
  const keys = new Set<string>();
  const nameOf = (key: string) => keyName(key, namespace);

  return {
    follow(event: TraceEvent): void {
      if (event.type === 'jar') jars.set(event.actor, event.cookies);
      if (event.type !== 'key') return;
      if (event.value === null) keys.delete(nameOf(event.key));
      else keys.add(nameOf(event.key));
    },

    /** Returns what can be named after the events so far. @param at sandbox milliseconds */
    at(at: number) {
      const active = ({ expiresAt }: RecordedCookie) => expiresAt === null || expiresAt > at;
      const activeJars = new Map([...jars].map(([owner, cookies]) => [owner, cookies.filter(active)] as const));
      const sessionIds = sessionIdsIn(activeJars, sessionCookie);
      return {
        nameOf,
        sessionIds,

        /** Returns the code for a text: it contains the session IDs of the run it is played in. */
        text: (text: string) => textCode(text, sessionIds),

        /**
         * Returns the code for the name of a key, which may have the namespace.
         * @throws SandboxError for a random name when another key has the same prefix
         */
        key: (name: string) => keyCode(nameOf(name), sessionIds, [...keys]),

        /** Returns a text for people. Session IDs differ from run to run, and braces would be read as the name of a time. */
        shown(text: string): string {
          const known = [...sessionIds].reduce(
            (before, [sid, { uses }]) => before.replaceAll(sid, `‹${uses[0]}’s id›`),
            text,
          );
          const short = known.length > 80 ? `${known.slice(0, 79)}…` : known;
          return short.replaceAll('{', '(').replaceAll('}', ')');
        },

        /** Returns a cookie's value, and the arguments that name it in a call: none for the only session cookie. */
        cookie({ name, domain, path }: CookieIdentity, owner: string): { value: string; which: Code<CookieNamed>[] } {
          const namesakes = (activeJars.get(owner) ?? []).filter((cookie) => cookie.name === name);
          const { value } = namesakes.find((cookie) => cookie.domain === domain && cookie.path === path)!;
          if (namesakes.length > 1) {
            const identity = Object.entries({ name, domain, path }).map(([key, text]) => [key, literal(text)] as const);
            return { value, which: [record(identity) as Code<CookieIdentity>] };
          }
          return { value, which: name === sessionCookie ? [] : [literal(name)] };
        },
      };
    },
  };
}

export type Names = ReturnType<ReturnType<typeof createNames>['at']>;

/** Long enough to be found in a text, and without special characters of a pattern. Edited cookies contain others. */
const identifying = /^[\w-]{6,}$/;

function sessionIdsIn(jars: ReadonlyMap<string, readonly RecordedCookie[]>, sessionCookie: string): SessionIds {
  const ids = new Map<string, Code<string>>();
  for (const [owner, cookies] of jars) {
    for (const cookie of cookies) {
      const { name, sid } = cookie;
      // Of several cookies with one name, `actor.cookie(name)` returns the first.
      const first = cookies.find((other) => other.name === name) === cookie;
      if (sid === null || !identifying.test(sid) || !first || ids.has(sid)) continue;
      ids.set(sid, sidCode(owner, name === sessionCookie ? undefined : name));
    }
  }
  return ids;
}

const sidCode = (owner: string, cookieName: string | undefined) =>
  combine(
    [actor(owner)],
    ([holder]) => `sidOf(${holder}.cookie(${cookieName === undefined ? '' : quoted(cookieName)}))`,
    // As after a +: without such a cookie, the text is "undefined".
    ([holder]) => String(sidOf(holder.cookie(cookieName))),
    { readsIds: true },
  );

/** Splits a text before and after each of the session IDs. */
export const splitAtIds = (text: string, ids: readonly string[]) =>
  ids.length === 0 ? [text] : text.split(new RegExp(`(${ids.join('|')})`)).filter((piece) => piece !== '');

export function textCode(text: string, sessionIds: SessionIds): Code<string> {
  const ids = [...sessionIds.keys()].filter((sid) => text.includes(sid));
  if (ids.length === 0) return literal(text);
  return concatenated(splitAtIds(text, ids).map((piece) => sessionIds.get(piece) ?? piece));
}

/** Something random, as in `basket:ad9f71af-83e0-43c4-…`. */
const random = /[0-9a-f]{8}-[0-9a-f]{4}|[\w-]{20,}/i;

function keyCode(name: string, sessionIds: SessionIds, keys: readonly string[]): Code<string> {
  const code = textCode(name, sessionIds);
  if (code.uses.length > 0 || !random.test(name)) return code;
  const prefix = name.slice(0, name.lastIndexOf(':') + 1);
  const [first, ...others] = keys.filter((key) => key.startsWith(prefix));
  if (prefix === '' || first !== name || others.length > 0) {
    throw new SandboxError(
      'no-scenario',
      `The key ${name} has a random name that nothing else leads to, so a scenario cannot find it again.`,
    );
  }
  return combine(
    [world],
    () => `(await world.keys(${quoted(prefix)}))[0]?.name ?? ${quoted(prefix)}`,
    async ([{ keys }]) => (await keys(prefix))[0]?.name ?? prefix,
    { awaits: true },
  );
}
