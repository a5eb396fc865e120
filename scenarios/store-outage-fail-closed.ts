import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'store-outage-fail-closed',
  chapter: 'store',
  title: 'Redis is gone',
  question: 'Whom does the shop let in when it can recognise nobody?',
  weakness: 'open-while-redis-is-away',
  setup: { ownRedis: [] },
  needsRealRedis: 'The mock has no connection that could be lost: it answers whatever happens.',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['ASVS V16.5.2', 'ASVS V16.5.3', 'ASVS V16.5.1', 'ASVS V13.1.3', 'ASVS V13.2.6', 'CWE-636', 'CWE-209'],
  steps: [
    {
      title: 'Alice logs in, and Mallory tries the list of all users',
      purpose: 'A day like any other',
      narration:
        'Mallory has no cookie and no account. The list of all users is for admins, so the shop turns her away.',
      act: async ({ alice, mallory }) => {
        await alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await mallory.get('/admin/users');
      },
      ask: {
        question: 'What does the shop answer Mallory?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Redis freezes while Alice opens her account page',
      purpose: 'No answer is an answer',
      narration:
        'Redis takes the question and says nothing. This shop gives it a second, then tells Alice that it cannot say who she is (503). With the settings ioredis comes with she would wait as long as Redis is frozen.',
      act: ({ alice, world }) => Promise.all([world.freezeRedis(), alice.get('/me')]),
      ask: {
        question: 'What does the shop answer Alice within five seconds?',
        answer: ({ alice }) => (alice.last.ms < 5000 ? alice.last.status : 'nothing'),
        vulnerable: 503,
        protected: 503,
      },
    },
    {
      title: 'Mallory asks for the list of all users',
      purpose: 'Walk in while the lights are out',
      narration:
        'Once express-session is told that its store is away, it lets requests pass without a session: req.session is undefined. A guard that only looks for a wrong session finds none, and a request without a session is nobody’s.',
      act: ({ mallory }) => mallory.get('/admin/users'),
      ask: {
        question: 'What does the shop answer Mallory?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'Mallory looks at the front page',
      purpose: 'What needs no session',
      narration:
        'Somebody without a cookie has no record to look for, so pages that need none work on in both shops. An outage of the store is not one of the whole shop.',
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
      purpose: 'A code that tells the truth',
      narration:
        'The shop that lets everybody pass finds nobody behind the guard, and fails there (500). The other says that it is not her fault and when to come again (503, Retry-After); a 401 would send her to the login.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer Alice?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 500,
        protected: 503,
      },
    },
    {
      title: 'Alice tries to log in',
      purpose: 'No session can be made either',
      narration:
        'Her password is right, and there is nowhere to write down that it was typed. Neither shop says yes to what it cannot keep. What failed inside is for the log: the answer names no library, no key and no line of code.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'What does the shop answer, and does the answer tell of its insides?',
        answer: ({ alice }) =>
          `${alice.last.status}, ${/redis|stream|timed out|sess:|\n\s+at /i.test(alice.last.text) ? 'yes' : 'no'}`,
        vulnerable: '503, no',
        protected: '503, no',
      },
    },
    {
      title: 'Redis goes on, and Alice tries again',
      purpose: 'Come back by itself',
      narration:
        'The connection is made again without anybody restarting the shop. Her record was in Redis all the time, and nothing had told her browser to drop the cookie.',
      act: async ({ alice, world }) => {
        await world.thawRedis();
        await alice.get('/me');
      },
      ask: {
        question: 'What does the shop answer Alice?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Redis crashes and is started again, empty',
      purpose: 'A store that forgot',
      narration:
        'This Redis keeps nothing on disk, so its sessions are gone with it. That is a logout of everybody, and it looks like one: not an error, and not a way in.',
      act: async ({ alice, world }) => {
        await world.stopRedis();
        await world.startRedis();
        await alice.get('/me');
      },
      ask: {
        question: 'What does the shop answer Alice?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson: 'No store, no proof, no access: say 503 soon, and let nobody in because a question could not be asked.',
  fix: `// Ask for the proof; do not look for its absence.
const { userId } = req.session ?? {};
if (userId === undefined) return res.status(401).json({ error: 'Log in first.' });

// And do not wait for ever.
new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 1000, socketTimeout: 1200 });`,
  notTheFix: [
    'Leaving the settings of ioredis as they are: commands wait in a queue, a request hangs for ten seconds or more, and a queued write can still be carried out when its request is long over.',
    'Serving pages without sessions so that the shop stays up: a guard that was right as long as there was a session is open without one.',
  ],
});
