import type { World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

/** How many orders of Alice's the shop has. */
async function orders(world: World): Promise<number> {
  const [key] = await world.keys('user:1:orders');
  return key?.value.type === 'list' ? key.value.data.length : 0;
}

const page = () => ({ headers: { 'Content-Type': 'text/html' }, body: '<h1>Kittens</h1>' });

export default scenario({
  slug: 'samesite-csrf',
  chapter: 'cookie',
  title: 'The evil page',
  question: 'Can another site’s page act in my name, only because I am logged in?',
  weakness: 'every-site-may-post',
  // In both variants: what it shows is the price of the strictest value.
  setup: { apps: { 'https://hats.example': { weakness: 'links-arrive-logged-out' } } },
  actors: { alice: 'victim' },
  sites: { 'https://evil.example': page, 'https://mail.example': page, 'https://blog.shop.example': page },
  references: [
    'ASVS V3.3.2',
    'ASVS V3.5.3',
    'ASVS V3.5.8',
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
  steps: [
    {
      title: 'Alice logs in and puts a hat into her basket',
      purpose: 'Get a session cookie',
      narration:
        'A browser adds cookies to a request by where it goes, not by who asked for it. The attribute SameSite is the exception: it says whether the cookie also travels with what other sites’ pages cause.',
      act: async ({ alice }) => {
        await alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await alice.post('/basket', { item: 'hat' });
      },
      ask: {
        question: 'What does SameSite say in her session cookie?',
        answer: ({ alice }) => alice.cookie()?.sameSite ?? 'nothing',
        vulnerable: 'None',
        protected: 'Lax',
      },
    },
    {
      title: 'Alice opens evil.example, which loads an image from the shop',
      purpose: 'Cause a request in passing',
      narration:
        'The address of the “image” is the shop’s account page. Evil cannot read the answer, but the request is made. With SameSite=None it carries the cookie (where the browser still allows cookies of third parties); with Lax an image of another site travels without.',
      act: async ({ alice }) => {
        await alice.visit('https://evil.example/');
        await alice.on('https://evil.example').image('https://shop.example/me');
      },
      ask: {
        question: 'Does the shop recognise Alice in the request for the image?',
        answer: ({ alice }) => (alice.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'The page sends a form to the shop’s checkout',
      purpose: 'Act in Alice’s name',
      narration:
        'A form may be sent to any site, and a script can send it without a click. POST /orders needs no fields: it buys what is in the basket. Whether it is Alice’s basket depends on whether the cookie comes along.',
      act: ({ alice }) => alice.on('https://evil.example').form('https://shop.example/orders', {}),
      ask: {
        question: 'How many orders has Alice made?',
        answer: ({ world }) => orders(world),
        vulnerable: 1,
        protected: 0,
      },
    },
    {
      title: 'Alice follows a link to the shop in a mail',
      purpose: 'See what must go on working',
      narration:
        'Lax lets the cookie go along when somebody goes to the shop by a link, so that she arrives logged in; Strict would not. An evil page may contain the same link: so nothing the shop does by GET may change anything.',
      act: async ({ alice }) => {
        await alice.visit('https://mail.example/');
        await alice.on('https://mail.example').link('https://shop.example/me');
      },
      ask: {
        question: 'Whom does the shop recognise?',
        answer: ({ alice }) => alice.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Alice follows a link to a shop whose cookie says Strict',
      purpose: 'See what Strict costs',
      narration:
        'She has logged in at hats.example before. Strict keeps the cookie behind also when she only follows a link, so she arrives as a stranger. Her next click is made in that shop itself, and takes the cookie along.',
      act: async ({ alice }) => {
        const hats = alice.on('https://hats.example');
        await hats.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await alice.on('https://mail.example').link('https://hats.example/me');
        await hats.link('/me');
      },
      ask: {
        question: 'What do the link and the next click get?',
        answer: ({ alice }) => {
          const [arrival, click] = alice.responses.slice(-2);
          return `${arrival?.status}, then ${click?.status}`;
        },
        vulnerable: '401, then 200',
        protected: '401, then 200',
      },
    },
    {
      title: 'A page of blog.shop.example loads the same image',
      purpose: 'Look at what “site” means',
      narration:
        'The blog runs somebody else’s software, and a comment in it contains the image. To SameSite, a site is the registered domain: blog.shop.example and shop.example are one, whatever the attribute says.',
      act: async ({ alice }) => {
        await alice.visit('https://blog.shop.example/');
        await alice.on('https://blog.shop.example').image('https://shop.example/me');
      },
      ask: {
        question: 'Does the shop recognise Alice in the request for the image?',
        answer: ({ alice }) => (alice.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'The blog’s page sends the form',
      purpose: 'Get past SameSite',
      narration:
        'The cookie comes along in both shops. What can stop the order now is only the shop itself: by Sec-Fetch-Site, in which the browser says that this request does not come from the shop’s own pages, and by a token that only these pages know.',
      act: ({ alice }) => alice.on('https://blog.shop.example').form('https://shop.example/orders', {}),
      ask: {
        question: 'How many orders has Alice made by now?',
        answer: ({ world }) => orders(world),
        vulnerable: 2,
        protected: 0,
      },
    },
    {
      title: 'Alice orders herself',
      purpose: 'See that the fix costs nothing',
      narration: 'The shop’s own page is same-origin, and it has the token. To her both shops are alike.',
      act: ({ alice }) => alice.post('/orders'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 201,
        protected: 201,
      },
    },
  ],
  lesson:
    'SameSite decides which requests carry the cookie; it is a layer, not the wall: siblings and links pass it, so check where a request comes from and change nothing by GET.',
  fix: `cookie: { sameSite: 'lax', httpOnly: true, secure: true, path: '/' }

// And for everything that changes something:
app.use((req, res, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next();
  const site = req.get('sec-fetch-site');
  const own = site === undefined // an older browser: it sends Origin with whatever changes something
    ? [undefined, \`\${req.protocol}://\${req.host}\`].includes(req.get('origin'))
    : site === 'same-origin' || site === 'none';
  if (own) return next();
  res.sendStatus(403);
});`,
  notTheFix: [
    'Leaving SameSite out: browsers then assume Lax, but Chromium lets a cookie younger than two minutes go along with another site’s form post, which is the time right after a login.',
    'SameSite=Strict: links from mails arrive logged out, and a sibling subdomain is still the same site.',
    'CORS: it decides who may read an answer. A form needs no permission to be sent, and the order is made before anybody reads.',
  ],
});
