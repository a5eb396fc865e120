/** The events of a trace in words. Everything that shows an event as text gets it from here. Pure. */
import type { ManualAction, SessionChange } from './actions.ts';
import { span } from './durations.ts';
import { faultText } from './faultText.ts';
import { labelOf, possessive } from './identity.ts';
import type { Inline } from './markdown.ts';
import { processLabel } from './memory.ts';
import type {
  Answer,
  Differs,
  EventOf,
  JarCause,
  KeyCause,
  KeyChanged,
  MemoryUsed,
  RedisCommand,
  TraceEvent,
  TraceHeader,
  Untrue,
} from './trace.ts';
import { type Exchange, isStream } from './view.ts';

/** Characters of each piece that went over the wire; the trace has the rest. */
const longest = { line: 90, transcript: 300 };

/** Describes an event in one line without a full stop: "Alice: GET https://shop.example/me". */
export const eventLine = (event: TraceEvent, header: TraceHeader): string =>
  plain(shortened(pieces(event, header), longest.line));

/** Describes an event as `eventLine` does, with everything that went over the wire marked as code. */
export const eventText = (event: TraceEvent, header: TraceHeader): Inline[] =>
  shortened(pieces(event, header), longest.transcript);

/** Describes a manual action as a clause: "jump 30 min", "delete sess:3f…". */
export const actionLine = (action: ManualAction, header: TraceHeader): string =>
  plain(shortened(actionPieces(action, header), longest.line));

/** Describes a request and its response, as short as can be: "Alice: GET /me, 200". */
export function exchangeLine({ request, response }: Exchange, header: TraceHeader): string {
  const { actor, method, url } = request;
  return `${labelOf(header, actor)}: ${method} ${pathOf(url)}, ${response?.status ?? 'no response'}`;
}

/** Describes a change of session options: "rolling true, maxAge left out". */
export const sessionChangeText = (change: SessionChange): string =>
  Object.entries(change)
    .map(([name, value]) => `${name} ${value ?? 'left out'}`)
    .join(', ');

/** Describes a claim that a run contradicts, as sentences. */
export const untrueText = ({ claim, seen }: Untrue): string => `Not so in this run: “${claim}”. Seen instead: ${seen}.`;

/** Describes what the two browsers do differently, as sentences. @param browser the real one */
export const differsText = ({ what, virtual, real, reason }: Differs, browser = 'The real browser'): string =>
  `${browser} and the virtual browser differ in ${what}. ${browser}: ${real}. The virtual browser: ${virtual}. ${
    reason === undefined ? 'The reason is not known.' : `The reason: ${reason}.`
  }`;

/** Returns a command as it is typed, and its outcome; both without the namespace, which the app does not know. */
function commandText({ name, args, reply, error, why }: RedisCommand, { namespace }: Pick<TraceHeader, 'namespace'>) {
  const withoutNamespace = (text: string) => text.replaceAll(namespace, '');
  return {
    command: withoutNamespace([name.toUpperCase(), ...args].join(' ')),
    outcome: withoutNamespace([error ?? reply ?? '', why ?? ''].join(' ').trimEnd()),
  };
}

function pieces(event: TraceEvent, header: TraceHeader): Inline[] {
  const { scenario } = header;
  const who = (actor: string) => labelOf(header, actor);
  const browserOf = (actor: string) => `${possessive(who(actor))} browser`;
  const wire = (text: string) => onTheWire(text, header);
  switch (event.type) {
    case 'step-started':
      return [`Step ${event.step + 1}: ${scenario.steps[event.step]?.title ?? ''}`];
    case 'step-ended':
      return [`Step ${event.step + 1} ${event.error === null ? 'played' : `failed: ${event.error}`}`];
    case 'joined':
      return [`${event.actor.label} joined with your own browser`];
    case 'request': {
      const body: Inline[] = event.body === null ? [] : [' with ', wire(event.body)];
      const note = event.note ? ` (${event.note})` : '';
      return [`${who(event.actor)}: `, wire(`${event.method} ${event.url}`), ...body, note];
    }
    case 'response': {
      const by = event.by === 'app' ? '' : ` by ${event.by}`;
      const body = isStream(event) ? 'a stream that stays open' : event.body === '' ? 'no body' : wire(event.body);
      return [`Response${by}: `, wire(`${event.status} ${event.statusText}`), ', ', body];
    }
    case 'request-failed':
      return [`No response: ${event.why}`];
    case 'stopped': {
      const action = wire(`${event.method} ${event.url}`);
      return [`${possessive(who(event.actor))} browser stops at `, action, `: ${event.why}`];
    }
    case 'stream-message':
      return [`${who(event.actor)} gets the event `, wire(event.name), ': ', wire(event.data)];
    case 'stream-ended':
      return [`${possessive(who(event.actor))} stream of events ${streamEnds[event.how]}, after ${span(event.ms)}`];
    case 'command': {
      const { command, outcome } = commandText(event, header);
      return ['Redis: ', wire(command), ' → ', wire(outcome)];
    }
    case 'key':
      return ['Key ', wire(event.key), ` ${keyChange(event)}${keyCause(event.cause)}`];
    case 'memory':
      return [`Memory of ${processLabel(header, event.process)}: `, ...memoryUse(event, wire)];
    case 'jar': {
      const names = event.cookies.map(({ name }) => name).join(', ');
      return [`${possessive(who(event.actor))} cookies: `, names ? wire(names) : 'none', jarCause(event.cause, who)];
    }
    case 'cookie-planted':
      return [`${who(event.actor)} puts the cookie `, wire(event.name), ` into ${browserOf(event.victim)}`];
    case 'cookie-copied':
      return [`${who(event.actor)} copies the cookie `, wire(event.name), ` from ${browserOf(event.victim)}`];
    case 'wait':
      return [`Time: waiting ${span(event.ms)}`];
    case 'time':
      return [`Time: ${span(event.ms)} ${event.how}`];
    case 'ask': {
      const verdict = event.holds ? 'as expected' : `but expected was ${event.expected}`;
      return [`Asked: ${scenario.steps[event.step]?.ask?.question ?? ''} ${event.actual}, ${verdict}`];
    }
    case 'page-shown':
      return [`${who(event.actor)}: Back shows `, wire(event.url), ' again, without a request'];
    case 'script': {
      const script = `A script of ${event.origin} in ${browserOf(event.actor)}`;
      return event.wrote === null
        ? [`${script} reads document.cookie: `, event.result === '' ? 'nothing' : wire(event.result)]
        : [`${script} sets document.cookie = `, wire(event.wrote), `: ${event.result}`];
    }
    case 'mail':
      return [
        'Mail to ',
        wire(event.to),
        `: ${event.subject}`,
        ...(event.leadsTo ? [', with a link to ', wire(event.leadsTo)] : []),
      ];
    case 'audit':
      return ['Audit log: ', wire(event.userId === null ? event.name : `${event.name}, user ${event.userId}`)];
    case 'restart':
      return [`The app is restarted${event.change && `: ${event.change}`}`];
    case 'fault':
      return [faultText(event.fault)];
    case 'manual-action':
      return ['Manual action: ', ...actionPieces(event.action, header)];
    case 'store':
      if (event.status === 'lost') return [`Redis cannot be reached: ${event.why}`];
      return [event.status === 'back' ? 'Redis is back' : event.why];
    case 'ended':
      return [`The sandbox ended: ${event.why}`];
  }
}

const streamEnds = {
  ended: 'is ended by the app',
  broken: 'breaks',
  closed: 'is closed by the browser',
} satisfies Record<EventOf<'stream-ended'>['how'], string>;

function actionPieces(action: ManualAction, header: TraceHeader): Inline[] {
  const who = (actor: string) => labelOf(header, actor);
  const wire = (text: string) => onTheWire(text, header);
  switch (action.do) {
    case 'jump-time':
      return [`jump ${span(action.ms)}`];
    case 'delete-key':
      return ['delete ', wire(action.key)];
    case 'set-key':
      return ['write ', wire(action.key)];
    case 'expire-key':
      return action.ms === null
        ? ['remove the time to live of ', wire(action.key)]
        : ['set the time to live of ', wire(action.key), ` to ${span(action.ms)}`];
    case 'redis':
      return ['redis> ', wire(action.line)];
    case 'request':
      return [`${who(action.actor)} sends `, wire(`${action.method} ${action.url}`)];
    case 'edit-cookie':
      return ['edit ', wire(action.name), ` in ${possessive(who(action.actor))} browser`];
    case 'delete-cookie':
      return ['delete ', wire(action.name), ` in ${possessive(who(action.actor))} browser`];
    case 'copy-cookie':
      return ['copy ', wire(action.name), ` from ${who(action.from)} to ${who(action.actor)}`];
    case 'slow-redis':
      return [`each command takes ${action.ms} ms longer to reach Redis`];
    case 'freeze-redis':
      return ['freeze Redis'];
    case 'disconnect-redis':
      return ['disconnect Redis'];
    case 'end-faults':
      return ['end the faults of Redis'];
    case 'evict-key':
      return action.key === null ? ['evict the least recently used key'] : ['evict ', wire(action.key)];
    case 'restart-redis':
      return ['restart Redis'];
    case 'restart-app':
      return ['restart the app'];
    case 'session-options':
      return [`session options: ${sessionChangeText(action.change)}`];
  }
}

function keyChange({ change, expiresAt, at }: KeyChanged): string {
  if (change === 'deleted' || change === 'expired') return change;
  const lifetime = expiresAt === null ? 'no TTL' : `TTL ${span(expiresAt - at + 500)}`;
  return change === 'set' ? `set, ${lifetime}` : lifetime;
}

function memoryUse({ op, sid, value, expiresAt, at }: MemoryUsed, wire: (text: string) => Inline): Inline[] {
  const lifetime = expiresAt === null ? 'no expiry' : `${span(expiresAt - at + 500)} to live`;
  const what = {
    get: value === null ? 'not found' : 'found',
    set: `stored, ${lifetime}`,
    touch: lifetime,
    destroy: 'deleted',
    lost: 'lost, because the process ended',
  }[op];
  return ['session record ', wire(sid), ` ${what}`];
}

export const keyCause = ({ by }: KeyCause) =>
  ({
    command: '',
    time: '',
    manual: ', manually',
    eviction: ': evicted, to free memory',
    'redis-restart': ': lost when Redis restarted without persistence',
    outside: ', from outside the sandbox',
  })[by];

export function jarCause(cause: JarCause, who: (actor: string) => string): string {
  const other = 'actor' in cause ? who(cause.actor) : '';
  return {
    response: ', set by the response',
    planted: `, planted by ${other}`,
    copied: `, copied from ${other}`,
    script: ', set by a script of the page',
    'site-data': ', cleared by Clear-Site-Data',
    closed: ', after all windows were closed',
    seen: ', changed in the browser, as this request shows',
    'own-clock': ', which did not age: a real browser’s clock does not jump',
    manual: ', changed manually',
  }[cause.by];
}

/** Returns an answer as people read it: "yes" for true. */
export const answerText = (answer: Answer): string =>
  answer === true ? 'yes' : answer === false ? 'no' : String(answer);

/** The path of an absolute address. `URL` is not part of the language, and the engine uses nothing else. */
export const pathOf = (url: string) => url.replace(/^\w+:\/\/[^/]*|[?#].*$/g, '');

/** Marks what went over the wire. */
const onTheWire = (text: string, { namespace }: TraceHeader): Inline => ({ code: text.replaceAll(namespace, '') });

const plain = (text: readonly Inline[]) =>
  text.map((piece) => (typeof piece === 'string' ? piece : piece.code)).join('');

const shortened = (text: readonly Inline[], most: number): Inline[] =>
  text.map((piece) =>
    typeof piece !== 'string' && piece.code.length > most ? { code: `${piece.code.slice(0, most - 1)}…` } : piece,
  );
