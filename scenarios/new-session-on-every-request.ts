import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';
import type { SiteHandler } from './engine/sites.ts';

const shop = 'https://shop.example';
const frontEnd = 'https://app.shop.example';
const localFrontEnd = 'http://127.0.0.1:5173';
const localApp = 'http://localhost:3000';

const page: SiteHandler = () => ({ headers: { 'content-type': 'text/html' }, body: '<div id="root"></div>' });

/** fetch(url) with what fetch() does about cookies when nobody says. */
const plainly = { credentials: 'same-origin' } as const;

const what = ({ last }: Actor) => (last.by === 'blocked by CORS' ? 'a CORS error' : last.status);
const items = ({ last }: Actor): number | string => last.json?.basket.length ?? 'none';

export default scenario({
  slug: 'new-session-on-every-request',
  chapter: 'running',
  title: 'A new session on every request',
  subtitle: 'The cookie that fetch() leaves behind',
  synonyms: [
    'credentials: include',
    'withCredentials',
    'req.session is undefined after login',
    'session not persisting',
    'session ID changes',
    'cookie not set',
    'not logged in',
    'React',
    'Vite',
    'axios',
    'localhost:3000',
    'CORS',
    'SPA',
  ],
  question: 'Why does my React app get a new session with every request?',
  weakness: 'cors-without-credentials',
  setup: {
    environment: { FRONT_END_ORIGINS: frontEnd },
    apps: { [localApp]: { weakness: 'cookie-over-http', frontEnds: [localFrontEnd] } },
  },
  sites: { [frontEnd]: page, [localFrontEnd]: page },
  openPages: [frontEnd, localFrontEnd],
  actors: { alice: { role: 'person', label: 'Alice' }, dev: { role: 'person', label: 'A developer' } },
  references: ['expressjs/session#374', 'expressjs/session#597', 'ASVS V3.4.2', 'RFC6265bis 5.7', 'RFC6265bis 5.2'],
  subject: ['sess:', 'basket:'],
  steps: [
    {
      title: 'Alice puts a hat into her basket',
      purpose: 'Get a session from another origin',
      narration:
        'The page at app.shop.example calls fetch() for https://shop.example. The shop stores a session record and answers with Set-Cookie. But fetch() uses cookies only within its own origin, unless it says credentials: "include". Another host name or another port is another origin.',
      act: ({ alice }) => alice.on(frontEnd).post(`${shop}/basket`, { item: 'hat' }, plainly),
      claims: [
        'alice refuses a cookie: does not say credentials',
        'alice gets no session cookie',
        '1 records are stored',
      ],
    },
    {
      title: 'Alice puts a scarf into her basket',
      purpose: 'Send the next request',
      narration:
        'Her browser has no cookie to send, so the shop takes her for a new visitor, and stores another record. Nothing reports an error: each answer is a 200. The record of the hat stays in Redis, and nobody has its cookie.',
      act: ({ alice }) => alice.on(frontEnd).post(`${shop}/basket`, { item: 'scarf' }, plainly),
      claims: ['alice sends no session cookie', 'alice is answered 200', '1 records are stored'],
      ask: {
        question: 'How many items are in her basket?',
        answer: ({ alice }) => items(alice),
        vulnerable: 1,
        protected: 1,
      },
    },
    {
      title: 'The front end says credentials: "include"',
      purpose: 'Repair the client’s half',
      narration: {
        vulnerable:
          'Now a browser may send cookies, and demands more of the shop: its answers must name the page’s origin in Access-Control-Allow-Origin, and say Access-Control-Allow-Credentials: true. The JSON request asks first, with a preflight. This shop answers *, which does not count, so the request is not sent.',
        protected:
          'Now a browser may send cookies, and demands more of the shop: its answers must name the page’s origin in Access-Control-Allow-Origin, and say Access-Control-Allow-Credentials: true. The JSON request asks first, with a preflight. This shop’s answer does both, and the browser keeps the cookie.',
        both: 'Now a browser may send cookies, and demands more of the shop: its answers must name the page’s origin in Access-Control-Allow-Origin, where * does not count, and say Access-Control-Allow-Credentials: true. The JSON request asks first, with a preflight.',
      },
      act: ({ alice }) => alice.on(frontEnd).post(`${shop}/basket`, { item: 'cap' }),
      claims: {
        vulnerable: ['alice gets no session cookie', 'no record is stored'],
        protected: ['alice gets a session cookie', 'the record of alice is stored'],
      },
      ask: {
        question: 'What does the page’s script get?',
        answer: ({ alice }) => what(alice),
        vulnerable: 'a CORS error',
        protected: 200,
      },
    },
    {
      title: 'Alice puts a ring into her basket',
      purpose: 'See whether the session lasts',
      narration: {
        vulnerable:
          'Both halves must agree: the client sends credentials, and the shop names the front end. This shop does not, so the browser asks, gets the same answer, and sends no request.',
        protected:
          'Both halves agree: the client sends credentials, and the shop names the front end. So the cookie comes back with this request, and the shop finds the record with the cap in the basket.',
        both: 'Both halves must agree: the client sends credentials, and the shop names the front end. Only then does the cookie come back with the next request, and the shop finds the record.',
      },
      act: ({ alice }) => alice.on(frontEnd).post(`${shop}/basket`, { item: 'ring' }),
      claims: {
        vulnerable: ['alice sends no session cookie', 'no record is stored'],
        protected: ['alice sends a session cookie', 'alice keeps the session ID', 'no record is stored'],
      },
      ask: {
        question: 'How many items does the page show?',
        answer: ({ alice }) => items(alice),
        vulnerable: 'none',
        protected: 2,
      },
    },
    {
      title: 'The page is served from shop.example itself',
      purpose: 'Need no CORS at all',
      narration:
        'A reverse proxy can serve the page and the shop’s answers from one origin, as Vite’s server.proxy does in development. Then a plain fetch() sends and stores the cookie. Alice puts in a glove and another one.',
      act: async ({ alice }) => {
        await alice.post('/basket', { item: 'left glove' }, plainly);
        await alice.post('/basket', { item: 'right glove' }, plainly);
      },
      claims: ['alice sends a session cookie', 'alice is answered 200'],
      ask: {
        question: 'Are both gloves in one basket?',
        answer: ({ alice }) => (alice.last.json.basket.includes('left glove') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'A developer opens http://127.0.0.1:5173',
      purpose: 'See another cause on one machine',
      narration:
        'The page calls http://localhost:3000, and both halves agree. But 127.0.0.1 and localhost are two sites, although they are one machine, and the cookie has SameSite=Lax: another site’s fetch() can neither set nor send it. Two ports of localhost would be one site.',
      act: ({ dev }) => dev.on(localFrontEnd).post(`${localApp}/basket`, { item: 'hat' }),
      claims: ['dev is answered 200', 'dev refuses a cookie: SameSite=Lax', 'dev gets no session cookie'],
      ask: {
        question: 'Does the browser keep the cookie?',
        answer: ({ dev }) => (dev.cookie('connect.sid') ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
  ],
  lesson:
    'A new session on every request means that the cookie does not come back: look at Set-Cookie in the first response and at Cookie in the second request.',
  fix: `// The page
fetch('https://shop.example/basket', { method: 'POST', credentials: 'include', headers, body });

// The shop, before every route
const frontEnds = ['https://app.shop.example']; // exactly as the browser writes the origin
app.use((req, res, next) => {
  res.vary('Origin');
  const origin = req.get('origin');
  if (origin === undefined || !frontEnds.includes(origin)) return next();
  res.set({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' });
  next(); // and an answer to preflights: see middleware/cors.ts
});`,
  notTheFix: [
    'resave: true and saveUninitialized: true: the record was stored all along. What is missing is the cookie.',
    'secure: false for production: it is another cause. express-session sets no Secure cookie over http, not even on localhost, so only development needs secure: false.',
    'sameSite: "none" without secure: true: browsers refuse such a cookie.',
    'Setting the header Cookie in fetch(): no script can.',
  ],
  repairs: {
    fix: {
      title: 'Name the front end, and allow credentials',
      idea: 'The shop answers its own front end with Access-Control-Allow-Origin: https://app.shop.example, and allows cookies.',
      because: 'The browser stores the cookie, and sends it with the next request.',
    },
    decoys: [
      {
        file: 'cors-with-a-star',
        title: 'Allow credentials, and every origin',
        idea: 'The shop adds Access-Control-Allow-Credentials: true to the * that it sends already.',
        because: 'A browser accepts no * for a request with cookies: it would lend every user’s login to every site.',
        fails: { step: 3, answer: 'a CORS error' },
      },
      {
        file: 'cors-without-credentials-all-saved',
        title: 'Save every session',
        idea: 'With resave and saveUninitialized, express-session stores the session with each request, so it cannot be lost.',
        because:
          'No session was lost. The browser never sends its ID. Now even visitors who store nothing leave a record behind.',
        fails: { step: 3, answer: 'a CORS error' },
      },
    ],
  },
});
