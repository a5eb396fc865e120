import type { Actor } from './engine/cast.ts';
import { hours, minutes, seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const archive = 'https://archive.example';
const login = { email: 'alice@shop.example', password: 'rabbit-hole-7' };

/** Days until the browser forgets its session cookie; what a moment took away is rounded up again. */
const daysLeft = (actor: Actor) => Math.round((actor.expiresIn() ?? 0) / hours(24));

export default scenario({
  slug: 'cookie-store-lifetime-mismatch',
  chapter: 'lifetime',
  title: 'The browser forgot, the server did not',
  question: 'Cookie and record have different ends. Which one ends the session?',
  weakness: 'records-without-an-end',
  setup: { apps: { [archive]: { weakness: 'cookie-for-ten-years' } } },
  actors: { alice: 'victim', tablet: { role: 'victim', label: 'Alice’s tablet' }, mallory: 'attacker' },
  references: [
    ...['ASVS V7.3.1', 'ASVS V7.4.1', 'WSTG-SESS-07', 'WSTG-ATHN-05', 'RFC6265bis 5.5', 'RFC6265bis 5.7'],
    ...['NIST 63B-4 5.1.1', 'CWE-613', 'CWE-539', 'CAPEC-60'],
  ],
  times: { idle: minutes(30), lunch: minutes(31) },
  inRealTime: { idle: seconds(5), lunch: seconds(6.5) },
  steps: [
    {
      title: 'Alice logs in at the shop',
      purpose: 'Compare two ends',
      narration:
        'Her cookie ends {idle} after her last request. The record in Redis has an end of its own, which the store sets: connect-redis takes it from the cookie, unless it is told otherwise.',
      act: ({ alice }) => alice.post('/auth/login', login),
      ask: {
        question: 'When does the record end?',
        answer: async ({ alice, world }) => {
          const [record] = await world.keys('sess:');
          if (typeof record?.expiresIn !== 'number') return 'never';
          const apart = record.expiresIn - (alice.expiresIn() ?? 0);
          // Up to two seconds are rounding.
          return apart < world.times.idle / 2 ? 'with the cookie' : 'later';
        },
        vulnerable: 'never',
        protected: 'with the cookie',
      },
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Take what a browser would forget',
      narration: 'What she has is text. It came without the expiry, and no browser will delete it from her file.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Alice is away for {lunch}',
      purpose: 'Let the cookie end',
      narration:
        'Nobody sends anything. In both shops her browser drops the cookie at its end, and she is logged out, as she sees it.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.lunch);
        await alice.get('/me');
      },
      ask: {
        question: 'What does the shop answer Alice’s browser?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Ask the server without a browser',
      narration:
        'A request carries a cookie’s name and value and nothing of its expiry, so the server cannot know that it should be over. If there is a record, there is a session.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice’s tablet logs in at the archive',
      purpose: 'The mismatch turned around',
      narration:
        'The archive is an app where cookie and record differ the other way: a cookie for ten years, a record for {idle}. Browsers shorten such a cookie to 400 days. The archive is the same beside either shop.',
      act: ({ tablet }) => tablet.on(archive).post('/auth/login', login),
      ask: {
        question: 'For how many days does the browser keep the cookie?',
        answer: ({ tablet }) => daysLeft(tablet),
        vulnerable: 400,
        protected: 400,
      },
    },
    {
      title: 'Mallory copies this one as well; {lunch} pass',
      purpose: 'Let only the record end',
      narration:
        'The tablet’s browser is closed and opened again meanwhile. A cookie that has an expiry date survives that, so it is still there. Its record is not: Redis ended it after {idle}.',
      act: async ({ tablet, mallory, world }) => {
        await mallory.copyCookie(tablet);
        await world.letPass(world.times.lunch);
        tablet.closeBrowser();
      },
      ask: {
        question: 'Does the tablet still have the cookie?',
        answer: ({ tablet }) => (tablet.cookie() ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'Tablet and Mallory send the long-lived cookie',
      purpose: 'A cookie without a record',
      narration:
        'A well-signed id that names no record is worth nothing, to the owner and to the thief alike. The long cookie was a nuisance, the endless record a hole: they are not the same mistake.',
      act: async ({ tablet, mallory }) => {
        await tablet.on(archive).get('/me');
        await mallory.on(archive).get('/me');
      },
      ask: {
        question: 'What does the archive answer, first to the tablet, then to Mallory?',
        answer: ({ tablet, mallory }) => `${tablet.last.status}, ${mallory.last.status}`,
        vulnerable: '401, 401',
        protected: '401, 401',
      },
    },
  ],
  lesson: 'The expiry of a cookie asks a browser to forget; only the end of the record in the store ends the session.',
  fix: `// No ttl and no disableTTL: connect-redis takes the time to live from the cookie's maxAge, and every request renews both.
new RedisStore({ client: redis, prefix: 'sess:' });
session({ rolling: true, cookie: { maxAge: idle, ...cookieAttributes }, ...rest });`,
  notTheFix: [
    'A shorter maxAge alone: the owner is logged out sooner, and whoever copied the value does not notice.',
    'A ttl in connect-redis beside a maxAge: a ttl that is a number is ignored for a cookie that has an expiry.',
  ],
});
