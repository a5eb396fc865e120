import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'logout-cookie-survives',
  chapter: 'logout',
  title: 'The cookie that would not go',
  question: 'The shop told the browser to delete the cookie. Why is it still there?',
  weakness: 'logout-clears-by-name-only',
  actors: { alice: { role: 'victim', label: 'A shared computer' }, mallory: 'attacker' },
  references: ['ASVS V7.4.1', 'WSTG-SESS-06', 'RFC6265bis 4.1.3', 'RFC6265bis 5.7', 'NIST 63B-4 5.1', 'CWE-613'],
  steps: [
    {
      title: 'Alice logs in on a shared computer',
      purpose: 'Get the cookie',
      narration:
        'The cookie’s name begins with __Host-. With that name a browser takes it only with the attribute Secure, for the path / and for this one host; everything else it refuses.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Keep a copy to compare',
      narration: 'The copy will show what the server thinks, when no browser stands in between.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Alice logs out',
      purpose: 'Tell the browser to delete it',
      narration:
        'There is no command to delete a cookie. A server sends the same cookie once more, empty and with an expiry in the past, and that one has to be accepted like any other before it can replace the first.',
      act: ({ alice }) => alice.post('/auth/logout'),
      ask: {
        question: 'Is the session cookie still in the browser?',
        answer: ({ alice }) => (alice.cookie() ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'The account page is opened on the shared computer',
      purpose: 'What the leftover is worth',
      narration:
        'Both shops deleted the record at the logout, so a cookie that stayed names nothing. Each request with it still costs a look into Redis, and a shop that trusted the browser alone would let this one in.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'The end is on the server',
      narration:
        'Her copy fares as the record does. The logout was complete where it counts, and the browser got the tidying up right or wrong.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'The next person puts a hat into the basket',
      purpose: 'Start with what was left',
      narration:
        'A basket needs a session. express-session never takes an id from a cookie that names no record, it makes a new one: a leftover is replaced now, and not passed on to the next person.',
      act: ({ alice }) => alice.post('/basket', { item: 'hat' }),
      ask: {
        question: 'Does the next person start with Alice’s id?',
        answer: ({ alice, mallory }) => (sidOf(alice.cookie()) === sidOf(mallory.cookie()) ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
  ],
  lesson:
    'Clear a cookie with the attributes it was set with: the browser checks the cookie that deletes like any other.',
  fix: `const cookieAttributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: true };
session({ name: '__Host-sid', cookie: { ...cookieAttributes, maxAge } });
res.clearCookie('__Host-sid', cookieAttributes);`,
  notTheFix: [
    'maxAge: 0 or an expiry in the past by hand: clearCookie sends the past already, and what is missing is Secure.',
    'Clear-Site-Data with “cookies” alone: browsers that do not know the header keep the cookie.',
  ],
});
