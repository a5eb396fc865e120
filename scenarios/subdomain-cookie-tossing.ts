import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';
import { plantingLink, plantingSite } from './engine/sites.ts';

const blog = 'https://blog.shop.example';
const logIn = (alice: Actor) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

export default scenario({
  slug: 'subdomain-cookie-tossing',
  chapter: 'cookie',
  title: 'Two cookies, one name',
  question: 'If a subdomain sets a cookie of the same name, which one does the shop read?',
  weakness: 'cookie-for-all-subdomains',
  actors: { alice: 'victim', mallory: 'attacker' },
  sites: { 'https://blog.shop.example': plantingSite },
  references: [
    'ASVS V3.3.3',
    'ASVS V3.5.4',
    'WSTG-SESS-02',
    'WSTG-SESS-03',
    'RFC6265bis 5.7',
    'RFC6265bis 5.8.3',
    'RFC6265bis 8.6',
    'CWE-565',
    'CWE-384',
    'CWE-694',
    'CAPEC-31',
    'CAPEC-61',
  ],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Get a session cookie',
      narration:
        'The shop may say with Domain that its cookie is for all its subdomains as well. Without Domain it is for the one host that set it.',
      act: ({ alice }) => logIn(alice),
      ask: {
        question: 'Which hosts is the cookie for?',
        answer: ({ alice }) => (alice.cookie()?.hostOnly ? 'shop.example alone' : 'every subdomain too'),
        vulnerable: 'every subdomain too',
        protected: 'shop.example alone',
      },
    },
    {
      title: 'Alice reads the shop’s blog',
      purpose: 'See who is sent the cookie',
      narration:
        'The blog is other software on another machine, and it was hacked. HttpOnly hides a cookie from the page’s scripts, not from the server that the browser sends it to.',
      act: ({ alice }) => alice.visit(blog),
      ask: {
        question: 'Was the blog sent Alice’s session cookie?',
        answer: ({ alice }) => (alice.last.text.includes('sid') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory logs in to her own account',
      purpose: 'Get a genuine cookie to toss',
      narration: 'She keeps the cookie, and lets the hacked blog hand it out to whoever opens a certain link.',
      act: ({ mallory }) => mallory.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' }),
    },
    {
      title: 'Alice opens the link to the blog',
      purpose: 'Toss a second cookie',
      narration:
        'The blog sets a cookie with the name of the shop’s session cookie, for the whole domain, and with a longer path: /me. It replaces nothing, because name, domain and path together are what a cookie is known by.',
      act: ({ alice, mallory }) => {
        const { name, value } = mallory.cookie()!;
        return alice.visit(plantingLink(blog, `${name}=${value}; Domain=shop.example; Path=/me; Secure`));
      },
      ask: {
        question: 'How many session cookies would go to /me?',
        answer: ({ alice, mallory }) =>
          alice.cookiesFor('/me').filter(({ name }) => name === mallory.cookie()?.name).length,
        vulnerable: 2,
        protected: 1,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See which one is read',
      narration:
        'A Cookie header carries names and values. It tells neither path nor domain nor who set what. The longer path comes first, and the shop, like nearly every server, takes the first cookie of a name.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ alice }) => alice.last.json.email ?? 'nobody',
        vulnerable: 'mallory@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Alice puts a present into her basket',
      purpose: 'Work on as usual',
      narration:
        'The answer to the last request renewed the cookie of the session that was read, for the whole shop. So a tossed session that was read once needs its long path no more. Then Mallory, at home, looks into her own basket.',
      act: async ({ alice, mallory }) => {
        await alice.post('/basket', { item: 'a present for Bob' });
        await mallory.get('/basket');
      },
      ask: {
        question: 'What does Mallory find in her basket?',
        answer: ({ mallory }) => mallory.last.json.basket[0] ?? 'nothing',
        vulnerable: 'a present for Bob',
        protected: 'nothing',
      },
    },
    {
      title: 'The blog tosses garbage instead',
      purpose: 'Lock somebody out',
      narration:
        'It is no session at all, but it would stand in front. A shop that reads it finds no valid signature, and does not look for a second cookie of that name.',
      act: async ({ alice, mallory }) => {
        await alice.visit(plantingLink(blog, `${mallory.cookie()?.name}=x; Domain=shop.example; Path=/me; Secure`));
        await alice.get('/me');
      },
      ask: {
        question: 'What does the shop answer Alice?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Alice logs in again',
      purpose: 'Try the usual remedy',
      narration:
        'The login is answered with a new cookie for the path /. A tossed cookie for a longer path would stay in front of that one too, until somebody deletes it in the browser.',
      act: async ({ alice }) => {
        await logIn(alice);
        await alice.get('/me');
      },
      ask: {
        question: 'What does the shop answer Alice now?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
  ],
  lesson: 'A subdomain can put its cookie in front of yours, unless the name begins with __Host- and forbids it.',
  fix: `session({
  name: '__Host-sid',
  cookie: { path: '/', secure: true, httpOnly: true, sameSite: 'lax' }, // and no domain: that would be refused
})`,
  notTheFix: [
    'HttpOnly and SameSite: the tossed cookie needs neither, and the blog is the same site.',
    'A host-only cookie under a plain name: the blog still sets one for the domain, and its longer path puts it in front.',
    'Reading the last cookie instead of the first: a shorter path, or a younger cookie, comes last just as easily.',
  ],
});
