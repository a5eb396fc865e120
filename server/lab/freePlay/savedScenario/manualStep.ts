/** Turns each manual action into a step of a scenario. */
import type { CookieIdentity, ManualAction, ManualRequest } from '../../../../scenarios/engine/actions.ts';
import { inWords } from '../../../../scenarios/engine/durations.ts';
import { labelOf } from '../../../../scenarios/engine/identity.ts';
import type { Answer, TraceHeader } from '../../../../scenarios/engine/trace.ts';
import { appOrigin } from '../../network/hosts.ts';
import { parseChange, splitLine } from '../console.ts';
import { joinHeaders, manualPatience, methodOf } from '../manualRequest.ts';
import { actor, type Code, call, combine, json, literal, quoted, record, world } from './code.ts';
import { cookieEdit } from './cookieEdit.ts';
import type { Names } from './names.ts';

export interface ManualStep {
  title: string;
  /** What it does, one call after the other. */
  calls: Code[];
  /** What can be asked afterwards; null when the action has no answer. */
  ask: { question: string; answer: Code<Answer> } | null;
}

/** The circumstances of an action. */
interface Context {
  header: TraceHeader;
  /** How to name what there was when it happened. */
  names: Names;
  /** It is a request, and there was no answer. */
  unanswered: boolean;
}

/** @throws SandboxError for an action that another run cannot repeat */
export function manualStep(action: ManualAction, context: Context): ManualStep {
  const { names, header } = context;
  const { nameOf, shown, key } = names;
  const label = (name: string) => labelOf(header, name);
  switch (action.do) {
    case 'jump-time':
      return {
        title: `${inWords(action.ms)} pass`,
        calls: [call(world, 'letPass', [literal(action.ms)])],
        ask: { question: 'How many keys does Redis hold then?', answer: keyCount() },
      };
    case 'delete-key':
      return withoutAsk(`Somebody deletes ${shown(nameOf(action.key))}`, call(world, 'deleteKey', [key(action.key)]));
    case 'set-key':
      return withoutAsk(
        `Somebody writes ${shown(nameOf(action.key))}`,
        call(world, 'setKey', [key(action.key), names.text(action.value)]),
      );
    case 'expire-key':
      return withoutAsk(
        `Somebody changes how long ${shown(nameOf(action.key))} lives`,
        call(world, 'expireKey', [key(action.key), literal(action.ms)]),
      );
    case 'redis':
      return consoleStep(action.line, names);
    case 'request':
      return requestStep(action, context);
    case 'slow-redis':
      return withoutAsk(`Redis gets ${action.ms} ms slower`, call(world, 'slowRedis', [literal(action.ms)]));
    case 'freeze-redis':
      return withoutAsk('Redis freezes', call(world, 'freezeRedis', []));
    case 'disconnect-redis':
      return withoutAsk('The app loses its connection to Redis', call(world, 'breakRedis', []));
    case 'end-faults':
      return withoutAsk('Redis answers as before', call(world, 'endRedisFaults', []));
    case 'evict-key':
      return action.key === null
        ? withoutAsk('Redis evicts the least recently used key', call(world, 'evictKey', []))
        : withoutAsk(`Redis evicts ${shown(nameOf(action.key))}`, call(world, 'evictKey', [key(action.key)]));
    case 'restart-redis':
      return withoutAsk('Redis restarts without persistence', call(world, 'restartRedis', []));
    case 'restart-app':
      return withoutAsk('The shop restarts', call(world, 'restart', []));
    case 'session-options':
      return withoutAsk(
        'The shop changes its session options',
        call(world, 'restart', [record([['session', json(action.change)]])]),
      );
    case 'edit-cookie': {
      const { value, which } = names.cookie(action, action.actor);
      const edit = cookieEdit(value, action.value, names.sessionIds);
      return cookieStep(`${label(action.actor)} edits`, action, 'editCookie', [edit, ...which]);
    }
    case 'delete-cookie': {
      const { which } = names.cookie(action, action.actor);
      return cookieStep(`${label(action.actor)} deletes`, action, 'deleteCookie', which);
    }
    case 'copy-cookie': {
      const { which } = names.cookie(action, action.from);
      const step = cookieStep(`${label(action.actor)} copies`, action, 'copyCookie', [actor(action.from), ...which]);
      return { ...step, title: `${step.title} from ${label(action.from)}` };
    }
  }
}

const withoutAsk = (title: string, ...calls: Code[]): ManualStep => ({ title, calls, ask: null });

const cookieStep = (does: string, action: CookieIdentity & { actor: string }, method: string, args: Code[]) =>
  withoutAsk(`${does} the cookie ${action.name}`, call(actor(action.actor), method, args));

function consoleStep(line: string, names: Names): ManualStep {
  const words = splitLine(line) ?? [];
  const change = parseChange(words, names.nameOf);
  if (!change) return readStep(words, names);
  const { key, text } = names;
  const title = `Somebody types ${names.shown(line)} into redis-cli`;
  switch (change.command) {
    case 'DEL':
      return withoutAsk(title, ...change.keys.map((name) => call(world, 'deleteKey', [key(name)])));
    case 'SET': {
      const { ttl } = change;
      const rest = ttl === undefined ? [] : [literal(ttl)];
      return withoutAsk(title, call(world, 'setKey', [key(change.key), text(change.value), ...rest]));
    }
    default:
      return withoutAsk(title, call(world, 'expireKey', [key(change.key), literal(change.ttl)]));
  }
}

/** A command that only reads becomes a question: how many keys there are. */
function readStep([command = '', name = '']: readonly string[], { key, text, shown }: Names): ManualStep {
  const lists = command.toUpperCase() === 'KEYS';
  const prefix = lists ? text(name.replace(/\*$/, '')) : key(name);
  return {
    title: `Somebody looks at ${shown(name)} in Redis`,
    calls: [call(world, 'keys', [prefix])],
    ask: {
      question: lists ? 'How many such keys are there?' : 'How many keys have this name?',
      answer: keyCount(prefix),
    },
  };
}

/** @param prefix left out: all keys are counted */
const keyCount = (...prefix: Code<string>[]): Code<number> =>
  combine<[Awaited<ReturnType<typeof world.value>>, ...string[]], number>(
    [world, ...prefix],
    ([, text = '']) => `(await world.keys(${text})).length`,
    async ([{ keys }, value]) => (await keys(value)).length,
    { awaits: true },
  );

function requestStep(action: ManualRequest, { names, header, unanswered }: Context): ManualStep {
  const sender = actor(action.actor);
  const method = methodOf(action);
  const origin = action.origin ?? appOrigin;
  const url = new URL(action.url, action.url.startsWith('/') ? appOrigin : origin);
  const address = names.text(url.origin === origin ? url.pathname + url.search : url.href);
  const shown = names.shown(url.origin === appOrigin ? url.pathname : url.href);
  const page =
    origin === appOrigin
      ? sender
      : combine(
          [sender],
          ([text]) => `${text}.on(${quoted(origin)})`,
          ([browser]) => browser.on(origin),
        );
  return {
    title: `${labelOf(header, action.actor)} sends ${method} ${shown}`,
    calls: [action.origin === null ? call(sender, 'visit', [address]) : fetchCall()],
    ask: {
      question: 'What is the status of the answer?',
      answer: combine(
        [sender],
        ([text]) => `${text}.last.status`,
        ([{ last }]) => last.status,
      ),
    },
  };

  /** Returns the shortest call that sends the request. */
  function fetchCall(): Code {
    const { body, credentials } = action;
    const headers = Object.entries(joinHeaders(action.headers));
    const headersOption: [string, Code][] =
      headers.length === 0 ? [] : [['headers', record(headers.map(([name, value]) => [name, names.text(value)]))]];
    const patience: [string, Code][] = unanswered ? [['patience', literal(manualPatience)]] : [];
    const options = (entries: [string, Code][]) => (entries.length === 0 ? [] : [record(entries)]);
    const others: [string, Code][] = [
      ...(credentials === undefined ? [] : [['credentials', literal(credentials)] as [string, Code]]),
      ...patience,
    ];
    const allOptions = options([...headersOption, ...others]);
    const bodyArgument = body !== null ? [names.text(body)] : allOptions.length > 0 ? [literal(undefined)] : [];
    const ownMethod = method === 'POST' || method === 'DELETE' ? method.toLowerCase() : null;
    if (method === 'GET' && body === null) return call(page, 'get', [address, ...allOptions]);
    if (ownMethod && body === null && headers.length === 0)
      return call(page, ownMethod, [address, ...bodyArgument, ...allOptions]);
    if (ownMethod && body !== null && isPlainJson(body) && hasOnlyJsonType(headers))
      return call(page, ownMethod, [address, json(JSON.parse(body), names.text), ...options(others)]);
    return call(page, 'send', [literal(method), address, ...bodyArgument, ...allOptions]);
  }
}

const hasOnlyJsonType = ([first, ...others]: [string, string][]) =>
  first?.[0].toLowerCase() === 'content-type' && first[1] === 'application/json' && others.length === 0;

/** A text with more brackets may be nested more deeply than a function can follow. */
const mostBrackets = 200;

/** Whether the body is JSON as `JSON.stringify` writes it, so that the step sends the same bytes. */
function isPlainJson(body: string): boolean {
  if (body.split(/[[{]/).length > mostBrackets) return false;
  try {
    return JSON.stringify(JSON.parse(body)) === body;
  } catch {
    return false;
  }
}
