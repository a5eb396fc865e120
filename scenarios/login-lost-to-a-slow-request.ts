import type { LastResponse, World } from './engine/cast.ts';
import { minutes } from './engine/durations.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

/** The request of the first tab, from the step that sends it to the step that sees its answer. */
const slowAnswer = new WeakMap<World, Promise<LastResponse>>();

export default scenario({
  slug: 'login-lost-to-a-slow-request',
  chapter: 'login',
  title: 'The late answer that undid a login',
  question: 'I have just logged in, and a moment later I am a stranger again. Who logged me out?',
  weakness: 'session-on-every-route',
  actors: { alice: 'victim' },
  references: ['ASVS V7.2.4', 'CWE-362', 'CAPEC-26', 'expressjs/session#923'],
  steps: [
    {
      title: 'Alice puts a hat into a basket',
      purpose: 'A session before the login',
      narration: 'The basket is her first session. She is not logged in; her cookie names the record of a visitor.',
      act: ({ alice }) => alice.post('/basket', { item: 'hat' }),
    },
    {
      title: 'Her first tab asks for the stock',
      purpose: 'A request that takes long',
      narration:
        'The list of what is left is the same for everybody, and today it takes its time. The request left with the cookie of the basket. In the shop where every route has a session, its record has been read by now.',
      act: async ({ alice, world }) => {
        world.holdRedis('hgetall');
        // However long somebody looks at this step, the tab waits.
        const answer = alice.get('/stock', { patience: minutes(30) });
        answer.catch(() => {});
        slowAnswer.set(world, answer);
        await world.redisHeld();
      },
    },
    {
      title: 'She logs in in a second tab',
      purpose: 'A new id',
      narration:
        'Tabs share one jar. The login gives her a new id, deletes the old record, and the jar takes the new cookie. All is well, except that an answer to the old cookie is still to come.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'Does the cookie in her jar name a record?',
        answer: async ({ alice, world }) =>
          (await world.keys(`sess:${sidOf(alice.cookie())}`)).length > 0 ? 'yes' : 'no',
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'The late answer arrives in the first tab',
      purpose: 'Two answers, the wrong order',
      narration:
        'With rolling on, express-session sends the cookie again with each answer, and this one still carries the session it began with. A browser does not know which cookie is the newer one: the last to arrive wins.',
      act: async ({ world }) => {
        world.releaseRedis();
        await slowAnswer.get(world);
      },
      ask: {
        question: 'Did the late answer set a session cookie?',
        answer: ({ alice }) => (alice.last.headers['set-cookie'] ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice opens her account',
      purpose: 'Who is logged in now?',
      narration:
        'The request carries what the jar holds. The old id names nothing any more, for the login deleted its record. Her new record lives on in Redis, and nobody holds its name.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Redis still has the record of her login',
      purpose: 'Nobody logged her out',
      narration:
        'No record was deleted but that of the basket. She only lost the cookie, so to her it looks like a logout that nobody asked for, and it happens to those whose network is slow.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'Which is true?',
        answer: async ({ alice, world }) => {
          const records = await world.keys('sess:');
          const held = records.some(({ name }) => name === `sess:${sidOf(alice.cookie())}`);
          return `${records.length} record, ${held ? 'and she holds its cookie' : 'and nobody holds its cookie'}`;
        },
        vulnerable: '1 record, and nobody holds its cookie',
        protected: '1 record, and she holds its cookie',
      },
    },
  ],
  lesson:
    'An answer that is late may put an old cookie back over the new one: routes that need no session should not have one.',
  fix: `// what is the same for everybody stands before the session: no record is read, and no cookie is sent
app.use('/assets', assets());
app.get('/stock', showStock(shop));

app.use(session({ ...sessionOptions, rolling: true, store }));`,
  notTheFix: [
    'rolling: false alone: a slow request that changes its session sends the old cookie again all the same.',
    'To keep the old record for a while: the visitor’s cookie would be back and valid, and it would still not be logged in.',
  ],
});
