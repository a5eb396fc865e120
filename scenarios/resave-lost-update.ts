import type { Actor, World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const put = (alice: Actor, item: string) => alice.post('/basket', { item });

/** Resolves when both tabs have their responses, or when two commands are held on their way to Redis. */
const bothArrived = (world: World, ...answers: Promise<unknown>[]) =>
  Promise.race([Promise.all(answers), world.redisHeld(2)]);

export default scenario({
  slug: 'resave-lost-update',
  chapter: 'store',
  title: 'Lost update by resave',
  subtitle: 'The cart that lost an item',
  synonyms: ['race condition', 'resave: true', 'concurrent requests', 'overwrite', 'cart'],
  question: 'Two tabs change one session at the same time. Which one wins?',
  weakness: 'basket-in-the-session',
  actors: { alice: { role: 'victim', label: 'Alice, with two tabs' } },
  references: ['ASVS V15.4.2', 'CWE-362', 'CWE-367', 'CAPEC-26'],
  subject: ['sess:', 'basket:'],
  steps: [
    {
      title: 'Alice logs in and puts a hat into her basket',
      purpose: 'One request at a time',
      narration: {
        vulnerable: 'This shop keeps the items themselves in the session.',
        protected:
          'This shop keeps the items in a separate list in Redis, and the session holds only the name of that list.',
        both: 'One variant keeps the items themselves in the session. The other keeps them in a separate list in Redis, and the session holds only the name of that list.',
      },
      act: async ({ alice }) => {
        await alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await put(alice, 'hat');
        await alice.get('/basket');
      },
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'How many items are in the basket?',
        answer: ({ alice }) => alice.last.json.basket.length,
        vulnerable: 1,
        protected: 1,
      },
    },
    {
      title: 'Two tabs add an item at the same time',
      purpose: 'Two changes at once',
      narration: {
        vulnerable:
          'The session is one value: the shop reads it when a request begins and writes it as a whole when the request ends. Both tabs read a basket with a hat in it. Here the writes are held until both have read; then each tab writes its own version of the whole.',
        protected:
          'Each tab adds its item to the list with one command (RPUSH), and the list keeps both. Neither request writes the session back: with resave: false it only prolongs the record. So the writes that are held in this step, of whole sessions, never come.',
        both: 'A session is one value: it is read when the request begins and written as a whole when it ends. Where the basket is in it, both tabs read a basket with a hat, and each writes its own version of the whole. Where the basket is a list of its own, each tab only adds its item, with one command (RPUSH).',
      },
      act: async ({ alice, world }) => {
        world.holdRedis('set');
        const tabs = [put(alice, 'scarf'), put(alice, 'gloves')];
        await bothArrived(world, ...tabs);
        world.releaseRedis();
        await Promise.all(tabs);
        await alice.get('/basket');
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'How many items are in the basket now?',
        answer: ({ alice }) => alice.last.json.basket.length,
        vulnerable: 2,
        protected: 3,
        neutral: false,
      },
    },
    {
      title: 'A slow page is loading while Alice adds an umbrella',
      purpose: 'A read while another tab writes',
      narration: {
        vulnerable:
          'The list of her orders takes a moment and does not change the session. With resave: true it still writes the session back at the end: the copy it read at the beginning, without the umbrella.',
        protected:
          'The list of her orders takes a moment and does not change the session. With resave: false it writes nothing back and only prolongs the record. The umbrella is in the basket’s own list.',
        both: 'The list of her orders takes a moment and does not change the session. With resave: true it still writes back the copy it read at the beginning, without the umbrella. With resave: false it writes nothing back.',
      },
      act: async ({ alice, world }) => {
        world.holdRedis('lrange');
        const page = alice.get('/orders');
        await world.redisHeld();
        const added = put(alice, 'umbrella');
        // The shop with the basket in a Redis list reads that list for its response, after it has added the umbrella.
        await bothArrived(world, added);
        world.releaseRedis();
        await Promise.all([page, added]);
        await alice.get('/basket');
      },
      claims: { vulnerable: ['Redis gets SET'], protected: ['Redis does not get SET'] },
      ask: {
        question: 'Is the umbrella in the basket?',
        answer: ({ alice }) => (alice.last.json.basket.includes('umbrella') ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
    {
      title: 'Alice inspects the keys in Redis',
      purpose: 'Look at where the basket is',
      narration: {
        vulnerable:
          'Here the whole basket is a field of the session record. There is no key that one item could be added to: each addition has to write everything again.',
        protected:
          'The basket is a list with a key of its own. It takes an addition as one command (RPUSH). Additions may come in any order, and none has to know what was in the list before.',
        both: 'A Redis list takes an addition as one command (RPUSH). Additions may come in any order, and none has to know what was in the list before. A basket in the session record has no such command: each addition writes everything again.',
      },
      act: () => {},
      ask: {
        question: 'Does the basket have a key of its own?',
        answer: async ({ world }) => ((await world.keys('basket:')).length > 0 ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
  ],
  lesson:
    'A session is one value, and the last write wins (lost update): keep data that changes often in separate keys.',
  fix: `app.use(session({ resave: false, /* … */ }));

// The session holds the name of the list, Redis the items: one command adds one item.
req.session.basketId ??= randomUUID();
await redis.rpush(\`basket:\${req.session.basketId}\`, item);`,
  notTheFix: [
    'resave: false alone: a read no longer undoes a write, but of two concurrent writes one is still lost.',
    'session.reload() before the change: it shortens the gap between reading and writing, but does not close it.',
  ],
  repairs: {
    fix: {
      title: 'The items in a list of their own',
      idea: 'The session holds only the name of a list in Redis, and one command adds an item to it.',
      because: 'No request writes back what it has read, so none can undo what another has added.',
    },
    decoys: [
      {
        file: 'basket-in-the-session-without-resave',
        title: 'Turn resave off',
        idea: 'A request writes the session only if it has changed it, so a page that only reads undoes nothing.',
        because:
          'The slow page writes nothing any more. But both tabs change the session: each writes its own version, and the last one wins.',
        fails: { step: 2, answer: 2 },
      },
      {
        file: 'basket-reloaded-before-the-change',
        title: 'Read the session again before the change',
        idea: 'The request reloads the session from Redis right before it adds the item, and resave is off.',
        because: 'Both tabs reload before either has written, so both still add to the same old basket.',
        fails: { step: 2, answer: 2 },
      },
    ],
  },
});
