import { seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const login = { email: 'alice@shop.example', password: 'rabbit-hole-7', goTo: '/me' };

export default scenario({
  slug: 'redirect-before-save',
  chapter: 'login',
  title: 'Login that needs two clicks',
  question: 'The password was right. Why am I still not logged in on the page I am sent to?',
  weakness: 'login-answers-before-saving',
  actors: { alice: 'victim', phone: { role: 'person', label: 'Alice’s phone' } },
  references: ['ASVS V15.4.2', 'ASVS V16.5.3', 'CWE-367', 'CWE-362', 'CAPEC-26', 'expressjs/session#360'],
  steps: [
    {
      title: 'Writing to Redis becomes slow',
      purpose: 'Make a race visible',
      narration:
        'Redis is busy, and a SET takes a second to get there. Reading is as fast as ever. In a quiet shop the race of this lesson is won most of the time, which is why it comes back as a complaint and not as a failed test.',
      // A second, so that a busy machine does not lose the race for the other side.
      act: ({ world }) => world.slowRedis(seconds(1), 'set'),
    },
    {
      title: 'Alice logs in and is sent to her account',
      purpose: 'Redirect after a login',
      narration:
        'The answer to a login is often a redirect, and a browser follows it as soon as the headers are there. express-session by itself writes the record when the answer ends, and sends the headers without waiting for that.',
      act: ({ alice }) => alice.post('/auth/login', login),
      ask: {
        question: 'What does the page she is sent to answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Alice opens her account again',
      purpose: 'Try the second click',
      narration:
        'Meanwhile the record has arrived. Her cookie was right all along: it was the name of a record that was still on its way.',
      act: async ({ alice, world }) => {
        await world.slowCommandsArrived();
        await alice.get('/me');
      },
      ask: {
        question: 'What does the shop answer now?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Now writing fails',
      purpose: 'From late to never',
      narration: 'Redis has no memory left, say: what reads still works, and each SET is an error.',
      act: ({ world }) => {
        world.slowRedis(0);
        world.breakRedis('set');
      },
    },
    {
      title: 'Alice logs in on her phone',
      purpose: 'Answer before the outcome',
      narration:
        'Whoever answers first and stores later has already said yes when the error comes: the redirect is out, with a cookie for a record that will never be. Whoever stores first can still say no.',
      act: ({ phone }) => phone.post('/auth/login', login),
      ask: {
        question: 'What does the phone end up with?',
        answer: ({ phone }) => phone.last.status,
        vulnerable: 401,
        protected: 503,
      },
    },
    {
      title: 'Redis is well again; the phone tries once more',
      purpose: 'What is left of that login',
      narration:
        'The phone opens the account with whatever cookie it has. No record was written, so nobody is logged in by a login that failed. The difference is what the person was told: an error to try again, or a page that asks them to log in right after they did.',
      act: async ({ phone, world }) => {
        world.mendRedis();
        await phone.get('/me');
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ phone }) => phone.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson:
    'Save the session, wait until it is saved, and only then answer: the next request may be faster than the store.',
  fix: `await regenerate(req);
req.session.userId = user.id;
// rejects when the store fails, and then there is no login
await save(req);
res.redirect(303, '/me');`,
  notTheFix: [
    'A pause before the redirect: it makes every login slow and is too short on the day it matters.',
    'res.json instead of res.redirect: whoever waits for its last byte is late enough, but its status goes out before the record is written as well, and says 200 also when the store then fails.',
  ],
});
