import type { Actor } from './engine/cast.ts';
import { hours, minutes, seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const archive = 'https://archive.example';
const login = { email: 'alice@shop.example', password: 'rabbit-hole-7' };

/** Days until the browser deletes its session cookie, rounded because a moment has passed since it was set. */
const daysLeft = (actor: Actor) => Math.round((actor.expiresIn() ?? 0) / hours(24));

export default scenario({
  slug: 'cookie-store-lifetime-mismatch',
  chapter: 'lifetime',
  title: 'Cookie maxAge and store TTL',
  subtitle: 'The browser forgot, the server did not',
  synonyms: ['TTL', 'expires', 'session cookie', 'remember me', 'persistent login', 'timeout'],
  question: 'Cookie and session record expire at different times. Which ends the session?',
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
      purpose: 'Compare two expiry times',
      narration:
        'Her session cookie expires {idle} after her last request. The session record in Redis has its own time to live (TTL): connect-redis takes it from the cookie, unless configured otherwise.',
      act: ({ alice }) => alice.post('/auth/login', login),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'When does the session record expire?',
        answer: async ({ alice, world }) => {
          const [record] = await world.keys('sess:');
          if (typeof record?.expiresIn !== 'number') return 'never';
          const apart = record.expiresIn - (alice.expiresIn() ?? 0);
          // A difference of up to two seconds is rounding.
          return apart < world.times.idle / 2 ? 'with the cookie' : 'later';
        },
        vulnerable: 'never',
        protected: 'with the cookie',
      },
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Keep a copy without an expiry',
      narration: 'Her copy is text without an expiry, and no browser will delete it from her file.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Alice is away for {lunch}',
      purpose: 'Let the cookie expire',
      narration:
        'Meanwhile nobody sends a request. Her browser deletes the cookie when it expires, so Alice comes back and finds herself logged out.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.lunch);
        await alice.get('/me');
      },
      claims: ['alice holds a cookie back: expired', 'alice sends no session cookie'],
      ask: {
        question: 'What does the shop answer Alice’s browser?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Check without the browser',
      narration: {
        vulnerable:
          'A request carries a cookie’s name and value but not its expiry, so the server cannot know that the cookie has expired. The record has no end, so there is a session.',
        protected:
          'A request carries a cookie’s name and value but not its expiry, so the server cannot know that the cookie has expired. But the record expired with it, and without a record there is no session.',
        both: 'A request carries a cookie’s name and value but not its expiry, so the server cannot know that the cookie has expired. If there is a record, there is a session.',
      },
      act: ({ mallory }) => mallory.get('/me', { storeCookies: false }),
      claims: {
        vulnerable: ['mallory sends the session ID of alice', 'the record of alice stays'],
        protected: ['mallory sends the session ID of alice'],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice’s tablet logs in at the archive',
      purpose: 'The opposite mismatch',
      narration:
        'The archive is an app with the opposite mismatch: a cookie for ten years, a record for {idle}. Browsers shorten such a cookie to 400 days.',
      act: ({ tablet }) => tablet.on(archive).post('/auth/login', login),
      ask: {
        question: 'For how many days does the browser keep the cookie?',
        answer: ({ tablet }) => daysLeft(tablet),
        vulnerable: 400,
        protected: 400,
      },
    },
    {
      title: 'Mallory copies this cookie too, and {lunch} pass',
      purpose: 'Let only the record expire',
      narration:
        'The tablet’s browser was closed and opened again: a cookie with an expiry date survives that. Its record in Redis expired after {idle}.',
      act: async ({ tablet, mallory, world }) => {
        await mallory.copyCookie(tablet);
        await world.letPass(world.times.lunch);
        tablet.closeBrowser();
      },
      claims: ['the record of tablet expires'],
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
        'A correctly signed session ID without a record is worth nothing, to owner and attacker alike. The long-lived cookie was an annoyance, the record without a TTL a vulnerability: two different mistakes.',
      act: async ({ tablet, mallory }) => {
        await tablet.on(archive).get('/me');
        await mallory.on(archive).get('/me');
      },
      claims: [
        'tablet sends a session cookie',
        'tablet is answered 401',
        'mallory sends the session ID of tablet',
        'mallory is answered 401',
      ],
      ask: {
        question: 'Is one of the two still logged in at the archive?',
        answer: ({ tablet, mallory }) => ([tablet, mallory].some(({ last }) => last.status === 200) ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
  ],
  lesson:
    'The expiry of a cookie only asks a browser to delete it; the session ends when its record in the store ends.',
  fix: `// No ttl and no disableTTL: connect-redis takes the TTL from the cookie's maxAge, and every request renews both.
new RedisStore({ client: redis, prefix: 'sess:' });
session({ rolling: true, cookie: { maxAge: idle, ...cookieAttributes }, ...rest });`,
  notTheFix: [
    'A shorter maxAge alone: the owner is logged out sooner, but a copied value works as long as before.',
    'A ttl in connect-redis beside a maxAge: a numeric ttl is ignored for a cookie that has an expiry.',
  ],
  repairs: {
    fix: {
      title: 'One lifetime for cookie and record',
      idea: 'The store takes the record’s time to live from the cookie’s maxAge, and every request renews both.',
      because: 'When the cookie expires, Redis deletes the record as well, and every copy is worthless.',
    },
    decoys: [
      {
        file: 'idle-cookie-shorter-than-limit',
        title: 'Let the cookie expire earlier',
        idea: 'The cookie expires before {idle} are over, and Redis deletes a record that nobody has used for a day.',
        because:
          'A shorter maxAge shortens only what Alice’s browser keeps. The copy has no expiry, and its record lives for a day.',
        fails: { step: 4, answer: 'alice@shop.example' },
      },
      {
        file: 'cookie-until-the-browser-closes',
        title: 'Let the cookie end with the browser',
        idea: 'The cookie has no expiry, so no browser stores it for later, and the store gives every record a time to live.',
        because:
          'Alice’s browser stays open. Without a maxAge, connect-redis keeps the record for a day, so after {lunch} she is still logged in.',
        fails: { step: 3, answer: 200 },
      },
    ],
  },
});
