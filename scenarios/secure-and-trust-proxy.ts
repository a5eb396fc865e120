import type { Actor } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const logIn = (browser: Actor, origin: string) =>
  browser.on(origin).post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

export default scenario({
  slug: 'secure-and-trust-proxy',
  chapter: 'cookie',
  title: 'https at the edge, http inside',
  question: 'The login answers 200 and I am not logged in. How do I get my cookie, and what must I not do for it?',
  weakness: 'cookie-over-http',
  setup: {
    vulnerable: {
      apps: {
        'https://staging.example': { weakness: 'no-proxy-trusted' },
        'https://api.shop.example': { weakness: 'every-proxy-trusted' },
      },
    },
    protected: {
      apps: {
        'https://staging.example': { weakness: 'no-proxy-trusted' },
        'https://api.shop.example': {},
      },
    },
  },
  // In the café's network somebody answers in the shop's place where nothing is encrypted, and reads what arrives.
  sites: { 'http://shop.example': ({ headers }) => ({ body: headers.cookie ?? '' }) },
  actors: { alice: 'victim', mallory: 'attacker' },
  references: [
    'ASVS V3.3.1',
    'ASVS V4.1.3',
    'ASVS V12.2.1',
    'WSTG-SESS-02',
    'WSTG-SESS-09',
    'WSTG-CRYP-03',
    'RFC6265bis 8.3',
    'RFC6265bis 5.7',
    'NIST 63B-4 5.1.1',
    'CWE-614',
    'CWE-319',
    'CWE-348',
    'CAPEC-102',
    'CAPEC-158',
    'CAPEC-94',
    'expressjs/session#281',
  ],
  steps: [
    {
      title: 'Alice logs in at staging',
      purpose: 'Meet the missing cookie',
      narration:
        'The proxy in front ends https and passes the request on as plain http, with the header X-Forwarded-Proto: https. The app of staging was not told to believe that header. It takes the request for plain http, and express-session then leaves out a Secure cookie without a word.',
      act: ({ alice }) => logIn(alice, 'https://staging.example'),
      ask: {
        question: 'What does the login answer, and with which session cookie?',
        answer: ({ alice }) => {
          const cookie = alice.last.headers['set-cookie']?.includes('sid=') ? 'one' : 'none';
          return `${alice.last.status}, ${cookie}`;
        },
        vulnerable: '200, none',
        protected: '200, none',
      },
    },
    {
      title: 'Alice opens her account at staging',
      purpose: 'See the login loop',
      narration:
        'She has nothing to send, so she is asked to log in again, and again. Each time a record is stored that no browser has the key to.',
      act: ({ alice }) => alice.on('https://staging.example').get('/me'),
      ask: {
        question: 'What does it answer, and how many records are in Redis?',
        answer: async ({ alice, world }) => `${alice.last.status}, ${(await world.keys('sess:')).length}`,
        vulnerable: '401, 1',
        protected: '401, 1',
      },
    },
    {
      title: 'Alice logs in at the shop',
      purpose: 'Two ways to get a cookie',
      narration:
        'There are two ways out of the loop. One takes Secure off the cookie, so that it is sent whatever the app believes; the other tells the app that one proxy stands before it (trust proxy: 1), so that it knows it is reached over https.',
      act: ({ alice }) => logIn(alice, 'https://shop.example'),
      ask: {
        question: 'Is her session cookie Secure?',
        answer: ({ alice }) => (alice.cookie()?.secure ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
    {
      title: 'Alice follows an old bookmark in a café',
      purpose: 'Send one request in clear',
      narration:
        'The bookmark says http://, without the s, so what answers is whoever runs the café’s network; tonight that is Mallory. A browser sends a cookie without Secure there as well. She need not wait for a bookmark: in her network she can answer any unencrypted page with a redirect to that address.',
      act: ({ alice }) => alice.visit('http://shop.example/me'),
      ask: {
        question: 'Can Mallory read the session id in the request?',
        answer: ({ alice }) => (alice.last.text.includes(sidOf(alice.cookie()) ?? '-') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory sends the cookies she read',
      purpose: 'Use what passed by',
      narration:
        'She sends the same Cookie header to the real shop, over https. That she never saw an encrypted byte of Alice’s does not matter.',
      act: ({ mallory, alice }) => mallory.get('/me', { cookie: alice.last.text }),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory guesses passwords from three invented addresses',
      purpose: 'Trust too much',
      narration:
        'The shop counts wrong passwords per address, too. It learns the address from X-Forwarded-For, to which each proxy appends the address it was called from; everything before that, the visitor has written. trust proxy: true believes the first entry, trust proxy: 1 only the one our own proxy wrote.',
      act: async ({ mallory }) => {
        for (const address of ['198.51.100.7', '198.51.100.8', '198.51.100.9']) {
          const guess = { email: 'alice@shop.example', password: 'letmein-1' };
          const headers = { 'X-Forwarded-For': address };
          await mallory.on('https://api.shop.example').post('/auth/login', guess, { headers });
        }
      },
      ask: {
        question: 'From how many addresses did the guesses come, as the shop counts?',
        answer: async ({ world }) => (await world.keys('throttle:source:')).length,
        vulnerable: 3,
        protected: 1,
      },
    },
  ],
  lesson:
    'A Secure cookie behind a proxy needs the exact number of proxies in trust proxy: too few and there is no cookie, too many and the visitor writes the headers.',
  fix: `app.set('trust proxy', 1); // exactly the one proxy that ends TLS
app.use(session({ ...options, name: '__Host-sid', cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: true } }));`,
  notTheFix: [
    'secure: false “because TLS ends at the proxy”: the attribute is for the browser, who then sends the cookie unencrypted whenever an address says http.',
    'trust proxy: true “to be safe”: it believes the first entry of X-Forwarded-For, which the visitor writes.',
    'Redirecting http to https: the redirect is the answer to a request that has already carried the cookie in clear.',
  ],
});
