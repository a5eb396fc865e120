import { expect, test } from 'vitest';
import { header, type Sketch, stepEnded, traceOf } from '../../testing/trace.ts';
import { redisTrouble } from './redisTrouble.ts';

const command = (error: string | null): Sketch =>
  ({
    type: 'command',
    id: 1,
    request: 1,
    name: 'set',
    args: ['k'],
    reply: error ? null : 'OK',
    error,
    ms: 1,
  }) as Sketch;
const gone = (by: 'outside' | 'manual'): Sketch =>
  ({
    type: 'key',
    key: `${header.namespace}sess:a`,
    change: 'deleted',
    value: null,
    expiresAt: null,
    cause: { by },
  }) as Sketch;
const fault = { type: 'fault', fault: { is: 'disconnected', command: null } } as Sketch;

test.each<[string, Sketch[], RegExp]>([
  ['it was lost', [{ type: 'store', status: 'lost', why: '' } as Sketch], /connection to Redis was lost/],
  ['it is full', [command("OOM command not allowed when used memory > 'maxmemory'.")], /refused.*full.*OOM command/],
  ['it is read-only', [command("READONLY You can't write against a read only replica.")], /read-only replica/],
  [
    'a right is missing',
    [command("NOPERM this user has no permissions to run the 'del' command")],
    /not allowed.*'del'/,
  ],
  ['it answers too late', [command('Command timed out')], /did not answer in time/],
  ['a step could not read it', [stepEnded(0, 'There is no connection to Redis.')], /no connection to Redis/],
  ['a key was evicted', [gone('outside')], /^The key sess:a was deleted .*evicted it, or another program/],
])('%s', (_, events, words) => expect(redisTrouble(traceOf(...events).events, header.namespace)).toMatch(words));

test.each<[string, Sketch[]]>([
  ['nothing', [command(null)]],
  ['a wrong command', [command('ERR syntax error')]],
  ['a key that somebody deletes in a step', [gone('manual')]],
  ['a fault that the scenario causes', [fault, command('Command timed out'), gone('outside')]],
])('%s is no trouble', (_, events) => expect(redisTrouble(traceOf(...events).events, header.namespace)).toBeNull());
