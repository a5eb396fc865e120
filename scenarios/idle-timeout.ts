import { minutes, seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'idle-timeout',
  chapter: 'lifetime',
  title: 'Lunch break',
  question: 'Who ends a session that is left alone: the browser or the server?',
  weakness: 'idle-limit-only-in-the-cookie',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['ASVS V7.3.1', 'WSTG-SESS-07', 'CWE-613', 'CAPEC-60'],
  times: { idle: minutes(30), coffee: minutes(20), lunch: minutes(31) },
  inRealTime: { idle: seconds(4), coffee: seconds(2), lunch: seconds(5) },
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Start two clocks',
      narration:
        'The shop ends a session after {idle} without a request. Two clocks can keep that limit: the expiry of the cookie in her browser and the time to live of the record in Redis.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'Does the record in Redis end when the cookie does?',
        answer: async ({ alice, world }) => {
          const [record] = await world.keys('sess:');
          const cookieLeft = alice.expiresIn();
          // The cookie's expiry has whole seconds, the record's is rounded up to whole seconds.
          return Math.abs((record?.expiresIn ?? 0) - (cookieLeft ?? 0)) < seconds(2) ? 'yes' : 'no, much later';
        },
        vulnerable: 'no, much later',
        protected: 'yes',
      },
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Take what a browser would forget',
      narration:
        'A shared screen, a browser extension or a backup will do. What she keeps is text in a file: no browser will delete it when it expires.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Alice has a coffee and comes back',
      purpose: 'Stay inside the limit',
      narration:
        'After {coffee} she opens her account. The request finds a live record, and both clocks start again from {idle} in the shop that renews both.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.coffee);
        await alice.get('/me');
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Alice goes to lunch',
      purpose: 'Leave the session alone',
      narration: 'She leaves for {lunch} without logging out. Nobody sends anything.',
      act: ({ world }) => world.letPass(world.times.lunch),
      ask: {
        question: 'Is her record still in Redis?',
        answer: async ({ world }) => ((await world.keys('sess:')).length > 0 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Look from the browser',
      narration:
        'Her browser dropped the cookie at its expiry, so the request goes out without one. From here both shops look equally safe, and a test that stops at this step proves nothing.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Look from outside the browser',
      narration:
        'The server cannot see when a cookie was meant to expire: a Cookie header carries a name and a value, nothing else. Whether the copy works is decided by whether there is still a record.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
  ],
  lesson: 'The expiry of a cookie is a hint to the browser; the time to live of the record is what ends a session.',
});
