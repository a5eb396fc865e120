/** The cookies beside that of the session that a scenario is about, as its picture shows them. Pure. */
import type { JarView, Mark } from './marks.ts';
import type { Exchange } from './read.ts';
import { withoutPrefix } from './subject.ts';

export interface OtherCookie {
  name: string;
  /** Decoded where that makes readable text. */
  value: string;
  /** What happened to its value since the step started. */
  mark: Mark | null;
  /** Whether the browser's last request in the step carried it. */
  wentAlong: boolean;
}

/** @param names those that the scenario is about, without a prefix such as `__Host-` @param sent the browser's requests in the step */
export function otherCookiesIn(
  jar: readonly JarView[],
  names: readonly string[],
  sent: readonly Exchange[],
  now: number,
): OtherCookie[] {
  const inHeader = sent.at(-1)?.request.cookies.filter((cookie) => cookie.sent) ?? [];
  return jar.flatMap(({ cookie, before, mark }): OtherCookie[] => {
    const { name, value, expiresAt } = cookie;
    if (!names.includes(withoutPrefix(name)) || (expiresAt !== null && expiresAt <= now)) return [];
    const isRenewed = mark === 'changed' && before?.value === value;
    const wentAlong = inHeader.some((other) => other.name === name && other.value === value);
    return [{ name, value: readable(value), mark: isRenewed ? null : mark, wentAlong }];
  });
}

/** Express writes an object as JSON behind "j:". What a terminal would obey stays encoded. */
function readable(value: string): string {
  try {
    const decoded = decodeURIComponent(value);
    return /\p{C}/u.test(decoded) ? value : decoded.replace(/^j:(?=[{[])/, '');
  } catch {
    return value;
  }
}
