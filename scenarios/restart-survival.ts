import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const logIn = (alice: Actor) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

export default scenario({
  slug: 'restart-survival',
  chapter: 'store',
  title: 'Deploy on Friday',
  question: 'What has to outlive a process, so that its sessions do?',
  weakness: 'secret-made-at-start',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['ASVS V13.1.4', 'ASVS V16.5.2', 'CWE-1188'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'A record and a signature',
      narration:
        'Her session is two things that must fit together: a record in Redis, and a cookie with the id of that record, signed with the shop’s secret. The one shop has its secret from outside, the other makes one whenever it starts.',
      act: ({ alice }) => logIn(alice),
    },
    {
      title: 'The shop is deployed',
      purpose: 'Stop and start',
      narration: 'The process ends and another one starts, of the same code. Redis is not touched.',
      act: ({ world }) => world.restart(),
      ask: {
        question: 'Is Alice’s record still in Redis?',
        answer: async ({ world }) => ((await world.keys('sess:')).length > 0 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Come back after the deployment',
      narration:
        'The shop checks the signature before it looks for the record. A cookie that was signed with another secret counts as no cookie at all: Redis is not even asked, and express-session tells nobody why.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Alice logs in again, and Mallory copies the cookie',
      purpose: 'Something to end',
      narration:
        'The login gives a new id. The shop deletes the record of the old one, if it could read which that was.',
      act: async ({ alice, mallory }) => {
        await logIn(alice);
        await mallory.copyCookie(alice);
      },
    },
    {
      title: 'Alice logs out',
      purpose: 'End the session for good',
      narration:
        'Her record is deleted. A record whose cookie nobody can read any more is one that nobody can log out of: it stays until its time is over.',
      act: ({ alice }) => alice.post('/auth/logout'),
      ask: {
        question: 'How many session records are left in Redis?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 1,
        protected: 0,
      },
    },
    {
      title: 'The shop is deployed again, and Mallory sends the copy',
      purpose: 'What is ended stays ended',
      narration:
        'The other half of surviving: a restart must not bring back what was ended. The record is gone from the one place where it was, so there is nothing to bring back.',
      act: async ({ mallory, world }) => {
        await world.restart();
        await mallory.get('/me');
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
  ],
  lesson: 'A session outlives the process only if both of its halves do: the record, and the secret that signs its id.',
  fix: `const secret = process.env.SESSION_SECRET; // 32 random bytes, made once, the same in every process
if (!secret) throw new Error('SESSION_SECRET is not set.');

app.use(session({ secret, store: new RedisStore({ client: redis }) }));`,
  notTheFix: [
    'A default for when the variable is missing, such as secret: process.env.SESSION_SECRET ?? "keyboard cat": the shop survives, and whoever reads the code signs what they like.',
    'Fewer deployments: a crash is one, too.',
  ],
});
