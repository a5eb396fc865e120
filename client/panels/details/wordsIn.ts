/** What can be followed in the text of an event. Pure. */
import { cookieToFollow, followedText, keysOf, keyToFollow } from '../../../scenarios/engine/followed.ts';
import { keyName } from '../../../scenarios/engine/identity.ts';
import type { Header, TraceEvent, TraceHeader } from '../../../scenarios/engine/trace.ts';
import type { NamedWord } from '../../ui/Sid.tsx';
import { sidsIn } from '../../ui/sidsIn.ts';

/** Returns the words of an event's text that can be followed. A session record is followed by its session ID instead. */
export function wordsIn(event: TraceEvent, header: TraceHeader, sids: readonly string[]): NamedWord[] {
  switch (event.type) {
    case 'command':
      return keysOf(event, header).flatMap((key) => wordOfKey(key, header, sids));
    case 'key':
      return wordOfKey(event.key, header, sids);
    case 'jar':
      return event.cookies.map(({ name, sid }) => wordOfCookie(event.actor, name, sid, header));
    case 'cookie-planted':
    case 'cookie-copied':
      return [wordOfCookie(event.victim, event.name, event.sid, header)];
    default:
      return [];
  }
}

function wordOfKey(key: string, header: TraceHeader, sids: readonly string[]): NamedWord[] {
  const word = keyName(key, header.namespace);
  if (sidsIn(word, sids).some((sid) => word.endsWith(sid))) return [];
  return [{ word, name: keyToFollow(key), what: followedText({ what: 'key', key }, header) }];
}

/** @param sid the session that the cookie stands for */
export function wordOfCookie(actor: string, name: string, sid: string | null, header: TraceHeader): NamedWord {
  if (sid !== null) return { word: name, name: sid, what: `session of the cookie ${name}` };
  const what = followedText({ what: 'cookie', actor, cookie: name }, header);
  return { word: name, name: cookieToFollow(header, actor, name), what };
}

/** A piece of a Cookie or Set-Cookie header. `cookie`: the name of a cookie that stands for no session. */
interface HeaderPiece {
  text: string;
  cookie: string | null;
}

/** Splits the value of a header at the names of its cookies. Joined again, the pieces are the value. */
export function cookiePieces([name, value]: Header, sids: readonly string[]): HeaderPiece[] {
  const several = name.toLowerCase() === 'cookie';
  if (!several && name.toLowerCase() !== 'set-cookie') return [{ text: value, cookie: null }];
  const pairs = several ? value.split(/(?<=;)/) : [value];
  return pairs.flatMap((pair) => {
    const [, space = '', cookie = '', rest = ''] = /^(\s*)([^=;]+)(=.*)$/s.exec(pair) ?? [];
    if (cookie === '' || sidsIn(pair, sids).length > 0) return [{ text: pair, cookie: null }];
    return [
      { text: space, cookie: null },
      { text: cookie, cookie },
      { text: rest, cookie: null },
    ].filter(({ text }) => text !== '');
  });
}
