import { scenario } from './engine/scenario.ts';

const shop = 'https://shop.example';
const mallorys = { email: 'mallory@shop.example', password: 'crow-bar-13' };

export default scenario({
  slug: 'login-csrf',
  chapter: 'cookie',
  title: 'Logged in as the attacker',
  question: 'What harm is there in being logged in to somebody else’s account?',
  weakness: 'login-form-open-to-other-sites',
  actors: { alice: 'victim', mallory: 'attacker' },
  sites: { 'https://evil.example': () => ({ body: 'Win a rabbit' }) },
  references: ['ASVS V3.5.1', 'ASVS V7.6.2', 'WSTG-SESS-05', 'RFC6265bis 8.8', 'CWE-352', 'CAPEC-62', 'CAPEC-21'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Be herself',
      narration:
        'Her browser holds her session cookie, with SameSite=Lax, and her page holds a token for what it changes.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'A page of evil.example logs her in as Mallory',
      purpose: 'Forge a login',
      narration:
        'A form on the page sends Mallory’s e-mail and password to the shop. SameSite keeps Alice’s cookie out of it, but this form needs no cookie: it brings all that a login asks for. Nor can there be a token of a session, as there is none yet.',
      act: async ({ alice }) => {
        await alice.visit('https://evil.example');
        await alice.on('https://evil.example').form(`${shop}/auth/login`, mallorys);
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
      purpose: 'See whose cookie is there',
      narration:
        'SameSite decides which cookies go along with a request. An answer that opens as a page may set any, also in place of one that stayed behind. Hardly anybody reads the name in the corner.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ alice }) => alice.last.json.email ?? 'nobody',
        vulnerable: 'mallory@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Alice orders a present',
      purpose: 'Leave something private',
      narration:
        'From here on she uses the shop’s own pages, with the right cookie and the right token for the account she is in. It could as well be a card number, an address or a search.',
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
      purpose: 'Collect the order',
      narration: 'She logs in at home, as herself, and opens the orders of her own account. No session was stolen.',
      act: async ({ mallory }) => {
        await mallory.post('/auth/login', mallorys);
        await mallory.get('/orders');
      },
      ask: {
        question: 'What did her account order?',
        answer: ({ mallory }) => mallory.last.json.orders[0]?.things[0] ?? 'nothing',
        vulnerable: 'a present for Bob',
        protected: 'nothing',
      },
    },
    {
      title: 'Alice logs in by the shop’s own form',
      purpose: 'See that the fix costs nothing',
      narration:
        'The browser says itself where a request comes from, in Sec-Fetch-Site, and no page can change what it says. From the shop’s own page it is same-origin, and the login is let through.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
  ],
  lesson: 'A login changes who somebody is, so the login form needs protection against other sites like any other.',
  fix: `const site = req.get('sec-fetch-site');
const own = site === undefined // an older browser: it sends Origin with whatever changes something
  ? [undefined, \`\${req.protocol}://\${req.host}\`].includes(req.get('origin'))
  : site === 'same-origin' || site === 'none';
if (!own) return res.sendStatus(403);`,
  notTheFix: [
    'SameSite on the session cookie: the forged login needs no cookie to go along.',
    'A new session id at login: she gets a new one, of the wrong account.',
    'A token that is asked for only with a session: before the login there is none.',
  ],
});
