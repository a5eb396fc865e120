import type { Actor, World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const put = (alice: Actor, item: string) => alice.post('/basket', { item });

/** Both tabs have their answers, or wait with them for Redis. */
const bothArrived = (world: World, ...answers: Promise<unknown>[]) =>
  Promise.race([Promise.all(answers), world.redisHeld(2)]);

export default scenario({
  slug: 'resave-lost-update',
  chapter: 'store',
  title: 'The cart that lost an item',
  question: 'Two tabs add to one session at the same time. Who wins?',
  weakness: 'basket-in-the-session',
  actors: { alice: { role: 'victim', label: 'Alice, with two tabs' } },
  references: ['ASVS V15.4.2', 'CWE-362', 'CWE-367', 'CAPEC-26'],
  steps: [
    {
      title: 'Alice logs in and puts a hat into her basket',
      purpose: 'One request at a time',
      narration:
        'The one shop keeps the things themselves in the session. The other keeps them in a list of their own in Redis, and the session holds only the name of that list.',
      act: async ({ alice }) => {
        await alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await put(alice, 'hat');
        await alice.get('/basket');
      },
      ask: {
        question: 'How many things are in the basket?',
        answer: ({ alice }) => alice.last.json.basket.length,
        vulnerable: 1,
        protected: 1,
      },
    },
    {
      title: 'Two tabs add something at the same time',
      purpose: 'Read, change, write back',
      narration:
        'A session is one value: it is read when the request begins and written as a whole when it ends. Both tabs read a basket with a hat in it. No write gets through here before both have read, and then each writes its own version of the whole.',
      act: async ({ alice, world }) => {
        world.holdRedis('set');
        const tabs = [put(alice, 'scarf'), put(alice, 'gloves')];
        await bothArrived(world, ...tabs);
        world.releaseRedis();
        await Promise.all(tabs);
        await alice.get('/basket');
      },
      ask: {
        question: 'How many things are in the basket now?',
        answer: ({ alice }) => alice.last.json.basket.length,
        vulnerable: 2,
        protected: 3,
      },
    },
    {
      title: 'A slow page is loading while Alice adds an umbrella',
      purpose: 'Only reading can undo a write',
      narration:
        'The list of her orders takes a moment and changes nothing in the session. With resave: true it still writes the session back when it is done: the copy it read at its beginning, without the umbrella.',
      act: async ({ alice, world }) => {
        world.holdRedis('lrange');
        const page = alice.get('/orders');
        await world.redisHeld();
        const added = put(alice, 'umbrella');
        // The shop that keeps the basket in a list reads that list for its answer, when the umbrella is in it.
        await bothArrived(world, added);
        world.releaseRedis();
        await Promise.all([page, added]);
        await alice.get('/basket');
      },
      ask: {
        question: 'Is the umbrella in the basket?',
        answer: ({ alice }) => (alice.last.json.basket.includes('umbrella') ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
    {
      title: 'Alice looks at what is in Redis',
      purpose: 'Small keys, small quarrels',
      narration:
        'A list in Redis takes an addition as one command (RPUSH), in whatever order they come, and none of them has to know what was in it before.',
      act: () => {},
      ask: {
        question: 'Does the basket have a key of its own?',
        answer: async ({ world }) => ((await world.keys('basket:')).length > 0 ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
  ],
  lesson: 'A session is one value, and the last to write it wins: keep what changes often in keys of its own.',
  fix: `app.use(session({ resave: false, /* … */ }));

// The session holds the name, Redis the things: one command adds one thing.
req.session.basketId ??= randomUUID();
await redis.rpush(\`basket:\${req.session.basketId}\`, item);`,
  notTheFix: [
    'resave: false alone: it saves what only readers would undo, and of two writers one is still lost.',
    'session.reload() before the change: it makes the gap between reading and writing smaller, and does not close it.',
  ],
});
