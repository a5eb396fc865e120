/** What can be followed through a trace: a session ID, a Redis key, a cookie of one browser. Each has a name on the page. Pure. */

import { keyName, labelOf, possessive } from './identity.ts';
import type { RedisCommand, TraceHeader } from './trace.ts';

/**
 * A cookie is followed by its name in one browser, whatever its value becomes, as developer tools list it. A session cookie
 * stands for its session ID, and the key of a session record does, too.
 */
export type Followed =
  | { what: 'session'; sid: string }
  | { what: 'key'; key: string }
  | { what: 'cookie'; actor: string; cookie: string };

/** What the names of a sandbox are read with: the same browser has cookies in both sandboxes of a comparison. */
export type Scope = Pick<TraceHeader, 'sandbox' | 'namespace'>;

/** Half of a surrogate pair, which a trace file may contain, cannot be encoded. */
const escaped = (text: string) => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));

/** Returns the name of a Redis key on the page. A name has no space, so that several fit into one attribute. */
export const keyToFollow = (key: string) => `key:${escaped(key)}`;

/** Returns the name of a cookie of one browser on the page. */
export const cookieToFollow = ({ sandbox }: Pick<Scope, 'sandbox'>, actor: string, cookie: string) =>
  `cookie:${[sandbox, actor, cookie].map(escaped).join(':')}`;

/**
 * Returns what a name stands for; null when that is not in this sandbox. The name of a session is its ID.
 *
 * @param sids the session IDs of the sandbox
 */
export function readFollowed(name: string, { sandbox, namespace }: Scope, sids: readonly string[]): Followed | null {
  if (sids.includes(name)) return { what: 'session', sid: name };
  const [kind, ...parts] = name.split(':');
  try {
    const [first, actor, cookie] = parts.map(decodeURIComponent);
    if (kind === 'key' && namespace !== '' && first?.startsWith(namespace)) return { what: 'key', key: first };
    if (kind === 'cookie' && first === sandbox && actor !== undefined && cookie !== undefined)
      return { what: 'cookie', actor, cookie };
  } catch {
    // It is no name that this file has made.
  }
  return null;
}

/** Returns what is followed in words: "session wME6p7", "key throttle:source:3f", "cookie csrf in Alice’s browser". */
export function followedText(followed: Followed, header: TraceHeader): string {
  switch (followed.what) {
    case 'session':
      return `session ${followed.sid.slice(0, 6)}`;
    case 'key':
      return `key ${keyName(followed.key, header.namespace)}`;
    case 'cookie':
      return `cookie ${followed.cookie} in ${possessive(labelOf(header, followed.actor))} browser`;
  }
}

/** Returns the keys among the arguments of a command. */
export const keysOf = ({ args }: Pick<RedisCommand, 'args'>, { namespace }: Pick<Scope, 'namespace'>) =>
  namespace === '' ? [] : args.filter((arg) => arg.startsWith(namespace));
