import { scenario } from './engine/scenario.ts';

const shop = 'https://shop.example';
const mallorys = { email: 'mallory@shop.example', password: 'crow-bar-13' };

export default scenario({
  slug: 'login-csrf',
  chapter: 'cross-site',
  title: 'Login CSRF',
  subtitle: 'Logged in as the attacker',
  synonyms: ['XSRF', 'session swap', 'forced login'],
  question: 'Why is it harmful to be logged in to somebody else’s account?',
  weakness: 'login-form-open-to-other-sites',
  actors: { alice: 'victim', mallory: 'attacker' },
  sites: { 'https://evil.example': () => ({ body: 'Win a rabbit' }) },
  references: ['ASVS V3.5.1', 'WSTG-SESS-05', 'RFC6265bis 8.8', 'CWE-352', 'CAPEC-62', 'CAPEC-21'],
  subject: ['sess:', 'user:*:orders'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Log in normally',
      narration: 'Her browser holds her session cookie with SameSite=Lax, and her page holds a CSRF token.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'A page of evil.example tries to log her in as Mallory',
      purpose: 'Forge a login (login CSRF)',
      narration: {
        vulnerable:
          'A form on the page sends Mallory’s e-mail address and password to the shop. SameSite withholds Alice’s cookie, but this form needs no cookie: it contains all that a login needs. The shop does not ask where a login comes from, and logs her in.',
        protected:
          'A form on the page sends Mallory’s e-mail address and password to the shop. It needs no cookie, so SameSite does not stop it. A token in the login form would need a session before the login. This shop does without: Sec-Fetch-Site says cross-site, so it refuses. (From an older browser, it compares Origin.)',
        both: 'A form on the page sends Mallory’s e-mail address and password to the shop. SameSite withholds Alice’s cookie, but this form needs no cookie: it contains all that a login needs. The protected shop looks at where the request comes from: Sec-Fetch-Site, and from an older browser Origin.',
      },
      act: async ({ alice }) => {
        await alice.visit('https://evil.example');
        await alice.on('https://evil.example').form(`${shop}/auth/login`, mallorys);
      },
      claims: {
        vulnerable: ['alice sends no session cookie', 'alice gets a session cookie'],
        protected: ['alice sends no session cookie', 'alice gets no session cookie'],
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 403,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See whose session she has',
      narration: {
        vulnerable:
          'SameSite decides which cookies a request carries. A response that opens as a page may set any cookie and even replace one that was withheld. Hardly anybody reads the user name in the corner.',
        protected:
          'The refusal set no cookie, so the browser still has Alice’s own. SameSite would not have saved it: a response that opens as a page may even replace a cookie that was withheld.',
        both: 'SameSite decides which cookies a request carries. A response that opens as a page may set any cookie and even replace one that was withheld. A refusal sets none, and Alice keeps her own.',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: { vulnerable: ['alice is taken for Mallory'], protected: ['alice is taken for Alice'] },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ alice }) => alice.last.json.email ?? 'nobody',
        vulnerable: 'mallory@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Alice orders a present',
      purpose: 'Enter private data',
      narration: {
        vulnerable:
          'From now on she uses the shop’s own pages, with the right cookie and the right token for Mallory’s account. The order could as well be a card number, an address or a search.',
        protected:
          'She uses the shop’s own pages, with the right cookie and the right token for her own account. The order is stored there.',
        both: 'She uses the shop’s own pages, with the right cookie and the right token for the account she is in. Whose account that is decides who can read the order, or a card number, an address or a search.',
      },
      act: async ({ alice }) => {
        await alice.post('/basket', { item: 'a present for Bob' });
        await alice.post('/orders');
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 201,
        protected: 201,
      },
    },
    {
      title: 'Mallory reads her own orders',
      purpose: 'Look for what Alice entered',
      narration: {
        vulnerable:
          'Mallory logs in at home, as herself, and opens her own orders. She stole no session: Alice ordered in Mallory’s account.',
        protected:
          'Mallory logs in at home, as herself, and opens her own orders. The forged login was refused, so Alice ordered in her own account.',
        both: 'Mallory logs in at home, as herself, and opens her own orders. She stole no session. Alice’s order is here only if the forged login was accepted.',
      },
      act: async ({ mallory }) => {
        await mallory.post('/auth/login', mallorys);
        await mallory.get('/orders');
      },
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'What did her account order?',
        answer: ({ mallory }) => mallory.last.json.orders[0]?.things[0] ?? 'nothing',
        vulnerable: 'a present for Bob',
        protected: 'nothing',
      },
    },
    {
      title: 'Alice logs in with the shop’s own form',
      purpose: 'Log in from the shop’s own page',
      narration: {
        vulnerable:
          'The browser says in Sec-Fetch-Site where a request comes from: from the shop’s own page, the value is same-origin. This shop does not read the header. It accepts this login as it accepted the forged one.',
        protected:
          'The browser says in Sec-Fetch-Site where a request comes from, and no page can change what it says. From the shop’s own page the value is same-origin, so the shop accepts the login.',
        both: 'The browser says in Sec-Fetch-Site where a request comes from, and no page can change what it says. From the shop’s own page the value is same-origin. The protected shop checks that, and accepts the login; the other accepts every login.',
      },
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
  ],
  lesson: 'A login changes the user’s identity, so the login form needs CSRF protection like any other form.',
  fix: `const site = req.get('sec-fetch-site');
const own = site === undefined // an older browser: it sends Origin with requests that change something
  ? [undefined, \`\${req.protocol}://\${req.host}\`].includes(req.get('origin'))
  : site === 'same-origin' || site === 'none';
if (!own) return res.sendStatus(403);`,
  notTheFix: [
    'SameSite on the session cookie: the forged login needs no cookie.',
    'A new session ID at login: she gets a new ID, but for the wrong account.',
    'A CSRF token that is required only with a session: the forged login comes without the cookie, and so without a session.',
  ],
  repairs: {
    fix: {
      title: 'Check where the login comes from',
      idea: 'Every request that changes something must come from the shop’s own pages, the login included.',
      because: 'The browser says that the form is on another site, and no page can change what it says.',
    },
    decoys: [
      {
        file: 'login-form-open-but-cookie-strict',
        title: 'SameSite=Strict',
        idea: 'Browsers send the session cookie with no request that another site’s page causes.',
        because:
          'The forged login needs no cookie. The response opens as a page, so the browser accepts the cookie that it sets.',
        fails: { step: 3, answer: 'mallory@shop.example' },
      },
      {
        file: 'login-refused-while-logged-in',
        title: 'Refuse a login while logged in',
        idea: 'Nobody needs a second login. If the session belongs to somebody already, the shop says: log out first.',
        because:
          'SameSite withholds Alice’s cookie from the forged form. To the shop it comes from somebody who is not logged in.',
        fails: { step: 3, answer: 'mallory@shop.example' },
      },
    ],
  },
});
