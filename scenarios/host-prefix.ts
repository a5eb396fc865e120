import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';
import { plantingLink, plantingSite } from './engine/sites.ts';

const blog = 'https://blog.shop.example';

/** What the shop calls its session cookie: the attacker reads it in her own browser. */
const nameOf = (mallory: Actor) => mallory.cookie()?.name ?? 'none';

const sentToShop = (actor: Actor, mallory: Actor) =>
  actor.cookiesFor('/').filter(({ name }) => name === nameOf(mallory)).length;

export default scenario({
  slug: 'host-prefix',
  chapter: 'cookie',
  title: 'A name with a guarantee',
  question: 'How can a shop know that its session cookie was set by the shop?',
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
        'She wants a cookie that the shop accepts, to put it into other people’s browsers: they would then shop in her account without noticing. The attributes of the cookie are the careful ones. They stay in the browser: a request carries name and value, nothing else.',
      act: ({ mallory }) => mallory.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' }),
      ask: {
        question: 'Is it Secure, for / and for this host alone?',
        answer: ({ mallory }) => {
          const cookie = mallory.cookie();
          return cookie?.secure && cookie.path === '/' && cookie.hostOnly ? 'yes' : 'no';
        },
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'The shop’s blog, hacked, sets five cookies',
      purpose: 'Try what must be refused',
      narration:
        'All have the name of the shop’s session cookie and lack some of Secure, Path=/ and no Domain. The cookie standard lists these five as ones that a browser must always refuse under a name that begins with __Host-. Under any other name a browser takes them, and the three that are for the whole domain replace each other.',
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
      ask: {
        question: 'How many of them would go to the shop?',
        answer: ({ alice, mallory }) => sentToShop(alice, mallory),
        vulnerable: 1,
        protected: 0,
      },
    },
    {
      title: 'The blog plants Mallory’s cookie; Alice opens the shop',
      purpose: 'Plant from a subdomain',
      narration:
        'The blog may set cookies for the domain above it; that is what Domain is for. The shop’s own check, the signature, finds nothing wrong: the value is genuine, only the browser is the wrong one.',
      act: async ({ alice, mallory }) => {
        const cookie = `${nameOf(mallory)}=${mallory.cookie()?.value}`;
        await alice.visit(plantingLink(blog, `${cookie}; Secure; Domain=shop.example; Path=/`));
        await alice.get('/me');
      },
      ask: {
        question: 'Who does the shop think Alice is?',
        answer: ({ alice }) => alice.last.json.email ?? 'nobody',
        vulnerable: 'mallory@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory answers in the café for http://shop.example',
      purpose: 'Plant from the wire',
      narration:
        'Over plain http anybody on the way can answer in the shop’s place. Here she needs no Domain: to Bob’s browser, which has no cookie of the shop yet, it is the shop that answers. A cookie with Secure is refused over http, one without it is not, unless its name asks for more. Then Bob opens the real shop over https.',
      act: async ({ bob, mallory }) => {
        const cookie = `${nameOf(mallory)}=${mallory.cookie()?.value}; Path=/`;
        await bob.visit(plantingLink('http://shop.example', cookie, `${cookie}; Secure`));
        await bob.get('/me');
      },
      ask: {
        question: 'Who does the shop think Bob is?',
        answer: ({ bob }) => bob.last.json.email ?? 'nobody',
        vulnerable: 'mallory@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'The blog writes the prefix in small letters',
      purpose: 'Try to slip past the rule',
      narration:
        'Some servers read cookie names without regard to case, so __host-sid would be as good there as __Host-sid. Browsers therefore look for the prefix in any case.',
      act: ({ alice }) => alice.visit(plantingLink(blog, '__host-sid=12345; Secure; Domain=shop.example; Path=/')),
      ask: {
        question: 'Does the browser take it?',
        answer: ({ alice }) => (alice.cookie('__host-sid') ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
    {
      title: 'Alice logs in',
      purpose: 'Set the genuine one',
      narration:
        'Her login is answered with a cookie over https, for / and without Domain. That is what the prefix asks for, so the browser takes it under either name. It replaces only a cookie of the same name, path and domain.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'How many session cookies go to the shop now?',
        answer: ({ alice, mallory }) => sentToShop(alice, mallory),
        vulnerable: 2,
        protected: 1,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See who wins',
      narration:
        'Of two cookies with one name and one path a browser sends the older one first, and the shop reads the first. A cookie that was planted before the login would still be in front; and as a login ends the session that the request came with, it would lead nowhere by now.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ alice }) => alice.last.json.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Bob logs in to another shop, which adds a Domain',
      purpose: 'Get the guarantee wrong',
      narration:
        'The name is __Host-sid and the cookie has a Domain, “to be sure”. The login is answered with 200 and a Set-Cookie, and no browser tells a server that it refused one. Only the page after the login shows it.',
      act: async ({ bob }) => {
        const hats = bob.on('https://hats.example');
        await hats.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await hats.get('/me');
      },
      ask: {
        question: 'What does the page after the login answer?',
        answer: ({ bob }) => bob.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson: '__Host- lets the browser, not your server, refuse a planted cookie.',
  fix: `session({
  name: '__Host-sid',
  cookie: { path: '/', secure: true, httpOnly: true, sameSite: 'lax' }, // and no domain
})`,
  notTheFix: [
    'Secure: it keeps the cookie off plain http, and any subdomain with a certificate can still set one.',
    'The signature: what is planted is genuine, signed by the shop for the attacker.',
    '__Secure-: it asks only for Secure, so a subdomain may set it with Domain.',
  ],
});
