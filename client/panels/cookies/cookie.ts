/** What the panel reads from a cookie: its protection, the parts of its value, and whether it is forged. Pure. */
import { type AttributeShown, showAttribute } from '../../../scenarios/engine/cookieAttributes.ts';
import { parseSignedValue } from '../../../scenarios/engine/identity.ts';
import type { JarView } from '../../../scenarios/engine/marks.ts';
import { changeOf, changeTexts } from '../../../scenarios/engine/sessionCookies.ts';
import { parseToken, readClaims } from '../../../scenarios/engine/token.ts';
import type { JarCookie, RecordedCookie, TraceEvent } from '../../../scenarios/engine/trace.ts';

export interface Attribute extends AttributeShown {
  why: string;
}

/** Returns the attributes that protect a cookie, or are missing, and its path. */
export function attributesOf(cookie: JarCookie): Attribute[] {
  const { httpOnly, secure, sameSite, path, partition, attributes } = cookie;
  if (attributes === 'unknown') {
    const why = 'Known only from a Cookie header, which carries no more than the name and the value.';
    return [{ text: 'attributes unknown', weak: false, why }];
  }
  const reasons = {
    HttpOnly: httpOnly ? 'Scripts in the page cannot read it.' : 'Any script in the page can read it.',
    Secure: secure ? 'Sent over https only.' : 'Also sent over plain http, where anyone on the network can read it.',
    SameSite: sameSite === null ? 'Browsers then treat it as Lax, with exceptions.' : sameSiteEffects[sameSite],
    Path: `Sent to ${path === '/' ? 'every path' : `${path} and below`}.`,
  };
  return [
    ...shownAlways.map((attribute) => ({ ...showAttribute(attribute, cookie), why: reasons[attribute] })),
    ...(partition !== undefined
      ? [{ text: 'Partitioned', weak: false, why: `Sent only with requests of pages of ${partition}.` }]
      : []),
  ];
}

const shownAlways = ['HttpOnly', 'Secure', 'SameSite', 'Path'] as const;

const sameSiteEffects = {
  Strict: 'Never sent with a request from another site.',
  Lax: 'Sent with a request from another site only when that request opens the page.',
  None: 'Sent with requests from every site.',
};

/** Returns what a token says about its user: "says: user 1, customer"; null for any other cookie. */
export function saidBy({ value }: JarCookie): Attribute | null {
  const token = parseToken(value);
  if (!token) return null;
  const { userId, role } = readClaims(token.claims);
  const user = userId === null ? 'no user' : `user ${userId}`;
  return { text: `says: ${[user, role].filter(Boolean).join(', ')}`, weak: false, why: token.claims };
}

/** Returns the hosts that get a cookie. They are notable unless it is the one host that set the cookie. */
export function hostOf(cookie: JarCookie): Attribute & { notable: boolean } {
  const { domain, hostOnly, attributes } = cookie;
  if (attributes === 'unknown')
    return { text: `sent to ${domain}`, weak: false, notable: true, why: 'Seen in a request to this host.' };
  if (hostOnly)
    return {
      text: `${domain} only`,
      weak: false,
      notable: false,
      why: 'No Domain attribute: sent to exactly this host.',
    };
  const why = 'Sent to every host under this domain. Any of them can set it.';
  return { ...showAttribute('Domain', cookie), notable: true, why };
}

/** Whether a cookie's attributes are worth a line: it is about a session, forged or weakly protected. */
export function isSubject(cookie: RecordedCookie, forged: string | null): boolean {
  return cookie.sid !== null || forged !== null || [...attributesOf(cookie), hostOf(cookie)].some(isWorthALine);
}

const isWorthALine = ({ weak, notable = false }: Attribute & { notable?: boolean }) => weak || notable;

/** Cookies of the shop beside that of the session, by the end of their name. */
const meanings: readonly (readonly [name: RegExp, meaning: string])[] = [
  [
    /device$/,
    'Somebody has logged in from this browser before: wrong passwords from elsewhere do not lock it out. It grants no access.',
  ],
  [/remember$/, 'Starts a new session without a password.'],
];

/** Returns what a cookie is for; null for that of the session, and for one that is not known. */
export const meaningOfCookie = ({ name, sid }: Pick<RecordedCookie, 'name' | 'sid'>): string | null =>
  sid === null ? (meanings.find(([known]) => known.test(name))?.[1] ?? null) : null;

/** Returns the word for what the step did to a cookie: "added", "renewed", "new ID". */
export function changeWord({ cookie, before, mark }: JarView): string {
  const change = changeOf(cookie, before, mark);
  return change ? changeTexts[change] : (mark ?? '');
}

/** A part of a cookie's value that is edited by itself. */
export interface ValuePart {
  name: string;
  text: string;
}

/** Returns the three decoded parts of a signed value. Any other value has one part, as it is sent. */
export function splitValue({ value, sid }: Pick<RecordedCookie, 'value' | 'sid'>): ValuePart[] {
  const signed = sid === null ? null : parseSignedValue(value);
  const parts = signed && [
    { name: 'prefix', text: signed.prefix },
    { name: 'session ID', text: signed.sid },
    { name: 'signature', text: signed.signature },
  ];
  // Some values are encoded in another way, and saving an unchanged value must not change it.
  return parts && joinValue(parts) === value ? parts : [{ name: 'value', text: value }];
}

/** Returns the value of the parts, as it is sent in a Cookie header. */
export function joinValue(parts: readonly ValuePart[]): string {
  const [first = '', ...rest] = parts.map(({ text }) => text);
  return rest.length === 0 ? first : encodeURIComponent(`${first}${rest.join('.')}`);
}

/** Returns each character of the new text, and whether the old text has another one in its place. */
export function compareCharacters(before: string, after: string): { character: string; changed: boolean }[] {
  return [...after].map((character, index) => ({ character, changed: before[index] !== character }));
}

/** Returns how many characters differ, including those added and removed at the end. */
export function countDifferences(before: string, after: string): number {
  const changed = compareCharacters(before, after).filter(({ changed }) => changed).length;
  return changed + Math.max(0, before.length - after.length);
}

/** Returns why no Cookie header can carry a value; null when one can (RFC 6265bis section 5.7). */
export function sendingProblem(value: string): string | null {
  if (value.length > 4096) return 'A browser keeps at most 4096 characters.';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters a header cannot carry
  return /[\x00-\x08\x0a-\x1f\x7f;]|[^\x00-\xff]/.test(value)
    ? 'A Cookie header cannot carry a semicolon, a control character, or a character outside Latin-1.'
    : null;
}

/** Returns the last request in which the app found a forged signature in this value: "GET /me"; null when there is none. */
export function forgedIn(events: readonly TraceEvent[], { name, value }: JarCookie): string | null {
  const isSigned = events.some(
    (event) => event.type === 'jar' && event.cookies.some((cookie) => cookie.name === name && cookie.sid !== null),
  );
  if (!isSigned) return null;
  const forged = new Set(
    events.flatMap((event) =>
      event.type === 'audit' && event.name === 'session_cookie_invalid' ? [event.request] : [],
    ),
  );
  const request = events.findLast(
    (event) =>
      event.type === 'request' &&
      forged.has(event.id) &&
      event.cookies.some((cookie) => cookie.sent && cookie.name === name && cookie.value === value),
  );
  return request?.type === 'request' ? `${request.method} ${new URL(request.url).pathname}` : null;
}
