import type { Actor } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const logIn = (browser: Actor, origin: string) =>
  browser.on(origin).post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

export default scenario({
  slug: 'secure-and-trust-proxy',
  chapter: 'cookie',
  title: 'Secure flag and trust proxy',
  subtitle: 'https at the edge, http inside',
  synonyms: [
    'proxy',
    'nginx',
    'load balancer',
    'reverse proxy',
    'TLS',
    'HTTPS',
    'X-Forwarded-Proto',
    'sniffing',
    'eavesdropping',
    'not logged in',
    'cookie not set',
    'hijack',
    'hijacking',
  ],
  question: 'The login answers 200, but I am not logged in. How do I get my cookie safely?',
  weakness: 'cookie-over-http',
  // The proxy of this shop removes the HSTS header, so that the cookie’s own attribute has to protect it.
  setup: {
    vulnerable: {
      hiddenHeaders: ['strict-transport-security'],
      apps: {
        'https://staging.example': { weakness: 'no-proxy-trusted' },
        'https://api.shop.example': { weakness: 'every-proxy-trusted' },
      },
    },
    protected: {
      hiddenHeaders: ['strict-transport-security'],
      apps: {
        'https://staging.example': { weakness: 'no-proxy-trusted' },
        'https://api.shop.example': {},
      },
    },
  },
  // In the café's network, Mallory answers unencrypted requests in the shop's place and reads what arrives.
  sites: { 'http://shop.example': ({ headers }) => ({ body: headers.cookie ?? '' }) },
  actors: { alice: 'victim', mallory: 'attacker' },
  cookieAttributes: ['Secure'],
  references: [
    'ASVS V3.3.1',
    'ASVS V4.1.3',
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
  subject: ['sess:', 'throttle:source:'],
  steps: [
    {
      title: 'Alice logs in at staging',
      purpose: 'Reproduce the missing cookie',
      narration:
        'The reverse proxy terminates TLS (the encryption of https) and forwards the request as plain http, with the header X-Forwarded-Proto: https. The staging app does not trust that header. So express-session sees plain http, and silently leaves out its Secure cookie. The device cookie is Secure, too, and is sent: res.cookie() does not look at the connection.',
      act: ({ alice }) => logIn(alice, 'https://staging.example'),
      claims: ['alice is answered 200', 'alice gets no session cookie', '1 records are stored'],
      ask: {
        question: 'How many session cookies does the login set?',
        answer: ({ alice }) => (alice.last.headers['set-cookie']?.includes('sid=') ? 'one' : 'none'),
        vulnerable: 'none',
        protected: 'none',
      },
    },
    {
      title: 'Alice opens her account page at staging',
      purpose: 'See the login loop',
      narration:
        'Alice has no cookie to send, so staging asks her to log in again and again. Each login stores a session record that no browser has a cookie for.',
      act: ({ alice }) => alice.on('https://staging.example').get('/me'),
      claims: ['alice sends no session cookie'],
      ask: {
        question: 'What does staging answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Alice logs in at the shop',
      purpose: 'Compare two ways to get a cookie',
      narration: {
        vulnerable:
          'There are two ways out of the loop: to remove Secure, or to tell the app that one proxy is in front of it (trust proxy: 1). This shop has removed Secure, so its cookie is sent whatever the app believes about the connection.',
        protected:
          'There are two ways out of the loop: to remove Secure, or to tell the app that one proxy is in front of it (trust proxy: 1). This shop trusts the one proxy. It knows that the browser uses https, and sends a Secure cookie.',
        both: 'There are two ways out of the loop. One removes Secure, so that the cookie is sent whatever the app believes. The other tells the app that one proxy is in front of it (trust proxy: 1), so it knows that browsers use https. The protected shop takes the second way.',
      },
      act: ({ alice }) => logIn(alice, 'https://shop.example'),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'Is her session cookie marked Secure?',
        answer: ({ alice }) => (alice.cookie()?.secure ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
    {
      title: 'Alice opens an old http:// bookmark in a café',
      purpose: 'Send one unencrypted request',
      narration: {
        vulnerable:
          'Over http, the operator of the café’s network can answer; tonight that is Mallory. The browser sends the cookie without Secure there as well. Mallory need not wait for a bookmark: she can redirect any unencrypted page to that URL. (This shop’s proxy removes the HSTS header, which would make the browser ask over https.)',
        protected:
          'Over http, the operator of the café’s network can answer; tonight that is Mallory. The browser holds the cookie back, because it is Secure and the request is not encrypted. (This shop’s proxy removes the HSTS header, which would make the browser ask over https. So it is Secure alone that helps here.)',
        both: 'Over http, the operator of the café’s network can answer; tonight that is Mallory. A browser sends a cookie without Secure there as well, and holds a Secure one back. Mallory need not wait for a bookmark: she can redirect any unencrypted page to that URL. (This shop’s proxy removes the HSTS header, which would make the browser ask over https.)',
      },
      act: ({ alice }) => alice.visit('http://shop.example/me'),
      claims: {
        vulnerable: ['alice sends a session cookie'],
        protected: ['alice holds a cookie back: it is Secure', 'alice sends no session cookie'],
      },
      ask: {
        question: 'Can Mallory read the session ID in the request?',
        answer: ({ alice }) => (alice.last.text.includes(sidOf(alice.cookie()) ?? '-') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory sends the cookies she read',
      purpose: 'Replay the intercepted cookies',
      narration: {
        vulnerable:
          'She sends the Cookie header that she read to the real shop, over https. She never needed to see any of Alice’s encrypted traffic.',
        protected:
          'She sends what she read to the real shop, over https. The request in the café carried no cookie, so she has nothing to send, and the shop does not know her.',
        both: 'She sends whatever Cookie header she read to the real shop, over https. She never needed to see any of Alice’s encrypted traffic. Where the browser held the cookie back, she has nothing to send.',
      },
      act: ({ mallory, alice }) => mallory.get('/me', { cookie: alice.last.text }),
      claims: { vulnerable: ['mallory sends the session ID of alice'], protected: ['mallory sends no session cookie'] },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory guesses passwords from three forged addresses',
      purpose: 'Trust too many proxies',
      narration:
        'The shop also counts wrong passwords per IP address. It reads the address from X-Forwarded-For: each proxy appends the address it was called from, and everything before that comes from the visitor. trust proxy: true believes the first entry, trust proxy: 1 only the one our own proxy wrote.',
      act: async ({ mallory }) => {
        for (const address of ['198.51.100.7', '198.51.100.8', '198.51.100.9']) {
          const guess = { email: 'alice@shop.example', password: 'letmein-1' };
          const headers = { 'X-Forwarded-For': address };
          await mallory.on('https://api.shop.example').post('/auth/login', guess, { headers });
        }
      },
      ask: {
        question: 'From how many addresses did the guesses come, by the shop’s count?',
        answer: async ({ world }) => (await world.keys('throttle:source:')).length,
        vulnerable: 3,
        protected: 1,
        leads: true,
      },
    },
  ],
  lesson:
    'A Secure cookie behind a proxy needs the exact number of proxies in trust proxy: with too few there is no cookie, with too many the visitor writes the headers.',
  fix: `app.set('trust proxy', 1); // exactly the one proxy that terminates TLS
app.use(session({ ...options, name: '__Host-sid', cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: true } }));`,
  notTheFix: [
    'secure: false “because TLS ends at the proxy”: the attribute is for the browser, which otherwise sends the cookie unencrypted to any http:// URL of the shop.',
    'trust proxy: true “to be safe”: it believes the first entry of X-Forwarded-For, which the visitor writes.',
    'HSTS (Strict-Transport-Security) in place of Secure: a browser that has visited the shop over https before then asks for the old bookmark over https too, but the first visit and a browser that does not know the header are open. Send both.',
    'Redirecting http to https: the request that is redirected has already carried the cookie unencrypted.',
  ],
  repairs: {
    fix: {
      title: 'Secure, and trust one proxy',
      idea: 'The cookie is always Secure, and the app believes exactly one proxy about the scheme.',
      because: 'The browser keeps the cookie to itself on every unencrypted request.',
    },
    decoys: [
      {
        file: 'http-redirected-to-https',
        title: 'Redirect http to https',
        idea: 'Anyone who arrives over http is sent to https at once, so no page is delivered unencrypted.',
        because:
          'In the café, Mallory answers instead of the shop, so nothing is redirected. And the request has already carried the cookie.',
        fails: { step: 5, answer: 'alice@shop.example' },
      },
      {
        file: 'secure-auto-without-proxy',
        title: 'Let express-session decide',
        idea: 'With secure: "auto", the cookie is Secure on an https connection. No header of a proxy has to be trusted.',
        because: 'The connection from the proxy is http, so express-session leaves Secure out for everybody.',
        fails: { step: 3, answer: 'no' },
      },
    ],
  },
});
