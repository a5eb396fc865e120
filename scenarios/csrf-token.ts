import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';
import { plantingLink, plantingSite } from './engine/sites.ts';

const shop = 'https://shop.example';
const blog = 'https://blog.shop.example';
const credentials = { email: 'alice@shop.example', password: 'rabbit-hole-7' };

/** A form that a page sends by itself. Its one field, written out as name=value, happens to be JSON. */
const forge = (alice: Actor, origin: string, token = '') =>
  alice
    .on(origin)
    .form(
      `${shop}/account/email`,
      { [`{"email":"mallory@evil.example","_csrf":"${token}","rest":"`]: '"}' },
      'text/plain',
    );

export default scenario({
  slug: 'csrf-token',
  chapter: 'cookie',
  title: 'Prove you saw my form',
  question: 'SameSite keeps other sites out. Who is left that a token has to stop?',
  weakness: 'csrf-token-in-a-cookie',
  actors: { alice: 'victim', mallory: 'attacker' },
  sites: {
    'https://evil.example': () => ({ body: 'Win a rabbit' }),
    'https://blog.shop.example': plantingSite,
  },
  references: [
    'ASVS V3.5.1',
    'ASVS V3.5.2',
    'ASVS V11.5.1',
    'WSTG-SESS-05',
    'RFC6265bis 8.2',
    'RFC6265bis 8.8.1',
    'NIST 63B-4 5.1',
    'CWE-352',
    'CWE-346',
    'CAPEC-62',
  ],
  steps: [
    {
      title: 'Alice opens the shop and logs in',
      purpose: 'Get a session and a token',
      narration:
        'With the login the shop gives her page a token. A script of the page keeps it and sends it back in a header whenever it changes something; another site’s page cannot read it. The shop must be able to tell later whether a token is the right one, and so needs something to compare it with.',
      act: async ({ alice }) => {
        await alice.visit(shop);
        await alice.post('/auth/login', credentials);
      },
      ask: {
        question: 'Where is what the token will be compared with?',
        answer: ({ alice }) => (alice.cookie('csrf') ? 'in a cookie' : 'on the server'),
        vulnerable: 'in a cookie',
        protected: 'on the server',
      },
    },
    {
      title: 'Alice puts a hat into her basket',
      purpose: 'Use the shop’s own page',
      narration:
        'The request comes from the shop’s page, so it carries the cookies and the token. Nothing is in the way.',
      act: ({ alice }) => alice.post('/basket', { item: 'hat' }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'A page of evil.example changes Alice’s e-mail',
      purpose: 'Forge from another site',
      narration:
        'A form may be sent to any site; this one sends itself. The session cookie says SameSite=Lax, so it stays behind. A shop that only looks at the session sees a stranger; one that asks the browser where the request comes from (Sec-Fetch-Site) sees a forgery.',
      act: async ({ alice }) => {
        await alice.visit('https://evil.example');
        await forge(alice, 'https://evil.example');
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 403,
      },
    },
    {
      title: 'The shop’s own blog, hacked, does the same',
      purpose: 'Forge from the same site',
      narration:
        'To a browser blog.shop.example and shop.example are one site, because they share the registered name. So SameSite lets the session cookie go along, Lax or Strict. What is missing is the token.',
      act: async ({ alice }) => {
        await alice.visit(blog);
        await forge(alice, blog);
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 403,
        protected: 403,
      },
    },
    {
      title: 'The blog sends Mallory’s own token',
      purpose: 'Try a genuine token',
      narration:
        'Mallory has an account as well, and a genuine token with it. It is not Alice’s token, so the request is refused. Whatever is refused as a forgery is told to the audit log, where somebody can see an attack begin; a request that only seemed to come from a stranger is not.',
      act: async ({ alice, mallory }) => {
        await mallory.visit(shop);
        await mallory.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' });
        await forge(alice, blog, mallory.last.json.csrfToken);
      },
      ask: {
        question: 'How many forgeries does the audit log tell of?',
        answer: ({ world }) => world.audit().filter((name) => name === 'csrf_refused').length,
        vulnerable: 2,
        protected: 3,
      },
    },
    {
      title: 'Alice logs in again; her old token is tried',
      purpose: 'See what binds the token',
      narration:
        'The new login starts a new session. The request carries the new session’s cookie and a token from before. A token that is computed from the session’s id ended with that id; a token in a cookie of its own does not notice.',
      act: async ({ alice }) => {
        const { csrfToken } = (await alice.get('/me')).json;
        await alice.post('/auth/login', credentials);
        await alice.post('/basket', { item: 'rabbit' }, { headers: { 'X-CSRF-Token': csrfToken } });
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 403,
      },
    },
    {
      title: 'The blog sets a cookie named csrf',
      purpose: 'Write one half',
      narration:
        'Any subdomain may set cookies for the whole domain. Mallory picks the value and a path, /account; a browser lists the cookie with the longer path first. Two of one name may be in a jar at once.',
      act: ({ alice }) =>
        alice.visit(plantingLink(blog, 'csrf=chosen-by-mallory; Domain=shop.example; Path=/account; Secure')),
      ask: {
        question: 'How many cookies named csrf would go to /account/email?',
        answer: ({ alice }) => alice.cookiesFor('/account/email').filter(({ name }) => name === 'csrf').length,
        vulnerable: 2,
        protected: 1,
      },
    },
    {
      title: 'The blog’s form repeats that value',
      purpose: 'Write the other half',
      narration:
        'Cookie and field now say the same, and Mallory knew neither Alice’s token nor her session. A shop that compares the two with each other sees a match. A shop that computes the token from the session, reads JSON only where it is called JSON, and asks where the request comes from has three reasons to refuse.',
      act: ({ alice }) => forge(alice, blog, 'chosen-by-mallory'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 403,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See the damage',
      narration:
        'Whoever receives the mails of an account can have its password reset. Changing the address is all a forger needs.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'Which e-mail does her account have?',
        answer: ({ alice }) => alice.last.json.email,
        vulnerable: 'mallory@evil.example',
        protected: 'alice@shop.example',
      },
    },
  ],
  lesson:
    'SameSite lets every subdomain through: bind the token to the session, and ask the browser where the request comes from.',
  fix: `const csrfToken = (secret, sid) => createHmac('sha256', secret).update(\`csrf:\${sid}\`).digest('base64url');

app.use((req, res, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next();
  // Programs that are no browser send no such header, and have no cookies to abuse.
  if (!['same-origin', 'none', undefined].includes(req.get('sec-fetch-site'))) return res.sendStatus(403);
  if (req.session.userId === undefined) return next();

  const given = Buffer.from(req.get('x-csrf-token') ?? '');
  const expected = Buffer.from(csrfToken(secret, req.sessionID));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return res.sendStatus(403);
  next();
});`,
  notTheFix: [
    'SameSite=Strict: a subdomain is the same site, whatever the mode.',
    'A longer or a better random token in the cookie: the forger does not guess it, she replaces it.',
    'Taking nothing but JSON: a form of type text/plain can spell JSON. Only the content type tells, and it has to be checked.',
  ],
});
