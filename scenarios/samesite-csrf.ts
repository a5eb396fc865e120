import type { World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

/** Returns the number of Alice's orders. */
async function orders(world: World): Promise<number> {
  const [key] = await world.keys('user:1:orders');
  return key?.value.type === 'list' ? key.value.data.length : 0;
}

const page = () => ({ headers: { 'Content-Type': 'text/html' }, body: '<h1>Kittens</h1>' });

export default scenario({
  slug: 'samesite-csrf',
  chapter: 'cross-site',
  title: 'CSRF and SameSite',
  subtitle: 'The evil page',
  synonyms: ['XSRF', 'cross-site request forgery', 'session riding', 'Lax', 'Strict'],
  question: 'Can another site’s page act in my name just because I am logged in?',
  weakness: 'every-site-may-post',
  // The same in both variants: it shows the cost of the strictest value.
  setup: { apps: { 'https://hats.example': { weakness: 'links-arrive-logged-out' } } },
  actors: { alice: 'victim' },
  sites: { 'https://evil.example': page, 'https://mail.example': page, 'https://blog.shop.example': page },
  cookieAttributes: ['SameSite'],
  references: [
    'ASVS V3.3.2',
    'ASVS V3.5.3',
    'WSTG-SESS-05',
    'WSTG-SESS-02',
    'RFC6265bis 5.6.7.1',
    'RFC6265bis 5.6.7.2',
    'RFC6265bis 5.2',
    'RFC6265bis 8.8',
    'NIST 63B-4 5.1.1',
    'CWE-352',
    'CWE-1275',
    'CWE-346',
    'CAPEC-62',
  ],
  subject: ['sess:', 'user:*:orders'],
  steps: [
    {
      title: 'Alice logs in and puts a hat into her basket',
      purpose: 'Get a session cookie',
      narration:
        'A browser chooses cookies by a request’s destination, not by the page that caused it. The attribute SameSite is the exception: it says whether requests that other sites’ pages cause also carry the cookie.',
      act: async ({ alice }) => {
        await alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await alice.post('/basket', { item: 'hat' });
      },
      ask: {
        question: 'What is the SameSite value of her session cookie?',
        answer: ({ alice }) => alice.cookie()?.sameSite ?? 'nothing',
        vulnerable: 'None',
        protected: 'Lax',
      },
    },
    {
      title: 'Alice opens evil.example, which loads an image from the shop',
      purpose: 'Cause a cross-site request',
      narration: {
        vulnerable:
          'The image’s URL is the shop’s account page. evil.example cannot read the response, but the browser sends the request. With SameSite=None it carries the cookie, if the browser still allows third-party cookies.',
        protected:
          'The image’s URL is the shop’s account page. evil.example cannot read the response, but the browser sends the request. With SameSite=Lax, a cross-site image request does not carry the cookie, so the shop answers 401.',
        both: 'The image’s URL is the shop’s account page. evil.example cannot read the response, but the browser sends the request. With SameSite=None it carries the cookie (if the browser still allows third-party cookies); with Lax, a cross-site image request does not.',
      },
      act: async ({ alice }) => {
        await alice.visit('https://evil.example/');
        await alice.on('https://evil.example').image('https://shop.example/me');
      },
      claims: {
        vulnerable: ['alice sends a session cookie'],
        protected: ['alice holds a cookie back: SameSite=Lax', 'alice sends no session cookie'],
      },
      ask: {
        question: 'Does the shop recognize Alice in the image request?',
        answer: ({ alice }) => (alice.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'The page submits a form to the shop’s checkout',
      purpose: 'Forge a request (CSRF)',
      narration: {
        vulnerable:
          'A page may submit a form to any site, and a script can do so without a click. POST /orders needs no fields: it buys the contents of the basket. The browser sends Alice’s cookie, so it is her basket, and nothing in the shop asks where the form comes from.',
        protected:
          'A page may submit a form to any site, and a script can do so without a click. POST /orders needs no fields: it buys the contents of the basket. But with Lax, the browser sends no cookie with this POST. The shop also sees in Sec-Fetch-Site that it is cross-site, and refuses it: 403.',
        both: 'A page may submit a form to any site, and a script can do so without a click. POST /orders needs no fields: it buys the contents of the basket. Whose basket that is depends on whether the browser sends Alice’s cookie.',
      },
      act: ({ alice }) => alice.on('https://evil.example').form('https://shop.example/orders', {}),
      claims: {
        vulnerable: ['alice sends a session cookie'],
        protected: ['alice holds a cookie back: SameSite=Lax', 'alice sends no session cookie'],
      },
      ask: {
        question: 'How many orders does Alice’s account have?',
        answer: ({ world }) => orders(world),
        vulnerable: 1,
        protected: 0,
        neutral: false,
      },
    },
    {
      title: 'Alice follows a link to the shop in an e-mail',
      purpose: 'Check what must keep working',
      narration: {
        vulnerable:
          'With SameSite=None, the cookie is sent when somebody follows a link to the shop, and Alice arrives logged in. An attacker’s page may contain the same link, so no GET request may change anything in the shop.',
        protected:
          'Lax sends the cookie when somebody follows a link to the shop, so Alice arrives logged in; Strict would not. An attacker’s page may contain the same link, so no GET request may change anything in the shop.',
        both: 'Lax sends the cookie when somebody follows a link to the shop, as None does, so Alice arrives logged in; Strict would not. An attacker’s page may contain the same link, so no GET request may change anything in the shop.',
      },
      act: async ({ alice }) => {
        await alice.visit('https://mail.example/');
        await alice.on('https://mail.example').link('https://shop.example/me');
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'Whom does the shop recognize?',
        answer: ({ alice }) => alice.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Alice follows a link to a shop with SameSite=Strict',
      purpose: 'See the cost of Strict',
      narration:
        'She has logged in at hats.example before. Strict withholds the cookie even when she only follows a link, so she arrives logged out. She makes her next click in that shop itself, so it carries the cookie.',
      act: async ({ alice }) => {
        const hats = alice.on('https://hats.example');
        await hats.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await alice.on('https://mail.example').link('https://hats.example/me');
        await hats.link('/me');
      },
      claims: ['alice holds a cookie back: SameSite=Strict', 'alice sends a session cookie', 'alice is answered 200'],
      ask: {
        question: 'Is she logged in when she arrives?',
        answer: ({ alice }) => (alice.responses.at(-2)?.status === 200 ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
    {
      title: 'A page of blog.shop.example loads the same image',
      purpose: 'See what “site” means',
      narration:
        'The blog runs third-party software, and a comment in it contains the image. To SameSite, a site is the scheme and the registrable domain: blog.shop.example and shop.example are one site, whatever the attribute says.',
      act: async ({ alice }) => {
        await alice.visit('https://blog.shop.example/');
        await alice.on('https://blog.shop.example').image('https://shop.example/me');
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'Does the shop recognize Alice in the image request?',
        answer: ({ alice }) => (alice.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'The blog’s page submits the form',
      purpose: 'Bypass SameSite',
      narration: {
        vulnerable:
          'Alice has put a scarf into her basket. The browser sends the cookie, because the blog is the same site. Only the shop itself could stop the order now, and this one does not look where a request comes from and requires no token.',
        protected:
          'Alice has put a scarf into her basket. The browser sends the cookie, because the blog is the same site. The shop itself stops the order: Sec-Fetch-Site says that the request does not come from its own pages. It also has no token, which only these pages know.',
        both: 'Alice has put a scarf into her basket. The browser sends the cookie in both variants. Only the shop itself can stop the order now: through Sec-Fetch-Site, where the browser says that the request does not come from the shop’s own pages, and through a token that only these pages know.',
      },
      act: async ({ alice }) => {
        await alice.post('/basket', { item: 'a scarf' });
        await alice.on('https://blog.shop.example').form('https://shop.example/orders', {});
      },
      claims: {
        vulnerable: ['alice sends a session cookie', 'alice is answered 201'],
        protected: ['alice sends a session cookie', 'alice is answered 403'],
      },
      ask: {
        question: 'How many orders does Alice’s account have now?',
        answer: ({ world }) => orders(world),
        vulnerable: 2,
        protected: 0,
        neutral: false,
      },
    },
    {
      title: 'Alice places an order herself',
      purpose: 'Order from the shop’s own page',
      narration: {
        vulnerable:
          'The shop’s own page is same-origin, so SameSite makes no difference to it. But the forged orders have bought everything before: her basket is empty, and the shop answers 409.',
        protected:
          'The shop’s own page is same-origin and has the token, so the shop does not refuse the order as a forgery. Hat and scarf are still in the basket.',
        both: 'The shop’s own page is same-origin and has the token, so neither variant refuses it as a forgery. Where forged orders have bought everything before, her basket is empty, and the shop answers 409.',
      },
      act: ({ alice }) => alice.post('/orders'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 409,
        protected: 201,
      },
    },
  ],
  lesson:
    'SameSite is only one layer of CSRF defense: sibling subdomains and links still send the cookie, so check where a request comes from and change nothing by GET.',
  fix: `cookie: { sameSite: 'lax', httpOnly: true, secure: true, path: '/' }

// And for every request that changes something:
app.use((req, res, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next();
  const site = req.get('sec-fetch-site');
  const own = site === undefined // an older browser: it sends Origin with requests that change something
    ? [undefined, \`\${req.protocol}://\${req.host}\`].includes(req.get('origin'))
    : site === 'same-origin' || site === 'none';
  if (own) return next();
  res.sendStatus(403);
});`,
  notTheFix: [
    'Leaving SameSite out: Chromium-based browsers then assume Lax, other browsers do not. And Chromium sends a cookie younger than two minutes with another site’s form post, which is the time right after a login.',
    'SameSite=Strict: links from e-mails arrive logged out, and a sibling subdomain is still the same site.',
    'CORS (cross-origin resource sharing): it decides who may read a response. A form needs no permission to be sent, and the order is placed before anybody reads the response.',
  ],
  repairs: {
    fix: {
      title: 'Lax, a check of the origin, and a token',
      idea: 'The cookie has SameSite=Lax, and the shop checks where a request comes from and whether it has the token.',
      because: 'Other sites do not send the cookie, and what a sibling subdomain sends is refused by the shop itself.',
    },
    decoys: [
      {
        file: 'same-site-and-nothing-else',
        title: 'SameSite=Lax',
        idea: 'Browsers do not send the cookie with requests that another site’s page causes, except for links.',
        because: 'That stops evil.example. The hacked blog is on the same site, so its form still carries the cookie.',
        fails: { step: 7, answer: 1 },
      },
      {
        file: 'links-arrive-logged-out',
        title: 'SameSite=Strict, a check of the origin, and a token',
        idea: 'No request from another site carries the cookie, and the shop checks every request as well.',
        because: 'No order can be forged. But Alice follows a link in an e-mail and arrives logged out.',
        fails: { step: 4, answer: 'nobody' },
      },
    ],
  },
});
