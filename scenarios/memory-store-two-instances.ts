import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const logIn = (alice: Actor) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

export default scenario({
  slug: 'memory-store-two-instances',
  chapter: 'store',
  title: 'Logged in half of the time',
  question: 'What do two processes of one app know of each other’s sessions?',
  weakness: 'sessions-in-memory',
  setup: { instances: 2 },
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['ASVS V7.4.1', 'CWE-613', 'CWE-1250'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'One process makes a session',
      narration:
        'Two processes of the shop run side by side, and requests are dealt to them in turn. The first one takes the login and writes a record: into its own memory, or into Redis, which both can reach.',
      act: ({ alice }) => logIn(alice),
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 0,
        protected: 1,
      },
    },
    {
      title: 'Alice opens her account page ten times',
      purpose: 'Come to both processes',
      narration:
        'Her browser sends the same cookie ten times. The signature is good in both processes, because they share the secret. Whether there is a record for the id depends on where one looks.',
      act: async ({ alice }) => {
        for (let times = 0; times < 10; times++) await alice.get('/me');
      },
      ask: {
        question: 'How many of the ten are answered 200?',
        answer: ({ world }) => world.accessLog().filter((line) => /"GET \/me .*" 200$/.test(line)).length,
        vulnerable: 5,
        protected: 10,
      },
    },
    {
      title: 'Mallory copies Alice’s cookie',
      purpose: 'Keep a copy for later',
      narration: 'A shared computer will do. From now on the cookie exists twice.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Alice logs out',
      purpose: 'The other process ends it',
      narration:
        'It is the second process’s turn. It deletes the record of that id where it keeps its records, has the browser drop the cookie, and answers that all is done.',
      act: ({ alice }) => alice.post('/auth/logout'),
      ask: {
        question: 'What does the shop answer, and who?',
        answer: ({ alice }) => `${alice.last.status} by ${alice.last.by}`,
        vulnerable: '204 by app 2',
        protected: '204 by app 2',
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Come to the first process',
      narration:
        'Her request is dealt to the process where Alice logged in. Nobody has told it of the logout; if the record was in its memory, it is still there.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice logs in again, and the shop is deployed',
      purpose: 'Empty the memory',
      narration:
        'A deployment stops both processes and starts new ones. What was in their memory is gone, Redis is not touched. Alice then opens her account page twice, once in each process.',
      act: async ({ alice, world }) => {
        await logIn(alice);
        await world.restart();
        await alice.get('/me');
        await alice.get('/me');
      },
      ask: {
        question: 'What does the shop answer Alice?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
  ],
  lesson: 'Memory belongs to one process, and only until it ends; sessions need a store that all processes share.',
  fix: `import { RedisStore } from 'connect-redis';

app.use(session({
  // …
  store: new RedisStore({ client: redis, prefix: 'sess:' }),
}));`,
  notTheFix: [
    'Sticky sessions: they send a browser to the same process each time, and every deployment still logs everybody out.',
    'One process only: it hides the first half of the lesson until the day there are two, and the deployment remains.',
  ],
});
