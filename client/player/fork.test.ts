import { expect, test } from 'vitest';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { said } from './fork.ts';

const keySet = (key: string) => ({ type: 'key', key, change: 'set', sid: key.split(':').at(-1) }) as TraceEvent;

test('namespace and session ids become those of the other sandbox, wherever they stand; the rest stays', () => {
  const from = { namespace: 'sandbox:a:', events: [keySet('sandbox:a:sess:one'), keySet('sandbox:a:sess:two')] };
  const to = { namespace: 'sandbox:b:', events: [keySet('sandbox:b:sess:eins'), keySet('sandbox:b:sess:zwei')] };
  expect(said({ do: 'delete-key', key: 'sandbox:a:sess:two' }, from, to)).toEqual({
    do: 'delete-key',
    key: 'sandbox:b:sess:zwei',
  });
  expect(said({ do: 'redis', line: 'GET sess:one' }, from, to)).toEqual({ do: 'redis', line: 'GET sess:eins' });
  expect(said({ do: 'jump-time', ms: 7 }, from, to)).toEqual({ do: 'jump-time', ms: 7 });
});

test('an id that the other sandbox does not have is left as it is', () => {
  const from = { namespace: 'a:', events: [keySet('a:sess:one')] };
  expect(said({ do: 'delete-key', key: 'a:sess:one' }, from, { namespace: 'b:', events: [] })).toEqual({
    do: 'delete-key',
    key: 'b:sess:one',
  });
});
