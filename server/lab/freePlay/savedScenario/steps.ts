/** Each thing done by hand as a step of a scenario: what it does, and what can be asked behind it. */

import type { CookieIdentity, ManualAction } from '../../../../scenarios/engine/actions.ts';
import { inWords } from '../../../../scenarios/engine/durations.ts';
import type { JarCookie } from '../../../../scenarios/engine/trace.ts';
import { parseChange, splitLine } from '../console.ts';
import { type Circumstances, call, type Held, type MadeStep, shown } from './calls.ts';
import { type Code, json, literal, record } from './code.ts';
import { cookieEdit } from './cookieEdit.ts';
import { cookieCode, heldIds, keyCode, textCode } from './moment.ts';
import { requestStep } from './requestStep.ts';

/** @throws SandboxError for what another run could not do again */
export function madeStep(action: ManualAction, circumstances: Circumstances): MadeStep {
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
  const change = parseChange(words, bare);
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
