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
  inRealTime: { idle: seconds(5), coffee: seconds(2), lunch: seconds(6) },
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
          const apart = (record?.expiresIn ?? 0) - (alice.expiresIn() ?? 0);
          // Up to two seconds are rounding: the cookie's end is rounded down to whole seconds, the record's up.
          return apart < world.times.idle / 2 ? 'yes' : 'no, much later';
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
        'After {coffee} she opens her account. The request finds a live record, and both clocks start again: the cookie’s at {idle}, the record’s at what the shop gave it in the first place.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.coffee);
        await alice.get('/me');
      },
      ask: {
        question: 'What does the shop answer, and does the record have its full time again?',
        answer: async ({ alice, world }) => {
          const [record] = await world.keys('sess:');
          const full = (record?.expiresIn ?? 0) > world.times.idle - (world.times.coffee * 3) / 4;
          return `${alice.last.status}, ${full ? 'yes' : 'no'}`;
        },
        vulnerable: '200, yes',
        protected: '200, yes',
      },
    },
    {
      title: 'Alice goes to lunch',
      purpose: 'Leave the session alone',
      narration:
        'She leaves for {lunch} without logging out, and nobody sends anything. A record that comes to its end is deleted by Redis itself; the app is not told of it and writes no event.',
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
  fix: `// No ttl of its own: connect-redis gives the record the cookie's maxAge, and every request renews both.
const store = new RedisStore({ client: redis, prefix: 'sess:' });
session({ store, rolling: true, cookie: { ...cookieAttributes, maxAge: 30 * 60_000 }, ...rest });`,
  notTheFix: [
    'A shorter maxAge beside a ttl of its own: the browser forgets sooner, and whoever kept the value does not notice.',
    'A time of the last visit in a cookie of its own: whoever sends the copy writes that cookie as well.',
    'A timer in the page that logs out: it runs in the owner’s browser, and only as long as the page is open.',
  ],
});
