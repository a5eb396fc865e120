import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'cdn-caches-set-cookie',
  chapter: 'cookie',
  title: 'The cache that handed out a login',
  question: 'Can a style sheet log somebody in?',
  weakness: 'static-files-after-session',
  setup: { sharedCache: true },
  actors: { alice: 'victim', bob: { role: 'person', label: 'Bob, who visits next' } },
  references: ['Loom incident of 7 March 2023', 'ASVS V14.2.5', 'RFC 9111 section 7.3', 'CWE-525', 'CWE-524'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Start a session',
      narration:
        'The shop sends the session cookie again with every answer of a live session, so that cookie and record have the same idle limit. In front of the shop stands a cache that all visitors share, such as a CDN’s.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
    },
    {
      title: 'Alice’s page loads its style sheet',
      purpose: 'Fetch a file for everybody',
      narration:
        'A browser sends cookies with every request to the shop, also for a style sheet. Whether anybody looks at them is a question of order: what the shop runs before the files, runs for the files.',
      act: ({ alice }) => alice.image('/assets/app.css'),
      ask: {
        question: 'Does the answer carry a Set-Cookie?',
        answer: ({ alice }) => ('set-cookie' in alice.last.headers ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Bob’s page loads the style sheet',
      purpose: 'Get a copy of the answer',
      narration:
        'The file says that anybody may keep it for a day: Cache-Control: public, max-age=86400. That is right for a style sheet, and a Set-Cookie beside it is no reason for a cache not to keep it (RFC 9111 section 7.3). Bob has never logged in. He is handed the answer that was made for Alice, with all its headers; the shop does not even hear of it.',
      act: ({ bob }) => bob.image('/assets/app.css'),
      ask: {
        question: 'Who answers him, and does his browser hold a session cookie now?',
        answer: ({ bob }) => `the ${bob.last.by}; ${bob.cookie() ? 'yes' : 'no'}`,
        vulnerable: 'the cache; yes',
        protected: 'the cache; no',
      },
    },
    {
      title: 'Bob opens the account page',
      purpose: 'See whose it is',
      narration:
        'He did nothing but visit. His browser does what browsers do: it keeps the cookies it is given and sends them.',
      act: ({ bob }) => bob.get('/me'),
      ask: {
        question: 'Who does the shop think he is?',
        answer: ({ bob }) => bob.last.json.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice logs out and Bob looks again',
      purpose: 'See what helps at once',
      narration:
        'Deleting the record ends every copy of the cookie. For the person in charge of such an incident that is the first thing to do, for all sessions; the second is to empty the cache.',
      act: async ({ alice, bob }) => {
        await alice.post('/auth/logout');
        await bob.get('/me');
      },
      ask: {
        question: 'What does the shop answer Bob?',
        answer: ({ bob }) => bob.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson:
    'An answer with a Set-Cookie must never be public, and files for everybody need no session: serve them first.',
  fix: `app.use('/assets', express.static('public', { maxAge: '1d' })); // before the session
app.use(session(options));`,
  notTheFix: [
    'rolling: false: no cookie is sent again, but each file still costs two commands in Redis, and whoever turns rolling on one day opens the hole again.',
    'HttpOnly, Secure, SameSite: the cache hands the cookie out with all of them.',
  ],
});
