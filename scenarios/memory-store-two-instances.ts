import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const logIn = (alice: Actor) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

export default scenario({
  slug: 'memory-store-two-instances',
  chapter: 'store',
  title: 'MemoryStore and two instances',
  subtitle: 'Logged in half of the time',
  synonyms: [
    'two servers',
    'several servers',
    'logged out randomly',
    'sticky',
    'sticky sessions',
    'load balancer',
    'nginx',
    'cluster',
    'pm2',
    'Kubernetes',
    'scaling',
    'MemoryStore',
    'not logged in',
    '401',
  ],
  question: 'What do two processes of one app know about each other’s sessions?',
  weakness: 'sessions-in-memory',
  setup: { instances: 2 },
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['ASVS V7.4.1', 'CWE-613', 'CWE-1250'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'One process creates a session',
      narration: {
        vulnerable:
          'A load balancer sends requests to two processes of the shop in turn. The first one handles the login and stores a session record in its own memory, which the other one cannot reach.',
        protected:
          'A load balancer sends requests to two processes of the shop in turn. The first one handles the login and stores a session record in Redis, which both can reach.',
        both: 'A load balancer sends requests to two processes of the shop in turn. The first one handles the login and stores a session record: in its own memory, or in Redis, which both can reach.',
      },
      act: ({ alice }) => logIn(alice),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 0,
        protected: 1,
      },
    },
    {
      title: 'Alice opens her account page ten times',
      purpose: 'Reach both processes',
      narration: {
        vulnerable:
          'Her browser sends the same session cookie ten times. The signature is valid in both processes, because they share the secret. But only the first process has the record, in its memory, so she is logged in every other time.',
        protected:
          'Her browser sends the same session cookie ten times. The signature is valid in both processes, because they share the secret, and both find the record in Redis.',
        both: 'Her browser sends the same session cookie ten times. The signature is valid in both processes, because they share the secret. Whether a process finds the record depends on where it looks.',
      },
      act: async ({ alice }) => {
        for (let times = 0; times < 10; times++) await alice.get('/me');
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'How many of the ten requests get 200?',
        answer: ({ world }) => world.accessLog().filter((line) => /"GET \/me .*" 200$/.test(line)).length,
        vulnerable: 5,
        protected: 10,
        neutral: false,
      },
    },
    {
      title: 'Mallory copies Alice’s cookie',
      purpose: 'Keep a copy for later',
      narration: 'A shared computer is enough for that. From now on two browsers hold the cookie.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Alice logs out',
      purpose: 'Log out at the other process',
      narration:
        'The second process handles this request. It deletes the record if the store it uses has one, tells the browser to delete the cookie, and reports success.',
      act: ({ alice }) => alice.post('/auth/logout'),
      claims: ['alice is answered 204', 'alice loses the session cookie'],
      ask: {
        question: 'Which process answers?',
        answer: ({ alice }) => (alice.last.by === 'app 2' ? 'process 2' : 'process 1'),
        vulnerable: 'process 2',
        protected: 'process 2',
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Reach the first process',
      narration: {
        vulnerable:
          'Her request goes to the process where Alice logged in. It does not know about the logout: the record in its memory is still there.',
        protected:
          'Her request goes to the process where Alice logged in. It was not asked to log her out, but it looks in Redis, where the other process has deleted the record.',
        both: 'Her request goes to the process where Alice logged in. It does not know about the logout; if the record was in its memory, it is still there.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice logs in again, and the shop is deployed',
      purpose: 'Lose the memory',
      narration:
        'A deployment stops both processes and starts new ones. Their memory is lost; Redis is not touched. Alice then opens her account page twice, once in each process.',
      act: async ({ alice, world }) => {
        await logIn(alice);
        await world.restart();
        await alice.get('/me');
        await alice.get('/me');
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer Alice?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
  ],
  lesson: 'Memory belongs to one process and is lost when it ends; sessions need a store that all processes share.',
  fix: `import { RedisStore } from 'connect-redis';

app.use(session({
  // …
  store: new RedisStore({ client: redis, prefix: 'sess:' }),
}));`,
  notTheFix: [
    'Sticky sessions: they send a browser to the same process each time, but every deployment still logs everybody out.',
    'One process only: it hides the first problem until there are two, and a deployment still logs everybody out.',
  ],
  repairs: {
    fix: {
      title: 'Keep the records in Redis',
      idea: 'Both processes read and write the same records, and neither keeps any of its own.',
      because: 'Either process knows who is logged in and who has logged out, and a deployment loses nothing.',
    },
    decoys: [
      {
        file: 'sessions-copied-into-memory',
        title: 'Redis, with a copy in memory',
        idea: 'Redis has the records. A process asks it only once for each session, and then answers from memory.',
        because:
          'At the logout, the second process deletes the record and its own copy. The first process still has its copy, and lets Mallory in.',
        fails: { step: 5, answer: 'alice@shop.example' },
      },
      {
        file: 'secret-made-at-start',
        title: 'Redis, and a secret made at the start',
        idea: 'Redis has the records. Each process makes a random secret when it starts, so that none is in the code or the settings.',
        because:
          'Both can read the record, but only one accepts the cookie: it is signed with a secret that the other does not know.',
        fails: { step: 2, answer: 5 },
      },
    ],
  },
});
