import type { Actor } from './engine/cast.ts';
import { mailedToken } from './engine/mailedToken.ts';
import { scenario } from './engine/scenario.ts';
import { plantingLink, plantingSite } from './engine/sites.ts';

const shop = 'https://shop.example';
const blog = 'https://blog.shop.example';
const credentials = { email: 'alice@shop.example', password: 'rabbit-hole-7' };

/** Submits a form without a click. Its only field, written as name=value, is valid JSON. */
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
  chapter: 'cross-site',
  title: 'CSRF tokens',
  subtitle: 'Prove you saw my form',
  synonyms: ['XSRF', 'anti-CSRF token', 'double submit', 'synchronizer token', 'hidden field'],
  question: 'SameSite keeps other sites out. What is left for a CSRF token to stop?',
  weakness: 'csrf-token-in-a-cookie',
  actors: { alice: 'victim', mallory: 'attacker' },
  sites: {
    'https://evil.example': () => ({ body: 'Win a rabbit' }),
    'https://blog.shop.example': plantingSite,
  },
  otherCookies: ['csrf'],
  references: [
    'ASVS V3.5.1',
    'ASVS V3.5.2',
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
      purpose: 'Get a session and a CSRF token',
      narration:
        'At login the shop gives her page a CSRF token. The page’s script sends it back in a header with every change; another site’s page cannot read it. To check a token later, the shop needs something to compare it with.',
      act: async ({ alice }) => {
        await alice.visit(shop);
        await alice.post('/auth/login', credentials);
      },
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'Where is the value that the token will be compared with?',
        answer: ({ alice }) => (alice.cookie('csrf') ? 'in a cookie' : 'on the server'),
        vulnerable: 'in a cookie',
        protected: 'on the server',
      },
    },
    {
      title: 'Alice puts a hat into her basket',
      purpose: 'Use the shop’s own page',
      narration:
        'The request comes from the shop’s own page, so it carries the cookies and the token. Nothing blocks it.',
      act: ({ alice }) => alice.post('/basket', { item: 'hat' }),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'A page of evil.example forges an e-mail change',
      purpose: 'Forge from another site',
      narration: {
        vulnerable:
          'A page may submit a form to any site; this one does so without a click. The session cookie has SameSite=Lax, so the browser does not send it. This shop checks only session and token: it sees an anonymous visitor, and answers 401.',
        protected:
          'A page may submit a form to any site; this one does so without a click. The session cookie has SameSite=Lax, so the browser does not send it. This shop also checks where a request comes from (Sec-Fetch-Site): it sees a forgery, and answers 403.',
        both: 'A page may submit a form to any site; this one does so without a click. The session cookie has SameSite=Lax, so the browser does not send it. A shop that checks only the session sees an anonymous visitor; one that checks where the request comes from (Sec-Fetch-Site) sees a forgery.',
      },
      act: async ({ alice }) => {
        await alice.visit('https://evil.example');
        await forge(alice, 'https://evil.example');
      },
      claims: ['alice holds a cookie back: SameSite', 'alice sends no session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 403,
      },
    },
    {
      title: 'The shop’s hacked blog submits the same form',
      purpose: 'Forge from the same site',
      narration: {
        vulnerable:
          'To a browser, blog.shop.example and shop.example are one site, because both are https and below shop.example, a name that one can register. So the browser sends the session cookie, with Lax or Strict. Only the token is missing, and for that this shop refuses.',
        protected:
          'To a browser, blog.shop.example and shop.example are one site, because both are https and below shop.example, a name that one can register. So the browser sends the session cookie, with Lax or Strict. But Sec-Fetch-Site says same-site, not same-origin: the form is not from the shop’s own pages, so this shop refuses before it looks for a token.',
        both: 'To a browser, blog.shop.example and shop.example are one site, because both are https and below shop.example, a name that one can register. So the browser sends the session cookie, with Lax or Strict. What is missing is the token; and Sec-Fetch-Site says same-site, not same-origin, to a shop that reads it.',
      },
      act: async ({ alice }) => {
        await alice.visit(blog);
        await forge(alice, blog);
      },
      claims: ['alice sends a session cookie', 'the audit log has csrf_refused'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 403,
        protected: 403,
      },
    },
    {
      title: 'The blog sends Mallory’s own token',
      purpose: 'Try another user’s token',
      narration: {
        vulnerable:
          'Mallory also has an account, and with it a genuine token. It is not the value in Alice’s cookie, so this shop refuses the request. Requests refused as forgeries go into the audit log, where somebody can notice an attack; the one of evil.example only looked anonymous, and is not recorded.',
        protected:
          'Mallory also has an account, and with it a genuine token. It does not help her: the form is still not from the shop’s own pages, and the token is not of Alice’s session. Requests refused as forgeries go into the audit log, where somebody can notice an attack; here that is all three.',
        both: 'Mallory also has an account, and with it a genuine token. It is not Alice’s token, and the form is not from the shop’s own pages. Requests refused as forgeries go into the audit log, where somebody can notice an attack; a request that only looks anonymous is not recorded.',
      },
      act: async ({ alice, mallory }) => {
        await mallory.visit(shop);
        await mallory.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' });
        await forge(alice, blog, mallory.last.json.csrfToken);
      },
      claims: ['alice sends a session cookie', 'the audit log has csrf_refused'],
      ask: {
        question: 'How many forgeries are in the audit log?',
        answer: ({ world }) => world.audit().filter((name) => name === 'csrf_refused').length,
        vulnerable: 2,
        protected: 3,
      },
    },
    {
      title: 'Alice logs in again and sends her old token',
      purpose: 'See what binds the token',
      narration: {
        vulnerable:
          'The new login starts a new session. The request carries the new session cookie and the earlier token. This shop keeps the token in a cookie of its own, which the login does not change. So the earlier token is still accepted.',
        protected:
          'The new login starts a new session. The request carries the new session cookie and the earlier token. This shop computes the token from the session ID, so the earlier one became invalid with that ID.',
        both: 'The new login starts a new session. The request carries the new session cookie and the earlier token. A token computed from the session ID became invalid with that ID; a token in its own cookie is not affected.',
      },
      act: async ({ alice }) => {
        const { csrfToken } = (await alice.get('/me')).json;
        await alice.post('/auth/login', credentials);
        await alice.post('/basket', { item: 'rabbit' }, { headers: { 'X-CSRF-Token': csrfToken } });
      },
      claims: ['alice gets a new session ID'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 403,
      },
    },
    {
      title: 'The blog sets a cookie named csrf',
      purpose: 'Plant a cookie',
      narration: {
        vulnerable:
          'Any subdomain may set cookies for the whole domain. Mallory chooses the value and the path /account; a browser sends the cookie with the longer path first. So the shop’s own csrf cookie comes second there.',
        protected:
          'Any subdomain may set cookies for the whole domain. Mallory chooses the value and the path /account. This shop has no cookie named csrf and reads none: hers is the only one.',
        both: 'Any subdomain may set cookies for the whole domain. Mallory chooses the value and the path /account; a browser sends the cookie with the longer path first. A jar may hold two cookies of the same name.',
      },
      act: ({ alice }) =>
        alice.visit(plantingLink(blog, 'csrf=chosen-by-mallory; Domain=shop.example; Path=/account; Secure')),
      ask: {
        question: 'How many cookies named csrf would /account/email receive?',
        answer: ({ alice }) => alice.cookiesFor('/account/email').filter(({ name }) => name === 'csrf').length,
        vulnerable: 2,
        protected: 1,
        neutral: false,
      },
    },
    {
      title: 'The blog’s form sends the same value',
      purpose: 'Make cookie and token match',
      narration: {
        vulnerable:
          'The cookie and the form field now match, although Mallory knew neither Alice’s token nor her session. This shop compares the two (double submit) and does not ask where the form comes from, so it sees a match.',
        protected:
          'The cookie and the form field now match, although Mallory knew neither Alice’s token nor her session. This shop compares no cookie. Sec-Fetch-Site says that the form is not from its own pages, so it refuses. Nor is the value the token of Alice’s session.',
        both: 'The cookie and the form field now match, although Mallory knew neither Alice’s token nor her session. A shop that compares the two (double submit) sees a match. A shop that computes the token from the session, parses JSON only if the content type says JSON, and checks where the request comes from has three reasons to refuse.',
      },
      act: ({ alice }) => forge(alice, blog, 'chosen-by-mallory'),
      claims: ['alice sends the cookie csrf'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 202,
        protected: 403,
      },
    },
    {
      title: 'Mallory opens her mailbox, and Alice her account page',
      purpose: 'See what has changed',
      narration: {
        vulnerable:
          'The shop sends a link to the new address, to prove that it belongs to the person who asked. It does: Mallory uses the link. Anybody who receives an account’s e-mails can have its password reset. So changing the address is all a forger needs.',
        protected:
          'The shop refused every forged request, so it sent no link to Mallory’s address. She has only a link that she made up, and the shop refuses it. Alice’s account has the address it had.',
        both: 'The shop sends a link to the new address, to prove that it belongs to the person who asked. Where a forged request was accepted, that is Mallory, and she uses the link. Anybody who receives an account’s e-mails can have its password reset. So changing the address is all a forger needs.',
      },
      act: async ({ alice, mallory, world }) => {
        const token = mailedToken(world.mail('mallory@evil.example').at(-1)) ?? 'invented';
        await mallory.post('/auth/confirm-email', { token });
        await alice.get('/me');
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'Which e-mail address does Alice’s account have?',
        answer: ({ alice }) => alice.last.json.email,
        vulnerable: 'mallory@evil.example',
        protected: 'alice@shop.example',
      },
    },
  ],
  lesson: 'SameSite lets every subdomain through: bind the CSRF token to the session, and check Sec-Fetch-Site.',
  fix: `const csrfToken = (secret, sid) => createHmac('sha256', secret).update(\`csrf:\${sid}\`).digest('base64url');

app.use((req, res, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next();
  // Programs other than browsers send no such header and have no cookies to abuse.
  if (!['same-origin', 'none', undefined].includes(req.get('sec-fetch-site'))) return res.sendStatus(403);
  if (req.session.userId === undefined) return next();

  const given = Buffer.from(req.get('x-csrf-token') ?? '');
  const expected = Buffer.from(csrfToken(secret, req.sessionID));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return res.sendStatus(403);
  next();
});`,
  notTheFix: [
    'SameSite=Strict: a subdomain is the same site, whatever the SameSite value.',
    'A longer or more random token in the cookie: the forger does not guess it, she replaces it.',
    'Accepting only JSON: a text/plain form can send JSON. Only the content type shows this, so it has to be checked.',
  ],
  repairs: {
    fix: {
      title: 'Compute the token from the session',
      idea: 'The token is a keyed hash of the session ID, and the shop checks where a request comes from.',
      because: 'There is no cookie to replace, and a token of another session is refused.',
    },
    decoys: [
      {
        file: 'csrf-cookie-strict',
        title: 'A longer token in a strict cookie',
        idea: 'The cookie with the token is HttpOnly and SameSite=Strict, and the token has 256 random bits.',
        because: 'Mallory neither reads nor guesses the token. She plants a cookie with her own, and sends the same.',
        fails: { step: 8, answer: 202 },
      },
      {
        file: 'csrf-cookie-and-json-only',
        title: 'The token only in a header, and only JSON',
        idea: 'No form can send a header of its own or declare JSON, and the origin of each request is checked.',
        because:
          'The forged form is refused. But the token belongs to no session: an old one is still accepted after a new login.',
        fails: { step: 6, answer: 200 },
      },
    ],
  },
});
