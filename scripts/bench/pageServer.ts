/** A process that serves the built page, for `npm run bench`, with one scenario more: a crowd of visitors. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Actor } from '../../scenarios/engine/cast.ts';
import { scenario } from '../../scenarios/engine/scenario.ts';
import { scenarios } from '../../scenarios/index.ts';
import { createSite } from '../../server/api/site.ts';
import { createSandboxes } from '../../server/lab/sandboxes.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { tellParent } from './child.ts';

export interface ServedPage {
  url: string;
  crowd: string;
}

/** Each visitor leaves two keys, a session and a basket, and about a dozen events. */
const visitors = 100;
const comeIn = async (alice: Actor) => {
  for (let visitor = 0; visitor < visitors; visitor++) await alice.post('/basket', { item: 'hat' }, { cookie: '' });
};

const crowd = scenario({
  slug: 'a-crowd',
  chapter: 'store',
  title: 'A crowd',
  question: 'How many visitors can one look at?',
  weakness: 'login-keeps-session-id',
  actors: { alice: 'victim' },
  references: [],
  steps: [
    { title: 'They come', purpose: 'Fill Redis', narration: 'Each has a basket.', act: ({ alice }) => comeIn(alice) },
    {
      title: 'One looks around',
      purpose: 'Fill the trace',
      narration: 'Many requests of one session.',
      act: async ({ alice }) => {
        for (let times = 0; times < visitors; times++) await alice.get('/basket');
      },
      ask: { question: 'Is it full?', answer: () => 'yes', vulnerable: 'yes', protected: 'no' },
    },
  ],
  lesson: 'Many.',
});

const redis = createRedisSwitch({ url: process.env.REDIS_URL });
const sandboxes = createSandboxes();
const host = '127.0.0.1';
const client = fileURLToPath(new URL('../../dist/client', import.meta.url));
const site = createSite({
  scenarios: [...scenarios, crowd],
  sandboxes,
  redis,
  bcryptCost: 4,
  host,
  client,
  log: console.error,
});
const server = createServer(site).listen(0, host);
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

tellParent({ url: `http://${host}:${port}`, crowd: crowd.slug } satisfies ServedPage, async () => {
  await sandboxes.endAll('Measured.');
  await redis.close();
  server.closeAllConnections();
});
