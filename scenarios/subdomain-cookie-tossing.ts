import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';
import { plantingLink, plantingSite } from './engine/sites.ts';

const blog = 'https://blog.shop.example';
const logIn = (alice: Actor) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

export default scenario({
  slug: 'subdomain-cookie-tossing',
  chapter: 'cross-site',
  title: 'Cookie tossing',
  subtitle: 'Two cookies, one name',
  synonyms: ['subdomain', 'Domain attribute', 'shadowing', 'duplicate cookie', 'two cookies'],
  question: 'If a subdomain sets a cookie of the same name, which one does the shop read?',
  weakness: 'cookie-for-all-subdomains',
  actors: { alice: 'victim', mallory: 'attacker' },
  sites: { 'https://blog.shop.example': plantingSite },
  cookieAttributes: ['Domain'],
  references: [
    'ASVS V3.3.3',
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
  subject: ['sess:', 'basket:'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Get a session cookie',
      narration:
        'With Domain, the shop can make its cookie valid for all its subdomains. Without Domain, the cookie is host-only: valid only for the host that set it.',
      act: ({ alice }) => logIn(alice),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'Which hosts is the cookie for?',
        answer: ({ alice }) => (alice.cookie()?.hostOnly ? 'shop.example alone' : 'every subdomain too'),
        vulnerable: 'every subdomain too',
        protected: 'shop.example alone',
      },
    },
    {
      title: 'Alice reads the shop’s blog',
      purpose: 'See who receives the cookie',
      narration:
        'The blog is other software on another machine, and it was hacked. HttpOnly hides a cookie from the page’s scripts, not from the server that the browser sends it to.',
      act: ({ alice }) => alice.visit(blog),
      claims: { vulnerable: ['alice sends a session cookie'], protected: ['alice sends no session cookie'] },
      ask: {
        question: 'Did the blog receive Alice’s session cookie?',
        answer: ({ alice }) => (alice.last.text.includes('sid') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory logs in to her own account',
      purpose: 'Get a genuine cookie to plant',
      narration: 'Mallory keeps the cookie. The hacked blog will set it in every browser that opens a certain link.',
      act: ({ mallory }) => mallory.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' }),
      claims: ['mallory gets a session cookie'],
    },
    {
      title: 'Alice opens the link to the blog',
      purpose: 'Try to set a second cookie',
      narration: {
        vulnerable:
          'The blog sets a cookie with the name of the shop’s session cookie, for the whole domain and with a longer path: /me. This is cookie tossing. It replaces nothing, because name, domain and path together identify a cookie.',
        protected:
          'The blog sets a cookie with the name of the shop’s session cookie, for the whole domain and with a longer path: /me. This is cookie tossing. But the name begins with __Host-: a browser refuses such a cookie if it has a Domain or another path than /.',
        both: 'The blog sets a cookie with the name of the shop’s session cookie, for the whole domain and with a longer path: /me. This is cookie tossing. It replaces nothing, because name, domain and path together identify a cookie. If the name begins with __Host-, the browser refuses it.',
      },
      act: ({ alice, mallory }) => {
        const { name, value } = mallory.cookie()!;
        return alice.visit(plantingLink(blog, `${name}=${value}; Domain=shop.example; Path=/me; Secure`));
      },
      claims: { vulnerable: [], protected: ['alice refuses a cookie: a __Host- name requires'] },
      ask: {
        question: 'How many session cookies would /me receive?',
        answer: ({ alice, mallory }) =>
          alice.cookiesFor('/me').filter(({ name }) => name === mallory.cookie()?.name).length,
        vulnerable: 2,
        protected: 1,
        neutral: false,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See which cookie is read',
      narration: {
        vulnerable:
          'A Cookie header carries names and values, but not the path, the domain or who set a cookie. The longer path comes first, and the shop, like most servers, takes the first cookie of a name. (Python’s http.cookies takes the last.)',
        protected:
          'A Cookie header carries names and values, but not the path, the domain or who set a cookie. The shop could not tell a tossed cookie from its own. It need not: the browser has only one of that name, and that is Alice’s.',
        both: 'A Cookie header carries names and values, but not the path, the domain or who set a cookie. Of two cookies of one name, the longer path comes first, and the shop, like most servers, takes the first. (Python’s http.cookies takes the last.)',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: {
        vulnerable: ['alice sends the session ID of mallory', 'alice gets a session cookie'],
        protected: ['alice sends a session cookie'],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ alice }) => alice.last.json.email ?? 'nobody',
        vulnerable: 'mallory@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Alice puts a present into her basket',
      purpose: 'Continue as usual',
      narration: {
        vulnerable:
          'The response to the last request renewed the cookie of the session that was read, for the whole shop: Mallory’s. So the tossed session no longer needs its longer path. Then Mallory, at home, opens her own basket.',
        protected:
          'The browser sends the one session cookie that it has, so the present goes into Alice’s own basket. Then Mallory, at home, opens hers.',
        both: 'The response to the last request renewed the cookie of the session that was read, for the whole shop. So a tossed session that was read once no longer needs its longer path. Then Mallory, at home, opens her own basket.',
      },
      act: async ({ alice, mallory }) => {
        await alice.post('/basket', { item: 'a present for Bob' });
        await mallory.get('/basket');
      },
      claims: ['alice sends a session cookie', 'mallory sends a session cookie'],
      ask: {
        question: 'What does Mallory find in her basket?',
        answer: ({ mallory }) => mallory.last.json.basket[0] ?? 'nothing',
        vulnerable: 'a present for Bob',
        protected: 'nothing',
      },
    },
    {
      title: 'The blog sets an invalid session cookie',
      purpose: 'Try to lock Alice out',
      narration: {
        vulnerable:
          'The value is not a session, but the cookie comes first. The shop finds no valid signature in it, and does not look for a second cookie of that name.',
        protected:
          'The value is not a session, but the cookie would come first. The browser refuses it like the one before, because of its Domain and Path under a __Host- name. So the shop reads Alice’s cookie.',
        both: 'The value is not a session, but the cookie would come first. A shop that reads it finds no valid signature and does not look for a second cookie of that name. Under a __Host- name, the browser refuses it.',
      },
      act: async ({ alice, mallory }) => {
        await alice.visit(plantingLink(blog, `${mallory.cookie()?.name}=x; Domain=shop.example; Path=/me; Secure`));
        await alice.get('/me');
      },
      ask: {
        question: 'What does the shop answer Alice?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
        neutral: false,
      },
    },
    {
      title: 'Alice logs in again',
      purpose: 'Try the usual remedy',
      narration: {
        vulnerable:
          'The login sets a new cookie for the path /. The tossed cookie has a longer path and still comes first, until the user deletes it, or the shop expires a cookie of that very Domain and Path.',
        protected:
          'The login sets a new cookie for the path /, and it is the only one of its name. No tossed cookie got into the browser, so there is nothing that would have to be removed.',
        both: 'The login sets a new cookie for the path /. A tossed cookie with a longer path would still come first, until the user deletes it, or the shop expires a cookie of that very Domain and Path.',
      },
      act: async ({ alice }) => {
        await logIn(alice);
        await alice.get('/me');
      },
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'What does the shop answer Alice now?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
        neutral: false,
      },
    },
  ],
  lesson: 'A subdomain can set a cookie that comes before yours, unless the cookie’s name begins with __Host-.',
  fix: `session({
  name: '__Host-sid',
  cookie: { path: '/', secure: true, httpOnly: true, sameSite: 'lax' }, // and no domain: browsers would refuse it
})`,
  notTheFix: [
    'HttpOnly and SameSite: the tossed cookie needs neither, and the blog is the same site.',
    'A host-only cookie under a plain name: the blog can still set one for the domain, and its longer path puts it first.',
    'Reading the last cookie instead of the first: a shorter path, or a younger cookie, comes last just as easily.',
  ],
  repairs: {
    fix: {
      title: 'A name that begins with __Host-',
      idea: 'The cookie has no Domain, and browsers let no subdomain set one of this name.',
      because: 'The browser refuses the blog’s cookie, so the shop never sees two of them.',
    },
    decoys: [
      {
        file: 'plain-cookie-name',
        title: 'No Domain',
        idea: 'The cookie is valid only for the host that set it, so the blog no longer receives it.',
        because:
          'The blog cannot read the cookie now. It can still set one of the same name for the whole domain, and its longer path comes first.',
        fails: { step: 5, answer: 'mallory@shop.example' },
      },
      {
        file: 'secure-prefix',
        title: 'A name that begins with __Secure-',
        idea: 'The cookie has no Domain, and browsers accept a cookie of this name only with Secure and over https.',
        because:
          'The blog is served over https and sets Secure. The prefix says nothing about which host may set the cookie.',
        fails: { step: 5, answer: 'mallory@shop.example' },
      },
    ],
  },
});
