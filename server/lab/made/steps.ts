/** Each thing done by hand as a step of a scenario: what it does, and what can be asked behind it. */

import { inWords } from '../../../scenarios/engine/durations.ts';
import type { CookieIdentity, HandAction, HandRequest } from '../../../scenarios/engine/hand.ts';
import type { Answer, JarCookie } from '../../../scenarios/engine/trace.ts';
import { shopOrigin } from '../actor.ts';
import { changeOf } from '../hand/change.ts';
import { joined as joinedHeaders } from '../hand/pageHeaders.ts';
import { handPatience, methodOf } from '../hand/requestAction.ts';
import { splitLine } from '../hand/splitLine.ts';
import { type AnyCast, type Code, json, literal, quoted, record } from './code.ts';
import { cookieEdit } from './cookieEdit.ts';
import { cookieCode, heldIds, keyCode, type Moment, textCode } from './moment.ts';

export interface MadeStep {
  title: string;
  /** What it does, one call after the other. */
  calls: Code<unknown>[];
  ask: { question: string; answer: Code<Answer> } | null;
}

export interface Circumstances {
  moment: Moment;
  sessionCookie: string;
  namespace: string;
  labelOf(actor: string): string;
  /** For a request: nobody answered it. */
  unanswered: boolean;
}

type Held = ReadonlyMap<string, Code<string>>;

/** @throws CannotBeMade for what another run could not do again */
export function madeStep(action: HandAction, circumstances: Circumstances): MadeStep {
  const { moment, sessionCookie, namespace, labelOf } = circumstances;
  const held = heldIds(moment, sessionCookie);
  const bare = (key: string) => (key.startsWith(namespace) ? key.slice(namespace.length) : key);
  const key = (name: string) => keyCode(bare(name), held, moment);
  switch (action.do) {
    case 'jump-time':
      return {
        title: `${inWords(action.ms)} pass`,
        calls: [call('world', 'letPass', [literal(action.ms)])],
        ask: { question: 'How many keys does Redis hold then?', answer: keyCount('') },
      };
    case 'delete-key':
      return silent(`Somebody deletes ${shown(bare(action.key), held)}`, call('world', 'deleteKey', [key(action.key)]));
    case 'set-key':
      return silent(
        `Somebody writes ${shown(bare(action.key), held)}`,
        call('world', 'setKey', [key(action.key), textCode(action.value, held)]),
      );
    case 'expire-key':
      return silent(
        `Somebody changes how long ${shown(bare(action.key), held)} lives`,
        call('world', 'expireKey', [key(action.key), literal(action.ms)]),
      );
    case 'redis':
      return consoleStep(action.line, bare, key, held);
    case 'request':
      return requestStep(action, held, circumstances);
    case 'session-options':
      return silent(
        'The shop changes its session options',
        call('world', 'restart', [record([['session', json(action.change, literal)]])]),
      );
    case 'edit-cookie': {
      const [which, cookie] = cookieIn(action, action.actor, circumstances);
      const edit = cookieEdit(cookie.value, action.value, held);
      return silent(
        `${labelOf(action.actor)} edits the cookie ${action.name}`,
        call(action.actor, 'editCookie', [edit, ...which]),
      );
    }
    case 'delete-cookie': {
      const [which] = cookieIn(action, action.actor, circumstances);
      return silent(
        `${labelOf(action.actor)} deletes the cookie ${action.name}`,
        call(action.actor, 'deleteCookie', which),
      );
    }
    case 'copy-cookie': {
      const [which] = cookieIn(action, action.from, circumstances);
      const from: Code<unknown> = {
        text: `${action.from}!`,
        uses: [action.from],
        value: (cast) => cast[action.from],
      };
      return silent(
        `${labelOf(action.actor)} copies the cookie ${action.name} from ${labelOf(action.from)}`,
        call(action.actor, 'copyCookie', [from, ...which]),
      );
    }
  }
}

const silent = (title: string, ...calls: Code<unknown>[]): MadeStep => ({ title, calls, ask: null });

/** A method of an actor, of one of her pages, or of the world. */
function call(on: string, method: string, args: readonly Code<unknown>[], page?: string): Code<unknown> {
  const target = on === 'world' ? on : page === undefined ? `${on}!` : `${on}!.on(${quoted(page)})`;
  return {
    text: `${target}.${method}(${args.map(({ text }) => text).join(', ')})`,
    uses: [on, ...args.flatMap(({ uses }) => uses)],
    async value(cast) {
      const whose: unknown = page === undefined ? cast[on] : cast[on]!.on(page);
      const given = await Promise.all(args.map((arg) => arg.value(cast)));
      await (whose as Record<string, (...args: unknown[]) => unknown>)[method]!(...given);
    },
  };
}

function cookieIn(
  { name, domain, path }: CookieIdentity,
  owner: string,
  { moment, sessionCookie }: Circumstances,
): [which: Code<unknown>[], cookie: JarCookie] {
  const jar = moment.jars.get(owner) ?? [];
  const cookie = jar.find((one) => one.name === name && one.domain === domain && one.path === path)!;
  const { text, which } = cookieCode(cookie, jar, sessionCookie);
  return [which === undefined ? [] : [{ text, uses: [], value: () => which }], cookie];
}

function consoleStep(
  line: string,
  bare: (key: string) => string,
  key: (name: string) => Code<string>,
  held: Held,
): MadeStep {
  const words = splitLine(line) ?? [];
  const change = changeOf(words, bare);
  if (!change) return lookStep(words, key, held);
  const title = `Somebody types ${shown(line, held)} into redis-cli`;
  switch (change.command) {
    case 'DEL':
      return silent(title, ...change.keys.map((name) => call('world', 'deleteKey', [key(name)])));
    case 'SET': {
      const { ttl } = change;
      const rest = ttl === undefined ? [] : [literal(ttl)];
      return silent(title, call('world', 'setKey', [key(change.key), textCode(change.value, held), ...rest]));
    }
    default:
      return silent(title, call('world', 'expireKey', [key(change.key), literal(change.ttl)]));
  }
}

/** A look changes nothing, but it asks something: how many keys there are. */
function lookStep(
  [command = '', wanted = '']: readonly string[],
  key: (name: string) => Code<string>,
  held: Held,
): MadeStep {
  const listing = command.toUpperCase() === 'KEYS';
  const name = listing ? wanted.replace(/\*$/, '') : wanted;
  const code = listing ? textCode(name, held) : key(name);
  const look = call('world', 'keys', [code]);
  const count = keyCount(code);
  return {
    title: `Somebody looks at ${shown(wanted, held)} in Redis`,
    calls: [look],
    ask: { question: listing ? 'How many such keys are there?' : 'How many keys have this name?', answer: count },
  };
}

function keyCount(prefix: Code<string> | ''): Code<number> {
  const args = prefix === '' ? '' : prefix.text;
  return {
    text: `(await world.keys(${args})).length`,
    uses: ['world', ...(prefix === '' ? [] : prefix.uses)],
    value: async (cast) => (await cast.world.keys(prefix === '' ? '' : await prefix.value(cast))).length,
  };
}

function requestStep(action: HandRequest, held: Held, { labelOf, unanswered }: Circumstances): MadeStep {
  const { actor } = action;
  const method = methodOf(action);
  const url = new URL(action.url, action.url.startsWith('/') ? shopOrigin : (action.origin ?? shopOrigin));
  const page = action.origin === null || action.origin === shopOrigin ? undefined : action.origin;
  const own = action.origin ?? shopOrigin;
  const address = textCode(url.origin === own ? url.pathname + url.search : url.href, held);
  return {
    title: `${labelOf(actor)} sends ${method} ${shown(url.origin === shopOrigin ? url.pathname : url.href, held)}`,
    calls: [action.origin === null ? call(actor, 'visit', [address]) : fetchCall()],
    ask: {
      question: 'What is the status of the answer?',
      answer: {
        text: `${actor}!.last.status`,
        uses: [actor],
        value: (cast: AnyCast) => cast[actor]!.last.status,
      },
    },
  };

  function fetchCall(): Code<unknown> {
    const { body } = action;
    const headers = Object.entries(joinedHeaders(action.headers));
    const isJson =
      headers.length === 1 && headers[0]![0].toLowerCase() === 'content-type' && headers[0]![1] === 'application/json';
    const patience = unanswered ? [['patience', literal(handPatience)] as const] : [];
    const options = (named: [string, string][]) => {
      const entries = [
        ...(named.length > 0
          ? [['headers', record(named.map(([name, text]) => [name, textCode(text, held)]))] as const]
          : []),
        ...patience,
      ] as [string, Code<unknown>][];
      return entries.length === 0 ? [] : [record(entries)];
    };
    if (method === 'GET' && body === null) return call(actor, 'get', [address, ...options(headers)], page);
    if (/^(POST|DELETE)$/.test(method)) {
      const name = method.toLowerCase();
      if (body === null && headers.length === 0) {
        const rest = options([]);
        return call(actor, name, rest.length === 0 ? [address] : [address, undefinedCode, ...rest], page);
      }
      if (body !== null && isJson && isPlainJson(body)) {
        const value = json(JSON.parse(body), (text) => textCode(text, held));
        return call(actor, name, [address, value, ...options([])], page);
      }
    }
    const rest = options(headers);
    const written = body === null ? (rest.length === 0 ? [] : [undefinedCode]) : [textCode(body, held)];
    return call(actor, 'send', [literal(method), address, ...written, ...rest], page);
  }
}

const undefinedCode: Code<undefined> = { text: 'undefined', uses: [], value: () => undefined };

/** JSON as `JSON.stringify` writes it, so that the same bytes go out. */
function isPlainJson(body: string): boolean {
  try {
    return JSON.stringify(JSON.parse(body)) === body;
  } catch {
    return false;
  }
}

/** A text for people: session ids are another run's, and braces would be taken for the name of a time. */
function shown(text: string, held: Held): string {
  const known = [...held].reduce((before, [sid, { uses }]) => before.replaceAll(sid, `‹${uses[0]}’s id›`), text);
  const short = known.length > 80 ? `${known.slice(0, 79)}…` : known;
  return short.replaceAll('{', '(').replaceAll('}', ')');
}
