import { hours, minutes, seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'idle-timeout',
  chapter: 'lifetime',
  title: 'Idle timeout',
  subtitle: 'Lunch break',
  synonyms: ['timeout', 'inactivity', 'session expired', '401', 'kick out', 'auto logout', 'not logged in', 'maxAge'],
  question: 'Who ends an idle session: the browser or the server?',
  weakness: 'idle-limit-only-in-the-cookie',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['ASVS V7.3.1', 'WSTG-SESS-07', 'CWE-613', 'CAPEC-60'],
  times: { idle: minutes(30), coffee: minutes(20), lunch: minutes(31) },
  inRealTime: { idle: seconds(5), coffee: seconds(2), lunch: seconds(6) },
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Start the idle timeout',
      narration:
        'A session without a request for {idle} should end: that is the shop’s idle timeout. Two lifetimes can enforce it: the expiry of her session cookie and the time to live (TTL) of the session record in Redis.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'Does the session record expire together with the cookie?',
        answer: async ({ alice, world }) => {
          const [record] = await world.keys('sess:');
          const apart = (record?.expiresIn ?? 0) - (alice.expiresIn() ?? 0);
          // Up to two seconds are rounding: the cookie's expiry is rounded down to whole seconds, the record's TTL up.
          return apart < world.times.idle / 2 ? 'yes' : 'no, much later';
        },
        vulnerable: 'no, much later',
        protected: 'yes',
      },
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Keep a copy without an expiry',
      narration:
        'A shared screen, a browser extension or a backup is enough for that. What she copies is the value alone, without an expiry: no browser deletes it when Alice’s cookie expires.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Alice comes back after {coffee}',
      purpose: 'Stay within the idle timeout',
      narration:
        'She opens her account page. The request finds an active session record, so both lifetimes start again: the cookie expires in {idle}, and the record gets the same TTL as at login.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.coffee);
        await alice.get('/me');
      },
      claims: [
        'alice sends a session cookie',
        'alice is answered 200',
        'the record of alice is renewed',
        'alice gets a session cookie',
      ],
      ask: {
        question: 'Does the record have its full TTL again?',
        answer: async ({ world }) => {
          const [record] = await world.keys('sess:');
          const left = record?.expiresIn ?? 0;
          // Without a limit of its own, a record is kept for a day.
          const ttl = left > world.times.idle + seconds(2) ? hours(24) : world.times.idle;
          return left > ttl - (world.times.coffee * 3) / 4 ? 'yes' : 'no';
        },
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'Alice goes to lunch',
      purpose: 'Leave the session idle',
      narration: {
        vulnerable:
          'She leaves for {lunch} without logging out, and nobody sends a request. When the TTL of a record ends, Redis deletes it. But here only the cookie has the limit: the record still has most of a day.',
        protected:
          'She leaves for {lunch} without logging out, and nobody sends a request. The TTL of her record ends, and Redis deletes it. The app is not notified and writes no event.',
        both: 'She leaves for {lunch} without logging out, and nobody sends a request. When the TTL of a record ends, Redis deletes it. The app is not notified and writes no event. Where only the cookie has the limit, the record still has most of a day.',
      },
      act: ({ world }) => world.letPass(world.times.lunch),
      claims: { vulnerable: ['the record of alice stays'], protected: ['the record of alice expires'] },
      ask: {
        question: 'Is her session record still in Redis?',
        answer: async ({ world }) => ((await world.keys('sess:')).length > 0 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Check from the browser',
      narration:
        'Her browser deleted the cookie when it expired and sends none. Seen from the browser, the shop looks safe, and a test that stops here proves nothing.',
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice holds a cookie back: expired', 'alice sends no session cookie'],
      ask: {
        question: 'What does the shop answer?',
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
          'The server cannot see when a cookie was meant to expire: a Cookie header carries a name and a value, nothing else. The record still exists, so the copy works.',
        protected:
          'The server cannot see when a cookie was meant to expire: a Cookie header carries a name and a value, nothing else. It need not: the record is gone, so the copy names nothing.',
        both: 'The server cannot see when a cookie was meant to expire: a Cookie header carries a name and a value, nothing else. The copy works if the session record still exists.',
      },
      act: ({ mallory }) => mallory.get('/me', { storeCookies: false }),
      claims: ['mallory sends the session ID of alice'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
  ],
  lesson: 'The expiry of a cookie is a hint to the browser; the TTL of the session record is what ends a session.',
  fix: `// No ttl option: connect-redis uses the cookie's maxAge as the record's TTL, and every request renews both.
const store = new RedisStore({ client: redis, prefix: 'sess:' });
session({ store, rolling: true, cookie: { ...cookieAttributes, maxAge: 30 * 60_000 }, ...rest });`,
  notTheFix: [
    'A shorter maxAge with a separate ttl: the browser deletes the cookie sooner, but a copied value works as long as before.',
    'The time of the last visit in a second cookie: an attacker who sends the copy writes that cookie, too.',
    'A timer in the page that logs out: it runs only in the owner’s browser, and only while the page is open.',
  ],
  repairs: {
    fix: {
      title: 'The record lives as long as the cookie',
      idea: 'The store takes the lifetime of a record from the cookie, so every request renews both.',
      because: 'Redis deletes the record when the idle timeout is over, whatever any browser or copy still holds.',
    },
    decoys: [
      {
        file: 'idle-cookie-shorter-than-limit',
        title: 'The cookie expires earlier',
        idea: 'The browser deletes the cookie some minutes before the idle timeout ends, so nobody can use it at its end.',
        because:
          'Only the browser deletes a cookie that expires. The copy has no expiry, and the record still lives for a day.',
        fails: { step: 6, answer: 'alice@shop.example' },
      },
      {
        file: 'records-not-renewed',
        title: 'The record ends on its own',
        idea: 'Each record gets the idle timeout as its lifetime at login, and no request can make it last longer.',
        because:
          'The copy is worthless now. But no request renews the record: it ends {idle} after the login, even if Alice is active.',
        fails: { step: 3, answer: 'no' },
      },
    ],
  },
});
