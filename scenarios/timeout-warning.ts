import type { Actor } from './engine/cast.ts';
import { minutes, seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

/** The request that the page's timer sends. */
const poll = (page: Actor) => page.get('/session/left');

export default scenario({
  slug: 'timeout-warning',
  chapter: 'lifetime',
  title: 'Timeout warning',
  subtitle: 'A moment to say I am still here',
  synonyms: ['timeout', 'countdown', 'session about to expire', 'stay signed in', 'extend session', 'polling'],
  question: 'How can a page learn that the session is about to end without renewing it?',
  weakness: 'session-on-every-route',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['WCAG 2.2.1', 'ASVS V7.3.1', 'WSTG-SESS-07', 'CWE-613'],
  times: { idle: minutes(30), poll: minutes(10), warning: minutes(5) },
  inRealTime: { idle: seconds(9), poll: seconds(3), warning: seconds(5) },
  steps: [
    {
      title: 'Alice logs in and begins a long form',
      purpose: 'Work without requests',
      narration:
        'Typing sends no request, so to the server she is idle. After {idle} the idle timeout ends the session and the form is lost. Some users need longer: they must be warned and be able to extend the session.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie'],
    },
    {
      title: 'The page asks how much time is left',
      purpose: 'Ask without renewing the session',
      narration: {
        vulnerable:
          'The page asks {poll} after the login. The route is behind the session middleware, so the question itself renews the record, as every request does.',
        protected:
          'The page asks {poll} after the login. The route is before the session middleware, so nothing renews the record. It checks the cookie’s signature itself and asks Redis for the time to live (TTL).',
        both: 'The page asks {poll} after the login. Behind the session middleware every request renews the record. A route before it checks the cookie’s signature itself and asks Redis for the time to live (TTL).',
      },
      act: async ({ alice, world }) => {
        await world.letPass(world.times.poll);
        await poll(alice);
      },
      claims: {
        vulnerable: ['alice sends a session cookie', 'the record of alice is renewed'],
        protected: ['alice sends a session cookie', 'the record of alice is not renewed'],
      },
      ask: {
        question: 'Did this request renew the session record?',
        answer: async ({ world }) => {
          const [record] = await world.keys('sess:');
          return (record?.expiresIn ?? 0) > world.times.idle - world.times.poll / 2 ? 'yes' : 'no';
        },
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'The page asks again, and once more near the end',
      purpose: 'Warn in time',
      narration: {
        vulnerable:
          'The page should show its warning less than {warning} before the end. But each of its questions renews the session, so it always gets a long remaining time and never warns.',
        protected:
          'The page shows its warning less than {warning} before the end. Its questions do not renew the session, so the answers get shorter each time, and the last one is below that.',
        both: 'The page should show its warning less than {warning} before the end. A page whose requests renew the session always gets a long remaining time, so it never warns.',
      },
      act: async ({ alice, world }) => {
        await world.letPass(world.times.poll);
        await poll(alice);
        await world.letPass(world.times.idle - 2 * world.times.poll - world.times.warning / 2);
        await poll(alice);
      },
      ask: {
        question: 'What does the page do?',
        answer: ({ alice, world }) => (alice.last.json.left <= world.times.warning ? 'it warns' : 'it is silent'),
        vulnerable: 'it is silent',
        protected: 'it warns',
      },
    },
    {
      title: 'Alice clicks “I am still here”',
      purpose: 'Extend on purpose',
      narration: {
        vulnerable:
          'No warning has appeared. She extends the session all the same, to compare. Her click sends its own request, made by a person and not by a timer. It passes the session middleware, so it renews the record, and the response sets the cookie again.',
        protected:
          'The warning is on the page, with this button. Her click sends its own request, made by a person and not by a timer. It passes the session middleware, so it renews the record, and the response sets the cookie again.',
        both: 'Her click sends its own request, made by a person and not by a timer. It passes the session middleware, so it renews the record, and the response sets the cookie again.',
      },
      act: ({ alice }) => alice.post('/session/extend'),
      claims: ['the record of alice is renewed', 'alice gets a session cookie'],
      ask: {
        question: 'What has its full lifetime again?',
        answer: async ({ alice, world }) => {
          const [record] = await world.keys('sess:');
          const full = (left: number | null | undefined) => (left ?? 0) > world.times.idle / 2;
          return full(record?.expiresIn) && full(alice.expiresIn()) ? 'record and cookie' : 'not both';
        },
        vulnerable: 'record and cookie',
        protected: 'record and cookie',
      },
    },
    {
      title: 'Alice sends the form',
      purpose: 'Keep the work',
      narration: 'The session is still active, so the shop accepts her form.',
      act: ({ alice }) => alice.post('/orders'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 201,
        protected: 201,
      },
    },
    {
      title: 'Alice leaves, and the page stays open',
      purpose: 'Leave the page unattended',
      narration:
        'Mallory copies the cookie from the unattended screen. The page keeps asking every {poll}, for longer than {idle}. Nobody clicks on a warning, if there is one.',
      act: async ({ alice, mallory, world }) => {
        await mallory.copyCookie(alice);
        const polls = Math.floor(world.times.idle / world.times.poll) + 1;
        for (let asked = 0; asked < polls; asked++) {
          await world.letPass(world.times.poll);
          await poll(alice);
        }
      },
      claims: { vulnerable: ['the record of alice stays'], protected: ['the record of alice expires'] },
      ask: {
        question: 'Is her session record still in Redis?',
        answer: async ({ world }) => ((await world.keys('sess:')).length > 0 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Check without the browser',
      narration: {
        vulnerable:
          'A tab that nobody looks at must not count as user activity. Here the page’s requests renewed the session, so the idle timeout is never reached while the tab is open.',
        protected:
          'A tab that nobody looks at must not count as user activity. The page’s requests renewed nothing, so the session ended {idle} after Alice sent the form, and the copy names no record.',
        both: 'A tab that nobody looks at must not count as user activity. Where the page’s requests renewed the session, the idle timeout is never reached while the tab is open.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends the session ID of alice'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'Warn users before the session ends and let them extend it; the page’s own requests for the remaining time must not renew it.',
  fix: `// before app.use(session(…)), so the session is not touched
app.get('/session/left', async (req, res) => {
  const sid = signedSessionId(req, context); // checks the cookie's signature with cookie-signature
  // With an absolute timeout as well: the smaller of the two.
  res.json({ left: sid ? Math.max(0, await redis.pttl(\`sess:\${sid}\`)) : 0 });
});`,
  notTheFix: [
    'Polling a cheap route: behind the session middleware each request counts as user activity, however cheap it is.',
    'A timer in the page alone: when a second tab renews the session, the first one warns of an end that does not come.',
  ],
  repairs: {
    fix: {
      title: 'Ask before the session middleware',
      idea: 'The route for the remaining time checks the signature itself and only reads the time to live.',
      because: 'The page can ask as often as it likes, and only a person’s click renews the session.',
    },
    decoys: [
      {
        file: 'timer-renews-only-the-record',
        title: 'Send no cookie to the timer',
        idea: 'For the route of the timer, rolling is off: its response does not renew the cookie.',
        because:
          'The cookie is one half. The session middleware also renews the record with each request, whatever rolling says.',
        fails: { step: 7, answer: 'alice@shop.example' },
      },
      {
        file: 'records-not-renewed',
        title: 'Never renew the record',
        idea: 'The record ends {idle} after the login. No request makes it last longer, so no timer can.',
        because:
          'The timer keeps nothing alive. But Alice’s click does not either: she says that she is still here, and her form is about to be lost.',
        fails: { step: 4, answer: 'not both' },
      },
    ],
  },
});
