import type { Actor, World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

/** Sends that many requests, each as a first visit: no cookie is sent and none is kept. */
async function strangers(who: Actor, count: number, path: string): Promise<void> {
  for (let times = 0; times < count; times++) await who.get(path, { cookie: '' });
}

const records = async (world: World) => (await world.keys('sess:')).length;

export default scenario({
  slug: 'save-uninitialized-flood',
  chapter: 'login',
  title: 'saveUninitialized',
  subtitle: 'Fifty thousand empty sessions',
  synonyms: ['saveUninitialized: true', 'bots', 'crawler', 'memory', 'OOM', 'GDPR', 'consent', 'empty sessions'],
  question: 'What does a visit without a cookie cost the shop?',
  weakness: 'session-for-every-visitor',
  actors: { mallory: { role: 'attacker', label: 'Mallory’s bot' }, alice: 'victim' },
  references: ['CWE-770', 'CWE-1188', 'CAPEC-125', 'CAPEC-130'],
  steps: [
    {
      title: 'A bot requests the front page fifty times',
      purpose: 'Fifty first visits',
      narration:
        'The bot keeps no cookies, so each request is a first visit. saveUninitialized decides whether a session without any data is stored. A real bot does not stop at fifty.',
      act: ({ mallory }) => strangers(mallory, 50, '/'),
      claims: { vulnerable: ['50 records are stored'], protected: ['no record is stored'] },
      ask: {
        question: 'How many session records does Redis hold?',
        answer: ({ world }) => records(world),
        vulnerable: 50,
        protected: 0,
        neutral: false,
      },
    },
    {
      title: 'The bot sends twenty requests for a missing page',
      purpose: 'Error responses count, too',
      narration: {
        vulnerable:
          'The session is created before the path is checked, so it makes no difference that the response is an error. Health checks of a load balancer, which send no cookie, are first visits, too.',
        protected:
          'The path makes no difference: nothing is put into the session of such a request, so nothing is stored. The same goes for the health checks of a load balancer, which send no cookie either.',
        both: 'The session is created before the path is checked, so it makes no difference that the response is an error. Health checks of a load balancer, which send no cookie, are first visits, too.',
      },
      act: ({ mallory }) => strangers(mallory, 20, '/wp-login.php'),
      claims: { vulnerable: ['20 records are stored'], protected: ['no record is stored'] },
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: ({ world }) => records(world),
        vulnerable: 70,
        protected: 0,
        neutral: false,
      },
    },
    {
      title: 'Alice opens the front page',
      purpose: 'A visitor who only reads',
      narration: {
        vulnerable:
          'She does nothing the shop would have to remember, and gets a cookie anyway. It can be used to track her, and can be planted in somebody else’s browser.',
        protected:
          'She does nothing the shop would have to remember, and gets no cookie. One that she got anyway could be used to track her, and could be planted in somebody else’s browser.',
        both: 'She does nothing the shop would have to remember. A cookie that she gets anyway can be used to track her, and can be planted in somebody else’s browser.',
      },
      act: ({ alice }) => alice.get('/'),
      claims: { vulnerable: ['the record of alice is stored'], protected: ['no record is stored'] },
      ask: {
        question: 'Does she get a cookie?',
        answer: ({ alice }) => (alice.cookie() ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice puts a hat into her basket',
      purpose: 'Something to remember',
      narration:
        'Now there is something to store, so by now she has a session record and a cookie. A shop that waits until this step loses nothing.',
      act: ({ alice }) => alice.post('/basket', { item: 'hat' }),
      claims: {
        vulnerable: ['alice gets a session cookie', 'alice keeps the session ID'],
        protected: ['alice gets a session cookie', 'alice gets a new session ID', 'the record of alice is stored'],
      },
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: ({ world }) => records(world),
        vulnerable: 71,
        protected: 1,
      },
    },
  ],
  lesson: 'Do not store a session for a visitor who has nothing to remember: saveUninitialized: false.',
  fix: `app.use(session({
  // The default is true.
  saveUninitialized: false,
  // …
}));`,
  notTheFix: [
    'A short time to live (TTL): fewer empty records exist at once, but each request still creates one.',
    'Refusing known bots: an attacker who wants to fill the store claims to be a browser.',
  ],
  repairs: {
    fix: {
      title: 'Store nothing until there is something',
      idea: 'saveUninitialized is false: a session without data gets no record and no cookie.',
      because: 'Seventy visits leave nothing behind, and Alice’s basket gets a session when she fills it.',
    },
    decoys: [
      {
        file: 'empty-sessions-expire-soon',
        title: 'Let empty sessions expire soon',
        idea: 'A session without a user and a basket gets one minute to live, so Redis does not fill up.',
        because:
          'Each request still writes a record. Redis holds a whole minute of them, and a bot sends many in a minute.',
        fails: { step: 1, answer: 50 },
      },
      {
        file: 'visitors-get-no-record',
        title: 'Store only users who are logged in',
        idea: 'A bot does not log in, so its sessions are never written to Redis.',
        because:
          'The bot leaves nothing behind. But Alice has not logged in either: she gets a cookie for a record that does not exist, and her basket is lost.',
        fails: { step: 4, answer: 0 },
      },
    ],
  },
});
