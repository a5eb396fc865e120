import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';
import type { SiteHandler } from './engine/sites.ts';

const cafe = 'http://shop.example';
const account = { email: 'alice@shop.example', password: 'rabbit-hole-7' };

/** Mallory’s copy of the shop. It answers every path with a login form, and shows what somebody types into it. */
const copyOfTheShop: SiteHandler = ({ method, body }) =>
  method === 'POST'
    ? { body }
    : {
        headers: { 'content-type': 'text/html' },
        body: '<h1>Hats and rabbits</h1><p>You have been logged out.</p><form method="post" action="/auth/login">…</form>',
      };

const isMallorys = ({ last }: Actor) => last.by.startsWith('http://');
const whoAnswered = (actor: Actor) => (isMallorys(actor) ? 'Mallory' : 'the shop');

export default scenario({
  slug: 'hsts',
  chapter: 'cookie',
  title: 'HSTS: HTTP Strict Transport Security',
  subtitle: 'The request before any cookie flag',
  synonyms: [
    'Strict-Transport-Security',
    'HTTPS',
    'http to https redirect',
    'SSL stripping',
    'sslstrip',
    'preload',
    'includeSubDomains',
    'café Wi-Fi',
    'man in the middle',
    'phishing',
  ],
  question: 'My cookie is Secure and my shop has https. Why is typing its name in a café still dangerous?',
  weakness: 'no-hsts',
  actors: {
    alice: 'victim',
    mallory: { role: 'attacker', label: 'Mallory, in a café' },
    bob: { role: 'victim', label: 'Bob, new here' },
  },
  // Mallory answers whatever is unencrypted. For https she would need a certificate of the shop.
  sites: {
    [cafe]: copyOfTheShop,
    'http://www.shop.example': copyOfTheShop,
    'https://www.shop.example': () => ({ status: 308, headers: { location: 'https://shop.example/' } }),
  },
  references: [
    'ASVS V3.4.1',
    'ASVS V12.2.1',
    'WSTG-CONF-07',
    'WSTG-CRYP-03',
    'RFC 6797 section 7.2',
    'RFC 6797 section 8.3',
    'RFC 6797 section 14.4',
    'RFC 6797 section 14.6',
    'NIST 63B-4 5.1',
    'CWE-319',
    'CAPEC-94',
  ],
  steps: [
    {
      title: 'Alice logs in at home',
      purpose: 'Reach the shop over https',
      narration: {
        vulnerable:
          'The connection is encrypted, and the session cookie is Secure. The shop does not send the header Strict-Transport-Security (HSTS), which would tell the browser: for a year, ask this host and its subdomains over https only.',
        protected:
          'The connection is encrypted, and the session cookie is Secure. The shop also sends the header Strict-Transport-Security (HSTS). It tells the browser: for a year, ask this host and its subdomains over https only.',
        both: 'The connection is encrypted, and the session cookie is Secure. The protected shop also sends the header Strict-Transport-Security (HSTS). It tells the browser: for a year, ask this host and its subdomains over https only. The other shop sends none.',
      },
      act: ({ alice }) => alice.post('/auth/login', account),
      claims: ['alice gets a session cookie'],
    },
    {
      title: 'Alice types shop.example in a café',
      purpose: 'Send the first request of a visit',
      narration:
        'She types no https://, so a browser asks over http, unless it knows better. (Many browsers now try https first. They go on with http when the network blocks https.) Anyone who runs the network can answer an http request instead of the shop: here it is Mallory.',
      act: ({ alice }) => alice.visit('http://shop.example/'),
      claims: {
        vulnerable: [
          'alice holds a cookie back: it is Secure',
          'alice sends no session cookie',
          'alice is answered by http://shop.example',
        ],
        protected: ['alice sends a session cookie', 'alice is answered by app'],
      },
      ask: {
        question: 'Who answers Alice?',
        answer: ({ alice }) => whoAnswered(alice),
        vulnerable: 'Mallory',
        protected: 'the shop',
      },
    },
    {
      title: 'Alice uses the page she sees',
      purpose: 'Log in where the page asks for it',
      narration: {
        vulnerable:
          'Mallory’s copy of the shop says that Alice has been logged out, and asks for her password. Secure keeps the cookie from Mallory. It cannot keep Alice from typing.',
        protected:
          'The real shop knows Alice by her cookie, and shows her account. In a copy of the shop she would be asked for her password: Secure keeps the cookie from Mallory, but cannot keep Alice from typing.',
        both: 'If Mallory answers, her copy of the shop says that Alice has been logged out, and asks for her password. The real shop knows Alice by her cookie, and shows her account. Secure keeps the cookie from Mallory. It cannot keep Alice from typing.',
      },
      act: ({ alice }) =>
        isMallorys(alice) ? alice.on(cafe).form('/auth/login', account) : alice.on('https://shop.example').link('/me'),
      claims: {
        vulnerable: ['alice sends no session cookie', 'alice is answered by http://shop.example'],
        protected: ['alice sends a session cookie', 'alice is answered by app'],
      },
      ask: {
        question: 'Whom does Alice give her password?',
        answer: ({ alice }) => (alice.last.text.includes('password=') ? whoAnswered(alice) : 'nobody'),
        vulnerable: 'Mallory',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory logs in with what she read',
      purpose: 'Take the account over',
      narration: {
        vulnerable:
          'She goes to the real shop over https, with the password from her own form. It gets her a session of her own: no attribute of Alice’s cookie has a say in that.',
        protected:
          'She goes to the real shop over https, with a guess, because she has read nothing. The right password would get her a session of her own: no attribute of Alice’s cookie has a say in that.',
        both: 'She goes to the real shop over https, with the password from her own form, or with a guess if she has none. The right password gets her a session of her own: no attribute of Alice’s cookie has a say in that.',
      },
      act: async ({ mallory, alice }) => {
        const read = /password=([^&]+)/.exec(alice.last.text)?.[1];
        await mallory.post('/auth/login', { email: account.email, password: read ?? 'letmein' });
        await mallory.get('/me');
      },
      claims: {
        vulnerable: ['mallory gets a session cookie', 'mallory is taken for Alice'],
        protected: ['mallory gets no session cookie', 'mallory is taken for nobody'],
      },
      ask: {
        question: 'Who does the shop think Mallory is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice types www.shop.example',
      purpose: 'Ask for a subdomain',
      narration:
        'The real www sends visitors on to shop.example. Alice has never been there, so only the word includeSubDomains in the header of shop.example can make her browser ask www over https.',
      act: ({ alice }) => alice.visit('http://www.shop.example/'),
      claims: {
        vulnerable: ['alice is answered by http://www.shop.example'],
        protected: ['alice sends a session cookie', 'alice is answered by app'],
      },
      ask: {
        question: 'Who answers now?',
        answer: ({ alice }) => whoAnswered(alice),
        vulnerable: 'Mallory',
        protected: 'the shop',
      },
    },
    {
      title: 'Bob types shop.example for the first time',
      purpose: 'See what HSTS leaves open',
      narration:
        'Bob’s browser has never had a response from the shop, so it cannot know the header. Only a list inside the browser helps before the first visit: a domain can be entered at hstspreload.org, and getting it out again takes months.',
      act: ({ bob }) => bob.visit('http://shop.example/'),
      claims: ['bob is answered by http://shop.example'],
      ask: {
        question: 'Who answers Bob?',
        answer: ({ bob }) => whoAnswered(bob),
        vulnerable: 'Mallory',
        protected: 'Mallory',
      },
    },
  ],
  lesson:
    'Secure protects the cookie, HSTS protects the visit: without it, one request over http lets the network show any page as yours.',
  fix: `app.use((req, res, next) => {
  // Only over https: browsers ignore it over http (RFC 6797).
  if (req.secure) res.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  next();
});`,
  notTheFix: [
    'Redirecting http to https: an attacker who answers instead of the shop does not redirect. The redirect is for the first visit on an honest network.',
    'Secure and __Host-: the cookie stays in the browser, and the visitor types the password into the wrong page.',
    'Sending the header over http, or as <meta http-equiv>: browsers ignore both.',
    'A max-age of some minutes: it ends before the next visit. Begin with a short one, and raise it to a year when all subdomains have https.',
  ],
  repairs: {
    fix: {
      title: 'Send Strict-Transport-Security',
      idea: 'Over https, every response tells the browser to ask this host and its subdomains over https only, for a year.',
      because: 'The browser changes http to https before anything leaves it, so Mallory gets no request to answer.',
    },
    decoys: [
      {
        file: 'http-redirected-without-hsts',
        title: 'Redirect http to https',
        idea: 'Anyone who asks over http is sent to https at once, so the shop delivers no page unencrypted.',
        because: 'The request over http never reaches the shop: Mallory answers it, and she does not redirect.',
        fails: { step: 2, answer: 'Mallory' },
      },
      {
        file: 'hsts-without-subdomains',
        title: 'Send the header for shop.example',
        idea: 'The cookie belongs to shop.example alone, so the header need not be about other hosts.',
        because:
          'shop.example is safe now. Alice types www.shop.example just as often, and there Mallory still answers.',
        fails: { step: 5, answer: 'Mallory' },
      },
    ],
  },
});
