/** The trace as text: one line per event. Pure. */
import { labelOf, you } from '../../scenarios/engine/actors.ts';
import type { JarCause, KeyCause, TraceEvent, TraceHeader } from '../../scenarios/engine/trace.ts';
import { handWords } from './actionWords.ts';
import { span } from './spans.ts';

/** What happened, in one line without a full stop: "Alice: GET https://shop.example/me", "Redis: GET sess:3f… → (nil)". */
export function logLine(event: TraceEvent, header: TraceHeader): string {
  const who = (actor: string) => labelOf(header, actor);
  const bare = (text: string) => shortened(text.replaceAll(header.namespace, ''), 90);
  switch (event.type) {
    case 'step-started':
      return `Step ${event.step + 1}: ${header.scenario.steps[event.step]?.title ?? ''}`;
    case 'step-ended':
      return event.error ? `Step ${event.step + 1} failed: ${event.error}` : `Step ${event.step + 1} played`;
    case 'joined':
      return `${event.actor.label} joined, with your own browser`;
    case 'request':
      return `${who(event.actor)}: ${event.method} ${event.url}${event.note ? ` (${event.note})` : ''}`;
    case 'response':
      return `Response${event.by === 'app' ? '' : ` by ${event.by}`}: ${event.status} ${event.statusText}, ${shortened(event.body, 70) || 'no body'}`;
    case 'request-failed':
      return `No response: ${event.why}`;
    case 'command':
      return `Redis: ${event.name.toUpperCase()} ${bare(event.args.join(' '))} → ${shortened(event.error ?? event.reply ?? '', 40)}`;
    case 'key':
      return `Key ${bare(event.key)} ${keyChange(event.change, event.expiresAt, event.at)}${keyCause(event.cause)}`;
    case 'jar':
      return `${possessive(who(event.actor))} cookies: ${event.cookies.map(({ name }) => name).join(', ') || 'none'}${jarCause(event.cause, who)}`;
    case 'cookie-planted':
      return `${who(event.actor)} puts the cookie ${event.name} into ${possessive(who(event.victim))} browser`;
    case 'cookie-copied':
      return `${who(event.actor)} copies the cookie ${event.name} from ${possessive(who(event.victim))} browser`;
    case 'wait':
      return `Time: waiting ${span(event.ms)}`;
    case 'time':
      return event.how === 'jumped' ? `Time: ${span(event.ms)} jumped` : `Time: ${span(event.ms)} waited`;
    case 'ask':
      return `Asked: ${header.scenario.steps[event.step]?.ask?.question ?? ''} ${event.actual}${event.holds ? ', as expected' : `, but expected was ${event.expected}`}`;
    case 'page-shown':
      return `${who(event.actor)}: Back shows ${event.url} again, without a request`;
    case 'script':
      return event.wrote === null
        ? `Script of ${event.origin} in ${possessive(who(event.actor))} browser reads document.cookie: ${shortened(event.result, 70) || 'nothing'}`
        : `Script of ${event.origin} in ${possessive(who(event.actor))} browser sets document.cookie = ${shortened(event.wrote, 50)}: ${event.result}`;
    case 'mail':
      return `Mail to ${event.to}: ${event.subject}`;
    case 'audit':
      return `Audit log: ${event.name}${event.userId === null ? '' : `, user ${event.userId}`}`;
    case 'restart':
      return `The app is restarted${event.change && `: ${event.change}`}`;
    case 'fault':
      return event.what;
    case 'hand':
      return `By hand: ${handWords(event.action, bare, who)}`;
    case 'store':
      return event.status === 'lost' ? `Redis is lost: ${event.why}` : 'Redis is back';
    case 'ended':
      return `The sandbox ended: ${event.why}`;
  }
}

function keyChange(change: 'set' | 'ttl' | 'deleted' | 'expired', expiresAt: number | null, at: number): string {
  if (change === 'deleted' || change === 'expired') return change;
  const lifetime = expiresAt === null ? 'no TTL' : `TTL ${span(expiresAt - at + 500)}`;
  return change === 'set' ? `set, ${lifetime}` : lifetime;
}

function keyCause(cause: KeyCause): string {
  if (cause.by === 'hand') return ', by hand';
  return cause.by === 'outside' ? ', from outside the sandbox' : '';
}

function jarCause(cause: JarCause, who: (actor: string) => string): string {
  switch (cause.by) {
    case 'response':
      return ', by the response';
    case 'planted':
      return `, planted by ${who(cause.actor)}`;
    case 'copied':
      return `, copied from ${who(cause.actor)}`;
    case 'script':
      return ', by a script of the page';
    case 'site-data':
      return ', by Clear-Site-Data';
    case 'closed':
      return ', all windows were closed';
    case 'seen':
      return ', as a request showed: they were changed in the browser';
    case 'own-clock':
      return ', by the browser’s own clock, which did not jump';
    case 'hand':
      return ', by hand';
  }
}

const possessive = (label: string) => (label === you.label ? 'Your' : `${label}’s`);
const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
