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
  for (const name of list) {
    const redis = await mock.connect('');
    // Nothing reads the reply to a command that waits: the connection is closed first.
    const refused = await Promise.race([
      redis.call(name, 'a', '1').then(
        () => false,
        (error: Error) => error.message === `ERR The mock does not know ${name.toUpperCase()}; switch to a real Redis.`,
      ),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 20)),
    ]);
    if (refused) unknown.push(name);
    redis.disconnect();
  }
  expect(list.filter((name) => !unknown.includes(name)).sort()).toEqual(known);
});
