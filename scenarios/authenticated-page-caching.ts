import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'authenticated-page-caching',
  chapter: 'logout',
  title: 'Cache-Control: no-store',
  subtitle: 'The Back button and the shared cache',
  synonyms: ['Cache-Control', 'no-store', 'back button', 'browser cache', 'bfcache', 'proxy'],
  question: 'Who else can see a page that was made for me?',
  weakness: 'account-pages-cached',
  setup: { sharedCache: true },
  actors: { alice: { role: 'victim', label: 'Alice, at a library computer' }, mallory: 'attacker' },
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
        'In front of the shop is a cache that all visitors share, such as a content delivery network (CDN). If it has stored a response for the same URL, it answers in the shop’s place. This one stores what Cache-Control allows; many a CDN does so only for what it is told to. A login is a POST request, which it always forwards.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
    },
    {
      title: 'Alice follows a link to /me/x.css',
      purpose: 'Try web cache deception',
      narration:
        'Many caches are configured to store whatever ends in .css, whatever its headers say. An app that answers every path below /me with the account page would let such a cache store that page, under a URL that an attacker can send around. This app matches whole paths only.',
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
      purpose: 'Load a personal page',
      narration:
        'The shop makes this page from her session, but its URL is the same for everybody. One header tells the cache what it may do with the response.',
      act: ({ alice }) => alice.visit('/me'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does Cache-Control say?',
        answer: ({ alice }) => alice.last.headers['cache-control'] ?? 'nothing',
        vulnerable: 'public, max-age=300',
        protected: 'no-store',
      },
    },
    {
      title: 'Mallory opens the same URL without a cookie',
      purpose: 'Query the cache',
      narration: {
        vulnerable:
          'A cache compares the method and the URL, not cookies. It has a stored response, so the request never reaches the shop, and no guard in the shop can help.',
        protected:
          'A cache compares the method and the URL, not cookies. But it has stored nothing, because the page was marked no-store. So the request reaches the shop, and the guard answers 401.',
        both: 'A cache compares the method and the URL, not cookies. If it has a stored response, the request never reaches the shop, and no guard in the shop can help.',
      },
      act: ({ mallory }) => mallory.visit('/me'),
      claims: {
        vulnerable: ['mallory sends no session cookie', 'mallory is answered by cache'],
        protected: ['mallory sends no session cookie', 'mallory is answered by app'],
      },
      ask: {
        question: 'Whose page does she see?',
        answer: ({ mallory }) => mallory.last.json.email ?? 'nobody’s',
        vulnerable: 'alice@shop.example',
        protected: 'nobody’s',
      },
    },
    {
      title: 'Mallory opens the list of orders',
      purpose: 'Use what the cache stored',
      narration: {
        vulnerable:
          'The shop sends the session cookie again with every response, so that it does not expire while the user is active. The cache stored the response with all its headers, so Mallory’s browser got Alice’s cookie with the page. Nobody has requested the list of orders before, so the shop itself answers.',
        protected:
          'Nobody has requested the list of orders before, so the shop itself answers. A stored response would have given Mallory its Set-Cookie, too. She got none, so to the shop she is a visitor: 401.',
        both: 'The shop sends the session cookie again with every response, so that it does not expire while the user is active. A cache that stores a response stores all its headers, including Set-Cookie. Nobody has requested the list of orders before, so the shop itself answers.',
      },
      act: ({ mallory }) => mallory.get('/orders'),
      claims: {
        vulnerable: ['mallory is answered by app', 'mallory sends the session ID of alice'],
        protected: ['mallory is answered by app', 'mallory sends no session cookie'],
      },
      ask: {
        question: 'What does the shop answer Mallory?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'Alice logs out',
      purpose: 'End the session',
      narration:
        'She opens the front page and logs out there. The shop deletes the session record and clears the cookie, as it should. That does not reach copies stored elsewhere.',
      act: async ({ alice }) => {
        await alice.visit('/');
        await alice.post('/auth/logout');
      },
      claims: ['the record of alice is deleted', 'alice loses the session cookie'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 0,
        protected: 0,
      },
    },
    {
      title: 'The next person at the computer presses Back',
      purpose: 'Query the browser’s cache',
      narration: {
        vulnerable:
          'Alice’s window is still open. Back is not a new visit: the browser shows the page again as it was and requests nothing. Only no-store on the page, or a Clear-Site-Data at the logout, would have prevented that.',
        protected:
          'Alice’s window is still open. Back would show the page as it was, without a request. But the page was marked no-store, so the browser has not kept it and asks the shop again: 401. (The logout also told it to clear its cache: Clear-Site-Data.)',
        both: 'Alice’s window is still open. Back is not a new visit: a browser shows the page again as it was and requests nothing, unless the page was marked no-store or the logout told the browser to clear its cache (Clear-Site-Data).',
      },
      act: ({ alice }) => alice.back(),
      claims: {
        vulnerable: ['alice sends no request'],
        protected: ['alice sends no session cookie', 'alice is answered 401'],
      },
      ask: {
        question: 'Whose page does the browser show?',
        answer: ({ alice }) => alice.last.json.email ?? 'nobody’s',
        vulnerable: 'alice@shop.example',
        protected: 'nobody’s',
      },
    },
    {
      title: 'Mallory requests the account page again',
      purpose: 'Query the cache after the logout',
      narration: {
        vulnerable:
          'She sends no cookie, and the session no longer exists. The logout did not reach the cache: it answers until the stored response expires.',
        protected:
          'She sends no cookie, and the session no longer exists. A logout does not reach a cache, but this cache has nothing of Alice’s, so the shop answers itself.',
        both: 'She sends no cookie, and the session no longer exists. A logout does not reach a cache; it answers until the stored response expires, if it has one.',
      },
      act: ({ mallory }) => mallory.get('/me', { cookie: '' }),
      claims: {
        vulnerable: ['mallory sends no session cookie', 'mallory is answered by cache'],
        protected: ['mallory sends no session cookie', 'mallory is answered by app'],
      },
      ask: {
        question: 'Who answers the request?',
        answer: ({ mallory }) => mallory.last.by,
        vulnerable: 'cache',
        protected: 'app',
      },
    },
  ],
  lesson:
    'No cache, neither a shared one nor the browser’s, may keep a page made for one user: Cache-Control: no-store.',
  fix: `app.use((req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
}, requireAuth);

// POST /auth/logout
res.set('Clear-Site-Data', '"cache"');`,
  notTheFix: [
    'no-cache and private: Back still shows the page; only no-store makes the browser request it again.',
    'A guard in the shop: a request that the cache answers never reaches it.',
    'Clear-Site-Data alone: it clears this browser’s cache, not one in front of the shop.',
  ],
  repairs: {
    fix: {
      title: 'Forbid every cache to store it',
      idea: 'The page is marked no-store, and the logout tells the browser to clear its cache.',
      because:
        'Neither the shared cache nor the browser has a copy, so even Back has to ask the shop, which knows who is logged in.',
    },
    decoys: [
      {
        file: 'account-pages-private',
        title: 'Keep it private, and always ask first',
        idea: 'private keeps shared caches out, and no-cache makes the browser ask the shop before it uses its copy.',
        because:
          'The shared cache stores nothing now. But Back shows the page as it was: no-cache does not apply to it, no-store does.',
        fails: { step: 7, answer: 'alice@shop.example' },
      },
      {
        file: 'account-pages-cached-until-logout',
        title: 'Clear the cache at logout',
        idea: 'With Clear-Site-Data, the response to the logout makes the browser throw away every page that it has stored.',
        because:
          'Alice’s browser throws its copy away, but the header speaks to no other cache. The shared one gives her page to Mallory, and to anyone who presses Back.',
        fails: { step: 4, answer: 'alice@shop.example' },
      },
    ],
  },
});
