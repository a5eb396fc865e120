import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const logIn = (alice: Actor) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

export default scenario({
  slug: 'restart-survival',
  chapter: 'store',
  title: 'Sessions over a restart',
  subtitle: 'Deploy on Friday',
  synonyms: ['deploy', 'deployment', 'restart', 'SESSION_SECRET', 'logged out after deploy', 'memory leak'],
  question: 'What must survive a restart so that sessions survive too?',
  weakness: 'secret-made-at-start',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['ASVS V13.3.1'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'A record and a signature',
      narration: {
        vulnerable:
          'Her session has two parts that must match: a session record in Redis, and a cookie with the session ID, signed with the shop’s secret. This shop generates its secret at each start.',
        protected:
          'Her session has two parts that must match: a session record in Redis, and a cookie with the session ID, signed with the shop’s secret. This shop reads its secret from its settings.',
        both: 'Her session has two parts that must match: a session record in Redis, and a cookie with the session ID, signed with the shop’s secret. One variant reads its secret from its settings; the other generates one at each start.',
      },
      act: ({ alice }) => logIn(alice),
      claims: ['alice gets a session cookie', 'the record of alice is stored'],
    },
    {
      title: 'The shop is deployed',
      purpose: 'Restart the process',
      narration: 'The process ends and another one starts with the same code. Redis is not touched.',
      act: ({ world }) => world.restart(),
      ask: {
        question: 'Is Alice’s session record still in Redis?',
        answer: async ({ world }) => ((await world.keys('sess:')).length > 0 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Send the old cookie',
      narration: {
        vulnerable:
          'The shop checks the signature before it looks for the record. Since the restart it has another secret. So it treats the cookie as no cookie at all: it does not ask Redis, and express-session reports no reason.',
        protected:
          'The shop checks the signature before it looks for the record. Its secret is the same as before the restart, so the signature is right, and Redis has the record.',
        both: 'The shop checks the signature before it looks for the record. It treats a cookie signed with another secret as no cookie at all: it does not ask Redis, and express-session reports no reason.',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: {
        vulnerable: ['alice sends a session cookie', 'Redis does not get GET'],
        protected: ['alice sends a session cookie', 'Redis gets GET'],
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Alice logs in again, and Mallory copies the cookie',
      purpose: 'Start a new session',
      narration:
        'The login creates a new session ID. The shop deletes the record of the old one, if it could read that ID.',
      act: async ({ alice, mallory }) => {
        await logIn(alice);
        await mallory.copyCookie(alice);
      },
      claims: ['alice gets a session cookie'],
    },
    {
      title: 'Alice logs out',
      purpose: 'End the session',
      narration: {
        vulnerable:
          'The shop deletes her record. The one from before the deployment stays until its time to live ends: nobody can log out of a session whose cookie the shop cannot read.',
        protected:
          'The shop deletes her record. It was the only one: the login in the step before has replaced the first session, whose cookie the shop could read.',
        both: 'The shop deletes her record. Nobody can log out of a session whose cookie the shop cannot read: its record stays until its time to live ends.',
      },
      act: ({ alice }) => alice.post('/auth/logout'),
      claims: ['the record of alice is deleted'],
      ask: {
        question: 'How many session records are left in Redis?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 1,
        protected: 0,
        leads: true,
      },
    },
    {
      title: 'The shop is deployed again, and Mallory sends the copy',
      purpose: 'Check that it stays ended',
      narration:
        'A restart also must not bring back a session that was ended. The record was deleted from the one place that held it, so there is nothing to bring back.',
      act: async ({ mallory, world }) => {
        await world.restart();
        await mallory.get('/me');
      },
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'A session survives a restart only if both its parts do: the record, and the secret that signs its session ID.',
  fix: `const secret = process.env.SESSION_SECRET; // 32 random bytes, generated once, the same in every process
if (!secret) throw new Error('SESSION_SECRET is not set.');

app.use(session({ secret, resave: false, saveUninitialized: false, store: new RedisStore({ client: redis }) }));`,
  notTheFix: [
    'A default for a missing variable, such as secret: process.env.SESSION_SECRET ?? "keyboard cat": sessions survive, but anybody who reads the code can sign any cookie.',
    'Fewer deployments: a crash is a restart, too.',
  ],
  // No `repairs`: with a default secret every step is as with the fix, because nobody forges a cookie here, and a secret that is kept in
  // a file or in Redis is right.
});
