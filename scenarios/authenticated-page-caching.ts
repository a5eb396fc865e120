import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'authenticated-page-caching',
  chapter: 'cookie',
  title: 'The Back button and the shared cache',
  question: 'Who else gets to see a page that was made for me?',
  weakness: 'account-pages-cached',
  setup: { sharedCache: true },
  actors: { alice: { role: 'victim', label: 'Alice, at a library’s computer' }, mallory: 'attacker' },
  references: [
    'ASVS V14.3.2',
    'ASVS V14.2.2',
    'ASVS V14.2.5',
    'ASVS V14.3.1',
    'WSTG-ATHN-06',
    'WSTG-SESS-04',
    'WSTG-CONF-13',
    'CWE-525',
    'CWE-524',
    'CWE-488',
    'CAPEC-204',
  ],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Start a session',
      narration:
        'In front of the shop stands a cache that all visitors share, such as a CDN’s. It answers in the shop’s place when it has kept an answer to the same address. A login is a POST, which it always hands on.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
    },
    {
      title: 'Alice follows a link to /me/x.css',
      purpose: 'Try a name that caches like',
      narration:
        'Many caches are told to keep whatever ends in .css, whatever its headers say. An app that answers every address below /me with the account page would hand that page to such a cache, under an address that an attacker can send around. This one knows whole addresses only.',
      act: ({ alice }) => alice.visit('/me/x.css'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 404,
        protected: 404,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Make a page for one person',
      narration:
        'The page is made from her session. The address says nothing of that: it is the same for everybody. What the cache may do with the answer is told by one header.',
      act: ({ alice }) => alice.visit('/me'),
      ask: {
        question: 'What does Cache-Control say?',
        answer: ({ alice }) => alice.last.headers['cache-control'] ?? 'nothing',
        vulnerable: 'public, max-age=300',
        protected: 'no-store',
      },
    },
    {
      title: 'Mallory opens the same address without a cookie',
      purpose: 'Ask the cache',
      narration:
        'A cache compares the method and the address, not cookies. If it has an answer, the shop never hears of her, and no guard in the shop can help.',
      act: ({ mallory }) => mallory.visit('/me'),
      ask: {
        question: 'Whose page does she see?',
        answer: ({ mallory }) => mallory.last.json.email ?? 'nobody’s',
        vulnerable: 'alice@shop.example',
        protected: 'nobody’s',
      },
    },
    {
      title: 'Mallory opens the list of orders',
      purpose: 'Use what came along',
      narration:
        'The shop sends the session cookie again with every answer, so that it does not expire while somebody is active. A cache that keeps an answer keeps all its headers, and Set-Cookie is one of them. The list of orders was not asked for before, so the shop itself answers.',
      act: ({ mallory }) => mallory.get('/orders'),
      ask: {
        question: 'What does the shop answer her?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'Alice logs out',
      purpose: 'End the session',
      narration:
        'She looks at the front page and logs out there. The record is deleted and the cookie cleared, as they should be. What has been copied elsewhere is not reached by that.',
      act: async ({ alice }) => {
        await alice.visit('/');
        await alice.post('/auth/logout');
      },
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 0,
        protected: 0,
      },
    },
    {
      title: 'The next person at the computer presses Back',
      purpose: 'Ask the browser',
      narration:
        'Alice’s window is still open. Back is not a new visit: a browser shows the page again as it was, and asks nobody, unless the page was marked no-store or the logout told it to clear what it keeps (Clear-Site-Data).',
      act: ({ alice }) => alice.back(),
      ask: {
        question: 'Whose page is shown?',
        answer: ({ alice }) => alice.last.json.email ?? 'nobody’s',
        vulnerable: 'alice@shop.example',
        protected: 'nobody’s',
      },
    },
    {
      title: 'Mallory asks for the account page once more',
      purpose: 'Ask the cache after the logout',
      narration:
        'She sends no cookie, and there is no session left. A cache is told of no logout; it answers until its time is over.',
      act: ({ mallory }) => mallory.get('/me', { cookie: '' }),
      ask: {
        question: 'Who answers her?',
        answer: ({ mallory }) => mallory.last.by,
        vulnerable: 'cache',
        protected: 'app',
      },
    },
  ],
  lesson:
    'What belongs to one user is kept by no cache, neither a shared one nor the browser’s: Cache-Control: no-store.',
  fix: `app.use((req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
}, requireAuth);

// POST /auth/logout
res.set('Clear-Site-Data', '"cache"');`,
  notTheFix: [
    'no-cache and private: Back shows the page all the same; only no-store makes the browser ask again.',
    'A guard in the shop: a request that the cache answers never reaches it.',
    'Clear-Site-Data alone: it clears this browser, not a cache in front of the shop.',
  ],
});
