import type { JarChanged, RecordedCookie, RequestSent, Trace, TraceEvent } from '../../../scenarios/engine/trace.ts';

/** Something in a step that differs between two plays of one scenario. */
export interface Difference {
  index: number;
  /** The step's title. */
  step: string;
  /** "the requests of alice", "the jar of alice", "the answer", "the error". */
  what: string;
  virtual: string;
  chromium: string;
}

/** Cookies expire at whole seconds, the two browsers may have been asked in different ones, and a busy machine answers late. Milliseconds. */
const lifetimeTolerance = 5000;

/**
 * Compares two plays of one scenario step by step: requests and their status, the jars after the step, and the answer to the
 * step's question.
 */
export function differences(virtual: Trace, chromium: Trace): Difference[] {
  const virtualSteps = stepsOf(virtual);
  const chromiumSteps = stepsOf(chromium);
  return virtual.header.scenario.steps.flatMap(({ title }, index) => {
    const one: StepFacts = virtualSteps[index] ?? new Map();
    const other: StepFacts = chromiumSteps[index] ?? new Map();
    return [...new Set([...one.keys(), ...other.keys()])].flatMap((what): Difference[] => {
      const [ours, theirs] = [one.get(what) ?? [], other.get(what) ?? []];
      if (areAlike(ours, theirs)) return [];
      return [{ index, step: title, what, virtual: describe(ours), chromium: describe(theirs) }];
    });
  });
}

/** A line to compare. The lifetime of a cookie, in milliseconds, is separate because it is compared with a tolerance. */
interface Fact {
  text: string;
  lifetime: number | null;
  /** When the cookie expires, in sandbox milliseconds. */
  expiresAt?: number | null;
}

/** The facts of one step, by what they are about: "the jar of alice". */
type StepFacts = Map<string, Fact[]>;

const areAlike = (one: Fact[], other: Fact[]) =>
  one.length === other.length &&
  one.every(({ text, lifetime }, index) => {
    const counterpart = other[index]!;
    if (text !== counterpart.text) return false;
    if (lifetime === null || counterpart.lifetime === null) return lifetime === counterpart.lifetime;
    return Math.abs(lifetime - counterpart.lifetime) <= lifetimeTolerance;
  });

const describe = (facts: Fact[]) =>
  facts
    .map(({ text, lifetime }) => (lifetime === null ? text : `${text} for ${Math.round(lifetime / 1000)} s`))
    .join('; ') || 'nothing';

/** Collects the facts of each step. The jar of an actor counts in every step after it was first recorded. */
function stepsOf({ events }: Trace): StepFacts[] {
  const steps: StepFacts[] = [];
  const jars: StepFacts = new Map();
  const jarFacts = createJarFacts();
  let facts: StepFacts = new Map();
  for (const event of events) {
    if (event.type === 'jar') jars.set(`the jar of ${event.actor}`, jarFacts(event, receivedAt(event, events)));
    if (event.type === 'step-started') facts = new Map();
    if (event.type === 'request') {
      const what = `the requests of ${event.actor}`;
      facts.set(what, [...(facts.get(what) ?? []), { text: exchange(event, events), lifetime: null }]);
    }
    if (event.type === 'ask') facts.set('the answer', [{ text: String(event.actual), lifetime: null }]);
    if (event.type === 'step-ended') {
      if (event.error !== null) facts.set('the error', [{ text: event.error, lifetime: null }]);
      steps[event.step] = new Map([...facts, ...aliveAt(event.at, jars)]);
    }
  }
  return steps;
}

/** Without the cookies that have expired. The jar was recorded before that. */
const aliveAt = (at: number, jars: StepFacts): StepFacts =>
  new Map([...jars].map(([what, facts]) => [what, facts.filter(({ expiresAt }) => (expiresAt ?? at + 1) > at)]));

/** Returns when the response came that changed the jar. A browser's jar is read later, and on a busy machine much later. */
function receivedAt({ at, cause }: JarChanged, events: readonly TraceEvent[]): number {
  if (cause.by !== 'response') return at;
  return events.find((event) => event.type === 'response' && event.request === cause.request)?.at ?? at;
}

/** The handle of a session in a path is random. */
const randomId = /\/[\w-]{16,}(?=\/|$)/g;

/** "GET https://shop.example/me from same-origin in mode cors, no Origin, with __Host-sid: 200" */
function exchange(request: RequestSent, events: readonly TraceEvent[]): string {
  const { origin, pathname } = new URL(request.url);
  const header = (wanted: string) => request.headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const cookies = (header('cookie') ?? '').split('; ').map((cookie) => cookie.split('=')[0]);
  const response = events.find((event) => event.type === 'response' && event.request === request.id);
  const status = response?.type === 'response' ? response.status : 'no answer';
  return [
    `${request.method} ${origin}${pathname.replace(randomId, '/…')}`,
    `from ${header('sec-fetch-site') ?? 'an unknown site'} in mode ${header('sec-fetch-mode') ?? 'unknown'},`,
    header('origin') === undefined ? 'no Origin,' : `Origin ${header('origin')},`,
    `with ${cookies.join(', ') || 'no cookie'}: ${status}`,
  ].join(' ');
}

/**
 * Creates a function that turns a jar into facts. Session ids are random, so the first id of a cookie counts as "id 1" in both
 * plays; an unsigned value counts as present. A lifetime is what the cookie had left when it arrived with this expiry.
 */
function createJarFacts() {
  const ids = new Map<string, string[]>();
  const firstSeen = new Map<string, { expiresAt: number; lifetime: number }>();

  const describeValue = ({ name, sid }: RecordedCookie) => {
    if (sid === null) return 'a value';
    const known = ids.get(name) ?? [];
    if (!known.includes(sid)) ids.set(name, [...known, sid]);
    return `id ${ids.get(name)!.indexOf(sid) + 1}`;
  };
  const lifetimeOf = (cookieOfActor: string, expiresAt: number | null, at: number) => {
    if (expiresAt === null) return null;
    const before = firstSeen.get(cookieOfActor);
    // The wall clock and the sandbox clock are read one after the other, so the same expiry varies by a millisecond.
    if (before && Math.abs(before.expiresAt - expiresAt) < 500) return before.lifetime;
    const lifetime = expiresAt - at;
    firstSeen.set(cookieOfActor, { expiresAt, lifetime });
    return lifetime;
  };

  return ({ actor, cookies }: JarChanged, at: number): Fact[] =>
    cookies
      .map((cookie) => {
        const { name, value, domain, hostOnly, path, secure, httpOnly, sameSite, expiresAt } = cookie;
        const flags = [secure && 'Secure', httpOnly && 'HttpOnly', sameSite && `SameSite=${sameSite}`];
        const place = `${hostOnly ? '' : '.'}${domain}${path}`;
        const text = [name, describeValue(cookie), place, ...flags].filter(Boolean).join(' ');
        return { text, lifetime: lifetimeOf(`${actor} ${text} ${value}`, expiresAt, at), expiresAt };
      })
      .sort((one, other) => one.text.localeCompare(other.text));
}
