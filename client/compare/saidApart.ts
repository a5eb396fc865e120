/** What to say of the event in which two plays first part, so that the difference is seen in one line. Pure. */
import { eventLine } from '../../scenarios/engine/eventText.ts';
import type { ReceivedCookie, TraceEvent, TraceHeader } from '../../scenarios/engine/trace.ts';

/** An event in one line; of two answers, or two requests, that begin alike it is what comes after that. */
export function saidApart(event: TraceEvent, other: TraceEvent | null, header: TraceHeader): string {
  if (event.type === 'response' && other?.type === 'response' && sameAnswer(event, other)) {
    const index = event.cookies.findIndex((cookie, index) => !alike(cookie, other.cookies[index]));
    const at = index === -1 ? event.cookies.length : index;
    const cookie = event.cookies[at];
    return `Response ${event.status}, ${cookie ? cookieApart(cookie, other.cookies[at]) : 'no Set-Cookie'}`;
  }
  if (event.type === 'request' && other?.type === 'request' && event.url === other.url) {
    const sent = event.cookies.filter(({ sent }) => sent).map(({ name }) => name);
    return `${event.method} ${new URL(event.url).pathname}, Cookie: ${sent.join(', ') || 'none'}`;
  }
  if (event.type === 'command') return commandLine(event, header);
  if (event.type === 'ask') return `Answer: ${event.actual}`;
  return eventLine(event, header);
}

/** With what is said of a record left out: what stands behind it, such as its time to live, is what differs. */
function commandLine({ name, args, reply, error }: Command, { namespace }: TraceHeader): string {
  const short = (text: string) => text.replaceAll(namespace, '').replace(/[\w-]{16,}/g, (id) => `${id.slice(0, 6)}…`);
  const said = args.map((arg) => (/^[[{]/.test(arg) ? '{…}' : short(arg.replace(/\s+/g, ' ').trim())));
  return `Redis: ${name.toUpperCase()} ${said.join(' ')} → ${short(error ?? reply ?? '')}`;
}

type Command = Extract<TraceEvent, { type: 'command' }>;
type Response = Extract<TraceEvent, { type: 'response' }>;

const sameAnswer = (one: Response, other: Response) => one.status === other.status && one.by === other.by;

/** Values are made anew in every sandbox, and so are the moments at which they end. */
const attributesOf = ({ header }: ReceivedCookie) =>
  header
    .split('; ')
    .slice(1)
    .filter((attribute) => !attribute.startsWith('Expires='));

const alike = (one: ReceivedCookie, other: ReceivedCookie | undefined) =>
  one.name === other?.name && one.outcome === other.outcome && attributesOf(one).join() === attributesOf(other).join();

/** A cookie by what its namesake does not have, or by all it has where there is none. */
function cookieApart(cookie: ReceivedCookie, other: ReceivedCookie | undefined): string {
  const { name, outcome } = cookie;
  const had = attributesOf(cookie);
  const others = other?.name === name ? attributesOf(other) : [];
  const own = had.filter((attribute) => !others.includes(attribute));
  const nameOf = (attribute: string) => attribute.split('=')[0];
  const missing = others.map(nameOf).filter((name) => !had.map(nameOf).includes(name));
  return [
    `Set-Cookie: ${[`${name}=…`, ...own].join('; ')}`,
    ...(missing.length > 0 ? [`without ${missing.join(', ')}`] : []),
    ...(outcome === 'stored' ? [] : [`is ${outcome}`]),
  ].join(' ');
}
