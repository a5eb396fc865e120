import type { JarChanged, RecordedCookie, RequestSent, Trace, TraceEvent } from '../../scenarios/engine/trace.ts';

/** Something in a step that is not alike in two plays of one scenario. */
export interface Difference {
  /** The step's title. */
  step: string;
  /** "the requests of alice", "the jar of alice", "the answer", "the error". */
  what: string;
  virtual: string;
  chromium: string;
}

/** Cookies have whole seconds, and one of the two browsers may have been asked within another second. Milliseconds. */
const lifetimesAlike = 2000;

/** Compare two plays of one scenario step by step: what was sent and answered, the jars after it, what the step's question found. */
export function differences(virtual: Trace, chromium: Trace): Difference[] {
  const ours = stepsOf(virtual);
  const theirs = stepsOf(chromium);
  return virtual.header.scenario.steps.flatMap(({ title }, index) => {
    const one = ours[index] ?? new Map<string, Told>();
    const other = theirs[index] ?? new Map<string, Told>();
    return [...new Set([...one.keys(), ...other.keys()])].flatMap((what): Difference[] => {
      const told = { virtual: one.get(what) ?? [], chromium: other.get(what) ?? [] };
      if (alike(told.virtual, told.chromium)) return [];
      return [{ step: title, what, virtual: inWords(told.virtual), chromium: inWords(told.chromium) }];
    });
  });
}

/** Lines of text; a cookie's lifetime in milliseconds stands apart, as it is compared with some tolerance. */
type Told = { text: string; lifetime: number | null }[];

const alike = (one: Told, other: Told) =>
  one.length === other.length &&
  one.every(({ text, lifetime }, index) => {
    const counterpart = other[index]!;
    if (text !== counterpart.text) return false;
    if (lifetime === null || counterpart.lifetime === null) return lifetime === counterpart.lifetime;
    return Math.abs(lifetime - counterpart.lifetime) <= lifetimesAlike;
  });

const inWords = (told: Told) =>
  told
    .map(({ text, lifetime }) => (lifetime === null ? text : `${text} for ${Math.round(lifetime / 1000)} s`))
    .join('; ') || 'nothing';

/** For each step what there is to compare, by what it is about. Jars are told again only where something has been looked at. */
function stepsOf({ events }: Trace): Map<string, Told>[] {
  const steps: Map<string, Told>[] = [];
  const jars = new Map<string, Told>();
  const tell = createCookieTeller();
  let told = new Map<string, Told>();
  for (const event of events) {
    if (event.type === 'jar') jars.set(event.actor, tell(event, receivedAt(event, events)));
    if (event.type === 'step-started') told = new Map();
    if (event.type === 'request') {
      const what = `the requests of ${event.actor}`;
      told.set(what, [...(told.get(what) ?? []), { text: exchange(event, events), lifetime: null }]);
    }
    if (event.type === 'ask') told.set('the answer', [{ text: String(event.actual), lifetime: null }]);
    if (event.type === 'step-ended') {
      if (event.error !== null) told.set('the error', [{ text: event.error, lifetime: null }]);
      for (const [actor, jar] of jars) told.set(`the jar of ${actor}`, jar);
      steps[event.step] = told;
    }
  }
  return steps;
}

/** When the answer came that changed the jar: a browser may be looked at later, and on a busy machine much later. */
function receivedAt({ at, cause }: JarChanged, events: readonly TraceEvent[]): number {
  if (cause.by !== 'response') return at;
  return events.find((event) => event.type === 'response' && event.request === cause.request)?.at ?? at;
}

/** "GET https://shop.example/me from same-origin in mode cors, origin not told, with __Host-sid: 200" */
function exchange(request: RequestSent, events: readonly TraceEvent[]): string {
  const { origin, pathname } = new URL(request.url);
  const header = (wanted: string) => request.headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const cookies = (header('cookie') ?? '').split('; ').map((cookie) => cookie.split('=')[0]);
  const response = events.find((event) => event.type === 'response' && event.request === request.id);
  const status = response?.type === 'response' ? response.status : 'no answer';
  return [
    `${request.method} ${origin}${pathname}`,
    `from ${header('sec-fetch-site') ?? 'an unknown site'} in mode ${header('sec-fetch-mode') ?? 'unknown'},`,
    `origin ${header('origin') ?? 'not told'},`,
    `with ${cookies.join(', ') || 'no cookie'}: ${status}`,
  ].join(' ');
}

/**
 * Session ids are random, so a value is told as which of the ids it is that this cookie has had; what is not signed is told as
 * being there. A lifetime is what the cookie had left when it came with this expiry.
 */
function createCookieTeller() {
  const ids = new Map<string, string[]>();
  const firstSeen = new Map<string, { expiresAt: number; lifetime: number }>();

  const wordFor = ({ name, sid }: RecordedCookie) => {
    if (sid === null) return 'a value';
    const known = ids.get(name) ?? [];
    if (!known.includes(sid)) ids.set(name, [...known, sid]);
    return `id ${ids.get(name)!.indexOf(sid) + 1}`;
  };
  const lifetimeOf = (cookieOfActor: string, expiresAt: number | null, at: number) => {
    if (expiresAt === null) return null;
    const before = firstSeen.get(cookieOfActor);
    // The clocks of the wall and of the sandbox are read one after the other, so one expiry differs by a millisecond.
    if (before && Math.abs(before.expiresAt - expiresAt) < 500) return before.lifetime;
    const lifetime = expiresAt - at;
    firstSeen.set(cookieOfActor, { expiresAt, lifetime });
    return lifetime;
  };

  return ({ actor, cookies }: JarChanged, at: number): Told =>
    cookies
      .map((cookie) => {
        const { name, value, domain, hostOnly, path, secure, httpOnly, sameSite, expiresAt } = cookie;
        const flags = [secure && 'Secure', httpOnly && 'HttpOnly', sameSite && `SameSite=${sameSite}`];
        const place = `${hostOnly ? '' : '.'}${domain}${path}`;
        const text = [name, wordFor(cookie), place, ...flags].filter(Boolean).join(' ');
        return { text, lifetime: lifetimeOf(`${actor} ${text} ${value}`, expiresAt, at) };
      })
      .sort((one, other) => one.text.localeCompare(other.text));
}
