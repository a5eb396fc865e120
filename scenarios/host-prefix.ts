import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';
import { plantingLink, plantingSite } from './engine/sites.ts';

const blog = 'https://blog.shop.example';

/** Returns the name of the shop's session cookie, which the attacker reads in her own browser. */
const nameOf = (mallory: Actor) => mallory.cookie()?.name ?? 'none';

const sentToShop = (actor: Actor, mallory: Actor) =>
  actor.cookiesFor('/').filter(({ name }) => name === nameOf(mallory)).length;

export default scenario({
  slug: 'host-prefix',
  chapter: 'cross-site',
  title: 'The __Host- prefix',
  subtitle: 'A name with a guarantee',
  synonyms: ['__Host-', '__Secure-', 'cookie prefix', 'cookie name'],
  question: 'How can a shop know that it set its session cookie itself?',
  weakness: 'plain-cookie-name',
  actors: { mallory: 'attacker', alice: 'victim', bob: { role: 'victim', label: 'Bob, in a café' } },
  setup: { apps: { 'https://hats.example': { weakness: 'host-prefix-with-a-domain' } } },
  sites: { 'https://blog.shop.example': plantingSite, 'http://shop.example': plantingSite },
  references: [
    'ASVS V3.3.1',
    'ASVS V3.3.3',
    'WSTG-SESS-02',
    'WSTG-SESS-03',
    'RFC6265bis 4.1.3',
    'RFC6265bis 5.4',
    'RFC6265bis 5.7',
    'RFC6265bis 8.6',
    'NIST 63B-4 5.1.1',
    'CWE-565',
    'CWE-384',
    'CAPEC-31',
  ],
  steps: [
    {
      title: 'Mallory logs in to her own account',
      purpose: 'Get a genuine cookie',
      narration:
        'She wants a cookie that the shop accepts, to plant it in other people’s browsers: they would then shop in her account without noticing. The cookie has all the recommended attributes, but these stay in the browser: a request carries only name and value.',
      act: ({ mallory }) => mallory.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' }),
      claims: ['mallory gets a session cookie'],
      ask: {
        question: 'Is it Secure, with Path=/ and without Domain?',
        answer: ({ mallory }) => {
          const cookie = mallory.cookie();
          return cookie?.secure && cookie.path === '/' && cookie.hostOnly ? 'yes' : 'no';
        },
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'The shop’s hacked blog sets five cookies',
      purpose: 'Try what must be refused',
      narration: {
        vulnerable:
          'All have the name of the shop’s session cookie, sid, and each breaks at least one rule of the prefix __Host-: Secure, Path=/, no Domain. Under a name without the prefix a browser accepts them, and the three for the whole domain replace each other.',
        protected:
          'All have the name of the shop’s session cookie, and each breaks at least one rule: Secure, Path=/, no Domain. The cookie standard lists these five as cookies that a browser must always refuse under a name beginning with __Host-.',
        both: 'All have the name of the shop’s session cookie, and each breaks at least one rule: Secure, Path=/, no Domain. The cookie standard lists these five as cookies that a browser must always refuse under a name beginning with __Host-. Under any other name a browser accepts them, and the three for the whole domain replace each other.',
      },
      act: ({ alice, mallory }) => {
        const cookie = `${nameOf(mallory)}=12345`;
        const five = [
          cookie,
          `${cookie}; Secure`,
          `${cookie}; Domain=shop.example`,
          `${cookie}; Domain=shop.example; Path=/`,
          `${cookie}; Secure; Domain=shop.example; Path=/`,
        ];
        return alice.visit(plantingLink(blog, ...five));
      },
      claims: { vulnerable: [], protected: ['alice refuses a cookie: a __Host- name requires'] },
      ask: {
        question: 'How many of them would the shop receive?',
        answer: ({ alice, mallory }) => sentToShop(alice, mallory),
        vulnerable: 1,
        protected: 0,
      },
    },
    {
      title: 'The blog plants Mallory’s cookie; Alice opens the shop',
      purpose: 'Plant from a subdomain',
      narration: {
        vulnerable:
          'The attribute Domain lets the blog set cookies for its parent domain. The shop’s own check, the signature, finds nothing wrong: the value is genuine, but it is in the wrong browser.',
        protected:
          'The attribute Domain lets the blog set cookies for its parent domain, but not under a name that begins with __Host-. The browser refuses the cookie, so Alice’s request carries none. The shop’s own check, the signature, would have found nothing wrong.',
        both: 'The attribute Domain lets the blog set cookies for its parent domain, unless the name begins with __Host-. The shop’s own check, the signature, finds nothing wrong: the value is genuine, but it is in the wrong browser.',
      },
      act: async ({ alice, mallory }) => {
        const cookie = `${nameOf(mallory)}=${mallory.cookie()?.value}`;
        await alice.visit(plantingLink(blog, `${cookie}; Secure; Domain=shop.example; Path=/`));
        await alice.get('/me');
      },
      claims: {
        vulnerable: ['alice sends the session ID of mallory', 'alice is taken for Mallory'],
        protected: ['alice refuses a cookie: a __Host- name requires', 'alice sends no session cookie'],
      },
      ask: {
        question: 'Who does the shop think Alice is?',
        answer: ({ alice }) => alice.last.json.email ?? 'nobody',
        vulnerable: 'mallory@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory answers for http://shop.example in the café',
      purpose: 'Plant over plain http',
      narration: {
        vulnerable:
          'Over plain http, anybody on the network path can answer in the shop’s place. Mallory needs no Domain: Bob’s browser, which has no cookie of the shop yet, cannot tell her from the shop. It refuses the cookie with Secure, and accepts the one without it. Then Bob opens the real shop over https.',
        protected:
          'Over plain http, anybody on the network path can answer in the shop’s place. Mallory needs no Domain. But over http a browser refuses a cookie with Secure, and under a __Host- name it refuses one without. Then Bob opens the real shop over https, and has no cookie to send.',
        both: 'Over plain http, anybody on the network path can answer in the shop’s place. Mallory needs no Domain: Bob’s browser, which has no cookie of the shop yet, cannot tell her from the shop. Over http, a browser refuses a cookie with Secure and accepts one without it, unless its name requires Secure. Then Bob opens the real shop over https.',
      },
      act: async ({ bob, mallory }) => {
        const cookie = `${nameOf(mallory)}=${mallory.cookie()?.value}; Path=/`;
        await bob.visit(plantingLink('http://shop.example', cookie, `${cookie}; Secure`));
        await bob.get('/me');
      },
      claims: {
        vulnerable: [
          'bob refuses a cookie: a Secure cookie cannot be set over http',
          'bob sends the session ID of mallory',
        ],
        protected: ['bob refuses a cookie: a Secure cookie cannot be set over http', 'bob sends no session cookie'],
      },
      ask: {
        question: 'Who does the shop think Bob is?',
        answer: ({ bob }) => bob.last.json.email ?? 'nobody',
        vulnerable: 'mallory@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'The blog writes the prefix in lower case',
      purpose: 'Try to bypass the rule',
      narration:
        'Some servers ignore case in cookie names, so to them __host-sid is as good as __Host-sid. Browsers therefore ignore case when they look for the prefix.',
      act: ({ alice }) => alice.visit(plantingLink(blog, '__host-sid=12345; Secure; Domain=shop.example; Path=/')),
      claims: ['alice refuses a cookie: a __Host- name requires'],
      ask: {
        question: 'Does the browser accept it?',
        answer: ({ alice }) => (alice.cookie('__host-sid') ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
    {
      title: 'Alice logs in',
      purpose: 'Set the genuine cookie',
      narration:
        'Her login sets a Secure cookie over https, with Path=/ and without Domain. This meets the prefix rule, so the browser accepts it under either name. It replaces only a cookie of the same name, path and domain.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'How many session cookies does the shop receive now?',
        answer: ({ alice, mallory }) => sentToShop(alice, mallory),
        vulnerable: 2,
        protected: 1,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See which cookie wins',
      narration: {
        vulnerable:
          'Of two cookies with the same name and path, a browser sends the older one first, and the shop reads the first: the one that was planted before the login. It leads nowhere by now, because the login ended the session that its request came with.',
        protected:
          'Of two cookies with the same name and path, a browser sends the older one first, and the shop reads the first. Here there is only one: no cookie could be planted under the __Host- name.',
        both: 'Of two cookies with the same name and path, a browser sends the older one first, and the shop reads the first. A cookie planted before the login would still come first. It would lead nowhere by now, because a login ends the session that the request came with.',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ alice }) => alice.last.json.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Bob logs in to another shop, which adds a Domain',
      purpose: 'Break the prefix rule',
      narration:
        'The cookie is named __Host-sid and has a Domain, “to be sure”. The login answers 200 with a Set-Cookie, and no browser tells a server that it refused a cookie. Only the page after the login shows it.',
      act: async ({ bob }) => {
        const hats = bob.on('https://hats.example');
        await hats.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await hats.get('/me');
      },
      claims: ['bob refuses a cookie: a __Host- name requires'],
      ask: {
        question: 'What does the page after the login answer?',
        answer: ({ bob }) => bob.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson: 'With the __Host- prefix, the browser, not your server, refuses a planted cookie.',
  fix: `session({
  name: '__Host-sid',
  cookie: { path: '/', secure: true, httpOnly: true, sameSite: 'lax' }, // and no domain
})`,
  notTheFix: [
    'Secure: it keeps the cookie off plain http, but any subdomain with a certificate can still set one.',
    'The signature: the planted cookie is genuine, signed by the shop for the attacker.',
    '__Secure-: it requires only Secure, so a subdomain may set it with Domain.',
  ],
  repairs: {
    fix: {
      title: 'Name the cookie __Host-sid',
      idea: 'Browsers accept a cookie of that name only over HTTPS, with Path=/ and for one host.',
      because: 'Neither a subdomain nor an attacker on the network can set such a cookie for the shop.',
    },
    decoys: [
      {
        file: 'secure-prefix',
        title: 'Name the cookie __Secure-sid',
        idea: 'Browsers accept a cookie of that name only over HTTPS and with Secure.',
        because:
          'That stops the attacker in the café. The blog has HTTPS too, and may set the cookie for the whole domain.',
        fails: { step: 3, answer: 'mallory@shop.example' },
      },
      {
        file: 'plain-cookie-name-strict',
        title: 'Set SameSite=Strict and no Domain',
        idea: 'The cookie belongs to this host alone, and no request from another site carries it.',
        because:
          'The attributes are about the shop’s own cookie. Anyone who plants another one chooses its attributes.',
        fails: { step: 3, answer: 'mallory@shop.example' },
      },
    ],
  },
});
