/** One event of a trace as a line of its transcript. Pure. */
import { labelOf } from './actors.ts';
import { inWords } from './durations.ts';
import type { Inline } from './markdown.ts';
import type { KeyChanged, TraceEvent, TraceHeader } from './trace.ts';

/** Bodies and values are told up to here; the trace has them whole. Characters. */
const longest = 300;

/** What happened, in words and as it went over the wire; null for what the rest of the transcript tells. */
export function eventText(event: TraceEvent, header: TraceHeader): Inline[] | null {
  const who = (name: string) => labelOf(header, name);
  const wire = (text: string): Inline => ({ code: shortened(text.replaceAll(header.namespace, '')) });
  switch (event.type) {
    case 'request': {
      const note = event.note ? ` (${event.note})` : '';
      const body: Inline[] = event.body === null ? [] : [' with ', wire(event.body)];
      return [`${who(event.actor)} sends `, wire(`${event.method} ${event.url}`), ...body, note];
    }
    case 'response': {
      const body: Inline[] = event.body === '' ? [] : [': ', wire(event.body)];
      return [`${answerer(event.by)} answers `, wire(`${event.status} ${event.statusText}`), ...body];
    }
    case 'request-failed':
      return [`No answer: ${event.why}`];
    case 'command':
      return [
        'Redis: ',
        wire([event.name.toUpperCase(), ...event.args].join(' ')),
        ' → ',
        wire(event.error ?? event.reply ?? ''),
      ];
    case 'key':
      return ['Key ', wire(event.key), ` ${keyText(event)}`];
    case 'jar':
      // What a response set is told there, and what was planted or copied as such.
      if (['response', 'planted', 'copied'].includes(event.cause.by)) return null;
      return [`${who(event.actor)}’s cookies now: `, wire(event.cookies.map(({ name }) => name).join(', ') || 'none')];
    case 'cookie-planted':
      return [`${who(event.actor)} puts the cookie `, wire(event.name), ` into the browser of ${who(event.victim)}`];
    case 'cookie-copied':
      return [`${who(event.actor)} copies the cookie `, wire(event.name), ` from the browser of ${who(event.victim)}`];
    case 'time':
      return [`Time: ${length(event.ms)} ${event.how}`];
    case 'page-shown':
      return [`${who(event.actor)} goes back: the browser shows `, wire(event.url), ' again, without a request'];
    case 'script': {
      const where = `A script of ${event.origin} in the browser of ${who(event.actor)} `;
      return event.wrote === null
        ? [`${where}reads document.cookie: `, wire(event.result)]
        : [`${where}writes document.cookie = `, wire(event.wrote), `: ${event.result}`];
    }
    case 'joined':
      return [`${event.actor.label} joined with a browser of their own`];
    case 'mail':
      return ['Mail to ', wire(event.to), `: ${event.subject}`];
    case 'audit':
      return ['Audit log: ', wire(event.userId === null ? event.name : `${event.name}, user ${event.userId}`)];
    case 'restart':
      return [`The app is restarted${event.change && `: ${event.change}`}`];
    case 'fault':
      return [event.what];
    case 'hand': {
      const { do: what, ...how } = event.action;
      return [`By hand: ${what.replaceAll('-', ' ')} `, wire(JSON.stringify(how))];
    }
    case 'store':
      return [event.status === 'lost' ? `Redis is lost: ${event.why}` : 'Redis is back'];
    case 'step-ended':
      return event.error === null ? null : [`The step could not be played to its end: ${event.error}`];
    case 'ended':
      return [`The sandbox ended: ${event.why}`];
    case 'step-started':
    case 'wait':
    case 'ask':
      return null;
  }
}

function keyText({ change, expiresAt, at, cause }: KeyChanged): string {
  const how = { hand: ', by hand', outside: ', from outside the sandbox', time: '', command: '' }[cause.by];
  if (change === 'deleted' || change === 'expired') return `${change}${how}`;
  const lifetime = expiresAt === null ? 'without an end' : `for ${length(expiresAt - at)}`;
  return `${change === 'set' ? 'written' : 'lives on'} ${lifetime}${how}`;
}

const answerer = (by: string) => ({ app: 'The app', cache: 'The cache' })[by] ?? by;

/** In whole seconds, or milliseconds where there is not one. */
const length = (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : inWords(Math.round(ms / 1000) * 1000));

const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
