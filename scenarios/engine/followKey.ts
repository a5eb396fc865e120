/** The moments of a Redis key: where it is made, read, changed, renewed and ended. Pure. */
import { span } from './durations.ts';
import { keyCause } from './eventText.ts';
import { keysOf } from './followed.ts';
import { type Happened, isShorter, type MomentReader, type Past, writerOf } from './moments.ts';
import type { KeyChanged, KeyValue, RedisCommand } from './trace.ts';

/** Returns a function that says what an event means for a key. @param losses how keys were lost, by the `seq` of the event */
export function keyReader(key: string, past: Past, losses: ReadonlyMap<number, string>): MomentReader {
  /** null while there is none. */
  let before: KeyChanged | null = null;
  return (event) => {
    if (event.type === 'command') return keysOf(event, past.header).includes(key) ? inCommand(event, key) : null;
    if (event.type !== 'key' || event.key !== key) return null;
    const old = before;
    before = event.value === null ? null : event;
    return inChange(event, old, causeText(event, past), losses.get(event.seq));
  };
}

const reads =
  /^(get|mget|exists|ttl|pttl|expiretime|type|strlen|h(get|getall|mget|exists|len|keys|vals)|l(range|len|index)|s(members|ismember|mismember|card)|z(range|rangebyscore|revrange|score|card|count|rank))$/i;

/** A command that only reads, or that fails. What the others do is told by the change of the key. */
function inCommand(command: RedisCommand, key: string): Happened | null {
  const name = command.name.toUpperCase();
  if (command.error !== null) return ['checked', `not reached: ${name} fails`];
  return reads.test(name) ? ['checked', `read by ${name}, which finds ${found(command, key)}`] : null;
}

/** Returns what a reading command finds of one of its keys, of which MGET names several. */
function found({ name, args, reply }: RedisCommand, key: string): string {
  const lines = (reply ?? '').split('\n');
  const own = name.toLowerCase() === 'mget' ? lines[args.indexOf(key)]?.replace(/^\d+\) /, '') : reply;
  const isNothing =
    own === '(nil)' || own === '' || own === '(empty array)' || (own === '(integer) 0' && !/ttl$/i.test(name));
  if (isNothing || own === '(integer) -2') return 'nothing';
  const seconds = name.toLowerCase() === 'ttl' ? /^\(integer\) (\d+)$/.exec(reply ?? '')?.[1] : undefined;
  if (seconds) return `${seconds} s left`;
  const text = /^"([^"\\]{0,12})"$/.exec(own ?? '')?.[1];
  return text === undefined ? 'it' : `“${text}”`;
}

function causeText(event: KeyChanged, past: Past): string {
  const command = writerOf(event, past);
  return command ? ` by ${command.name.toUpperCase()}` : keyCause(event.cause);
}

function inChange(event: KeyChanged, before: KeyChanged | null, by: string, loss: string | undefined): Happened {
  const { change, value, expiresAt, at } = event;
  switch (change) {
    case 'deleted':
      return ['ended', loss ?? `deleted${by}`];
    case 'expired':
      return ['ended', 'expired: its time to live ran out'];
    case 'ttl': {
      if (expiresAt === null) return ['renewed', `kept without an end${by}`];
      const left = span(expiresAt - at + 500);
      if (before?.expiresAt === null) return ['renewed', `given a time to live${by}: ${left}`];
      const shorter = isShorter(expiresAt, before?.expiresAt ?? null);
      return ['renewed', `${shorter ? 'time to live shortened' : 'renewed'}${by}: ${left} to live`];
    }
    case 'set': {
      const lifetime = expiresAt === null ? 'no time to live' : `${span(expiresAt - at + 500)} to live`;
      if (before === null) return ['made', `made${by}, ${contents(value)}${lifetime}`];
      const same = JSON.stringify(before.value) === JSON.stringify(value);
      return same ? ['renewed', `written again${by}, ${lifetime}`] : ['changed', `changed${by}${now(value)}`];
    }
  }
}

/** Returns `"2", ` or "3 members, "; '' for a text that is too long for a line. */
function contents(value: KeyValue | null): string {
  if (value === null) return '';
  if (value.type === 'string') return value.data.length > 12 ? '' : `“${value.data}”, `;
  const count = Object.keys(value.data).length;
  const one = value.type === 'hash' ? 'field' : value.type === 'list' ? 'item' : 'member';
  return `${count} ${one}${count === 1 ? '' : 's'}, `;
}

const now = (value: KeyValue | null) => contents(value).replace(/^(.+), $/, ', now $1');
