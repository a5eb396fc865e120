import { Redis } from 'ioredis';
import { expect, test, vi } from 'vitest';
import { testLostRedis } from '../../testing/lostRedisTests.ts';
import { openStream } from '../../testing/page/eventStream.ts';
import { startTestServer } from '../../testing/redisServer.ts';
import { closeSites, openSite } from '../../testing/site.ts';

// The other answers, and while it is frozen: redisLost.full.test.ts; the sandbox alone: server/lab/sandbox.lost.test.ts.
testLostRedis('stopped', false);

test('a key that another program deletes is reported on the stream within a second', async () => {
  const redis = await startTestServer();
  const site = await openSite({ redisUrl: redis.url });
  const { id } = await site.openSandbox({
    scenario: 'session-fixation',
    variant: 'vulnerable',
    store: 'real',
    playTo: 1,
  });
  const stream = await openStream(site.port, id);
  const key = site.trace(id).events.flatMap((event) => (event.type === 'key' && event.value ? [event.key] : []))[0]!;
  const program = new Redis(redis.url);
  await program.del(key);
  program.disconnect();
  await vi.waitFor(
    () => expect(stream.events.at(-1)).toMatchObject({ type: 'key', key, change: 'deleted', cause: { by: 'outside' } }),
    { timeout: 1000, interval: 10 },
  );
  await closeSites();
  await redis.stop();
});
