import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'store-outage-fail-closed',
  chapter: 'running',
  title: 'Store outage, fail closed',
  subtitle: 'Redis is gone',
  synonyms: [
    'redis down',
    'req.session undefined',
    'ECONNREFUSED',
    'unavailable',
    '503',
    'failover',
    'outage',
    'fail open',
  ],
  question: 'Whom does the shop let in when its session store is down?',
  weakness: 'open-while-redis-is-away',
  setup: { ownRedis: [] },
  needsRealRedis: 'It freezes, crashes and restarts a Redis server. The mock is not a server.',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['ASVS V16.5.2', 'ASVS V16.5.3', 'ASVS V16.5.1', 'ASVS V13.2.6', 'CWE-636', 'CWE-209'],
  steps: [
    {
      title: 'Alice logs in, and Mallory requests the list of all users',
      purpose: 'Normal operation',
      narration:
        'Mallory has no cookie and no account. The list of all users is for admins, so the shop refuses her request.',
      act: async ({ alice, mallory }) => {
        await alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await mallory.get('/admin/users');
      },
      claims: ['alice gets a session cookie', 'mallory sends no session cookie'],
      ask: {
        question: 'What does the shop answer Mallory?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Redis freezes while Alice opens her account page',
      purpose: 'Time out instead of waiting',
      narration:
        'Redis accepts the command but does not reply. This shop waits one second, then tells Alice that it cannot check who she is (503). With the default settings of ioredis she would wait as long as Redis is frozen.',
      act: ({ alice, world }) => Promise.all([world.freezeRedis(), alice.get('/me')]),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer Alice within five seconds?',
        answer: ({ alice }) => (alice.last.ms < 5000 ? alice.last.status : 'nothing'),
        vulnerable: 503,
        protected: 503,
      },
    },
    {
      title: 'Mallory requests the list of all users',
      purpose: 'Fail open or fail closed',
      narration: {
        vulnerable:
          'Once its store is reported as disconnected, express-session passes requests on without a session: req.session is undefined. This shop’s guards only reject a wrong session. There is none, so they let Mallory pass (fail open).',
        protected:
          'Once its store is reported as disconnected, express-session passes requests on without a session: req.session is undefined. This shop’s guard requires a login. There is none to be found, so it refuses her (fails closed).',
        both: 'Once its store is reported as disconnected, express-session passes requests on without a session: req.session is undefined. A guard that only rejects a wrong session lets them pass (fails open); a guard that requires a login does not (fails closed).',
      },
      act: ({ mallory }) => mallory.get('/admin/users'),
      claims: ['mallory sends no session cookie'],
      ask: {
        question: 'What does the shop answer Mallory?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'Mallory opens the front page',
      purpose: 'A page without a session',
      narration:
        'A visitor without a cookie has no record to look up, so pages that need none still work. A store outage is not an outage of the whole shop.',
      act: ({ mallory }) => mallory.get('/'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Choose the right status code',
      narration: {
        vulnerable:
          'The guard let her request pass, and there is no user behind it: the shop fails there (500). It should say that the fault is its own and when to try again (503, Retry-After).',
        protected:
          'The shop reports that the fault is its own and when to try again (503, Retry-After); a 401 would send her to the login.',
        both: 'The variant that lets everybody pass finds no user behind the guard, and fails there (500). The other reports that the fault is its own and when to try again (503, Retry-After); a 401 would send her to the login.',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer Alice?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 500,
        protected: 503,
      },
    },
    {
      title: 'Alice tries to log in',
      purpose: 'No session can be created',
      narration:
        'The shop needs Redis before it checks a password, and without Redis it could store no session either. It reports no login that it cannot keep. Details of the failure belong in the log: the response names no library, no key and no line of code.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice is answered 503'],
      ask: {
        question: 'Does the response reveal internals?',
        answer: ({ alice }) => (/redis|stream|timed out|sess:|\n\s+at /i.test(alice.last.text) ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
    {
      title: 'Redis resumes, and Alice tries again',
      purpose: 'Recover by itself',
      narration:
        'The shop reconnects without a restart. Her record was in Redis all the time, and no response told her browser to delete the cookie.',
      act: async ({ alice, world }) => {
        await world.thawRedis();
        await alice.get('/me');
      },
      claims: ['alice sends a session cookie', 'the record of alice stays'],
      ask: {
        question: 'What does the shop answer Alice?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Redis crashes and is started again, empty',
      purpose: 'A store without its data',
      narration:
        'This Redis keeps nothing on disk, so its sessions are lost. Everybody is logged out, and the shop answers as after any logout: no error, and no access.',
      act: async ({ alice, world }) => {
        await world.stopRedis();
        await world.startRedis();
        await alice.get('/me');
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer Alice?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson: 'Fail closed: when the session store does not answer, respond with 503 soon and let nobody in unchecked.',
  fix: `// Require a login; do not only reject a wrong session.
const { userId } = req.session ?? {};
if (userId === undefined) return res.status(401).json({ error: 'Log in first.' });

// And do not wait forever.
new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 1000, socketTimeout: 1200 });`,
  notTheFix: [
    'Leaving the defaults of ioredis: commands wait in a queue, a request hangs for ten seconds or more, and a queued write can still be executed long after its request has ended.',
    'Serving pages without sessions so that the shop stays up: a guard that is right while there is a session fails open without one.',
  ],
  repairs: {
    fix: {
      title: 'Let nobody in unchecked, and say why',
      idea: 'A guard requires a login. Where the store does not answer, the shop answers 503.',
      because: 'Nobody gets in unchecked, and Alice is told to try again, not to log in.',
    },
    decoys: [
      {
        file: 'outage-taken-for-a-logout',
        title: 'Refuse everyone who has no session',
        idea: 'The guard answers 401 to every request that comes without a session, whatever the reason.',
        because:
          'Mallory stays out. But Alice has not logged out: the shop sends everybody to a login that cannot work either.',
        fails: { step: 5, answer: 401 },
      },
      {
        file: 'admin-pages-closed-while-redis-is-away',
        title: 'Close the pages for admins',
        idea: 'The guard of these pages requires the role, also when there is no session at all.',
        because:
          'The list of users is closed. The guard of all other pages still lets everybody pass, and the shop fails behind it.',
        fails: { step: 5, answer: 500 },
      },
    ],
  },
});
