/** Cookie vectors: what servers and scripts set, and what is asked afterwards, as data. Both browsers do it. */

/**
 * A response of a page that the person opens, with these Set-Cookie headers; or what a script on the open page writes.
 * `clock`: by how many minutes the clock of the server is wrong. Without it, the server does not tell what time it is.
 */
export type Setting = { at: string; cookies: string[]; status?: number; clock?: number } | { write: string };

export interface Vector {
  name: string;
  sets: readonly Setting[];
  /** The addresses that the person opens afterwards. */
  asks: readonly string[];
}

/** A cookie as either browser has it. */
export interface ListedCookie {
  name: string;
  value: string;
  /** With a dot in front, if subdomains get it, too. */
  domain: string;
  path: string;
  secure: boolean;
  httpOnly: boolean;
  sameSite: string | null;
  /** Milliseconds since 1970; null: until the browser is closed. */
  expiresAt: number | null;
}

const day = 24 * 60 * 60 * 1000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Midnight of the day that the dates of the vectors name. It is near enough that no browser shortens the lifetime. */
const soon = Math.floor(Date.now() / day + 100) * day;

/** Writes that day into a Set-Cookie header: `$DD`, `$MON`, `$YYYY`, `$YY` and `$WEEKDAY`. */
export function dated(header: string): string {
  const date = new Date(soon);
  const year = String(date.getUTCFullYear());
  return header
    .replaceAll('$DD', String(date.getUTCDate()).padStart(2, '0'))
    .replaceAll('$MON', months[date.getUTCMonth()]!)
    .replaceAll('$YYYY', year)
    .replaceAll('$YY', year.slice(2))
    .replaceAll('$WEEKDAY', weekdays[date.getUTCDay()]!);
}

/** "in 3 min", or "on the day at 01:02:03". */
function expiryOf({ expiresAt }: ListedCookie): string {
  if (expiresAt === null) return 'no expiry';
  // In steps of two seconds: by the clock of a server, which says whole seconds, it is up to one second later.
  const sinceMidnight = Math.floor((expiresAt - soon + 500) / 2000) * 2000;
  if (sinceMidnight >= 0 && sinceMidnight < day)
    return `on the day at ${new Date(sinceMidnight).toISOString().slice(11, 19)}`;
  return `in ${Math.round((expiresAt - Date.now()) / 60_000)} min`;
}

/** The whole jar, a line for each cookie, in the order of the alphabet. */
export const jarLines = (cookies: readonly ListedCookie[]): string[] =>
  cookies
    .map((cookie) => {
      const { name, value, domain, path, secure, httpOnly, sameSite } = cookie;
      const flags = [secure && 'Secure', httpOnly && 'HttpOnly', sameSite && `SameSite=${sameSite}`].filter(Boolean);
      return [
        `has ${shown(withoutInvalid(name))}=${shown(withoutInvalid(value))} for ${domain}${withoutInvalid(path)}`,
        ...flags,
        expiryOf(cookie),
      ].join('; ');
    })
    .sort();

/** Long values are shortened. */
export const shown = (text: string) => (text.length > 300 ? `${text.slice(0, 20)}… (${text.length})` : text);

/** Chromium's developer tools drop what is not UTF-8. */
const withoutInvalid = (text: string) => text.replace(/[\ufffd\p{Surrogate}]/gu, '');
