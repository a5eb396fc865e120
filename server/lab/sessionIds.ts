import type { ManualAction } from '../../scenarios/engine/actions.ts';
import { keyName, parseSignedValue } from '../../scenarios/engine/identity.ts';
import { parseToken } from '../../scenarios/engine/token.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { valuesOf } from './headers.ts';

/** How an app names its sessions. */
export interface SessionNames {
  cookie: string;
  /** The prefix of its session records' keys; undefined when they are not in Redis. */
  keyPrefix: string | undefined;
}

/** An event before anybody has looked for the sessions it is about. A store in memory knows the session itself. */
export type WithoutSids<Event> = Event extends { type: 'memory' }
  ? Event
  : Event extends { cookies: (infer Cookie)[] }
    ? Omit<Event, 'sid' | 'cookies'> & { cookies: Omit<Cookie, 'sid'>[] }
    : Omit<Event, 'sid'>;

/**
 * Finds the sessions that events are about, by what the apps call their cookie and their records. Without this, every reader
 * of a trace would have to guess from the look of a key or value.
 * @param namespace what every key of the sandbox starts with
 */
export function createSidFinder(namespace: string) {
  const cookieNames = new Set<string>();
  const prefixes = new Set<string>();

  const ofKey = (key: string): string | null => {
    const name = keyName(key, namespace);
    const matching = [...prefixes].filter((prefix) => name.startsWith(prefix) && name !== prefix);
    const [prefix] = matching.sort((a, b) => b.length - a.length);
    return prefix === undefined ? null : name.slice(prefix.length);
  };
  // An app without session records has logins, too: a signed token stands for one, in a cookie of any name.
  const ofCookie = ({ name, value }: { name: string; value: string }): string | null =>
    (cookieNames.has(name) ? parseSignedValue(value)?.sid : undefined) ?? parseToken(value)?.signature ?? null;
  const ofPair = (pair: string): string | null => {
    const [name = '', ...value] = pair.split('=');
    return ofCookie({ name: name.trim(), value: value.join('=').trim() });
  };
  const ofSetCookie = (header: string) => ofPair(header.split(';')[0]!);
  const ofAction = (action: ManualAction): string | null => {
    switch (action.do) {
      case 'delete-key':
      case 'set-key':
      case 'expire-key':
        return ofKey(action.key);
      case 'evict-key':
        return action.key === null ? null : ofKey(action.key);
      case 'redis':
        // A word with an asterisk is a pattern.
        return firstOf(
          action.line
            .split(/[\s"']+/)
            .filter((word) => !word.includes('*'))
            .map(ofKey),
        );
      case 'edit-cookie':
        return ofCookie(action);
      default:
        return null;
    }
  };

  return {
    /** From now on, the sessions of these apps are recognized. */
    learn(apps: readonly SessionNames[]): void {
      for (const { cookie, keyPrefix } of apps) {
        cookieNames.add(cookie);
        if (keyPrefix) prefixes.add(keyPrefix);
      }
    },

    /** Returns the event with the `sid` of everything in it that is about a session. */
    withSids(event: WithoutSids<TraceEvent>): TraceEvent {
      switch (event.type) {
        case 'request': {
          const pairs = valuesOf(event.headers, 'cookie').flatMap((header) => header.split(';'));
          const sid = firstOf(pairs.map(ofPair));
          return { ...event, sid, cookies: event.cookies.map((cookie) => ({ ...cookie, sid: ofCookie(cookie) })) };
        }
        case 'response': {
          const sid = firstOf(valuesOf(event.headers, 'set-cookie').map(ofSetCookie));
          const cookies = event.cookies.map((cookie) => ({ ...cookie, sid: ofSetCookie(cookie.header) }));
          return { ...event, sid, cookies };
        }
        case 'jar':
          return { ...event, cookies: event.cookies.map((cookie) => ({ ...cookie, sid: ofCookie(cookie) })) };
        case 'cookie-planted':
        case 'cookie-copied':
          return { ...event, sid: ofCookie(event) };
        case 'key':
          return { ...event, sid: ofKey(event.key) };
        case 'command':
          return { ...event, sid: firstOf(event.args.filter((arg) => arg.startsWith(namespace)).map(ofKey)) };
        case 'manual-action':
          return { ...event, sid: ofAction(event.action) };
        default:
          return event;
      }
    },
  };
}

const firstOf = (sids: readonly (string | null)[]) => sids.find((sid) => sid !== null) ?? null;
