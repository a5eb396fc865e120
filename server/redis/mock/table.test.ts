import { readFileSync } from 'node:fs';
import { list } from '@ioredis/commands';
import { afterAll, expect, test } from 'vitest';
import { createMockRedis } from '../mock.ts';

const page = readFileSync(new URL('../../../docs/mock.md', import.meta.url), 'utf8');
const known = /## It answers as Redis does\n\n([^#]+)/.exec(page)![1]!.trim().split(/\s+/);

const mock = createMockRedis();
afterAll(() => mock.close());

test('docs/mock.md lists the commands that the mock knows, and each other command is refused with a sentence that names it', async () => {
  const unknown: string[] = [];
  const ask = async (name: string) => {
    const redis = await mock.connect('');
    // A command that waits gives up after the second that its last argument asks for.
    await redis.call(name, 'a', '1').catch(({ message }: Error) => {
      if (message === `ERR The mock does not know ${name.toUpperCase()}; switch to a real Redis.`) unknown.push(name);
    });
    redis.disconnect();
  };
  await Promise.all(list.map(ask));
  expect(list.filter((name) => !unknown.includes(name)).sort()).toEqual(known);
});
