import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'logout-cookie-survives',
  chapter: 'logout',
  title: 'clearCookie attributes',
  subtitle: 'The cookie that would not go',
  synonyms: ['sign out', 'delete cookie', 'res.clearCookie', 'path', 'domain', 'expire cookie'],
  question: 'The shop told the browser to delete the cookie. Why is it still there?',
  weakness: 'logout-clears-by-name-only',
  actors: { alice: { role: 'victim', label: 'A shared computer' }, mallory: 'attacker' },
  references: ['ASVS V7.4.1', 'WSTG-SESS-06', 'RFC6265bis 4.1.3', 'RFC6265bis 5.7', 'NIST 63B-4 5.1', 'CWE-613'],
  steps: [
    {
      title: 'Alice logs in on a shared computer',
      purpose: 'Get a session cookie',
      narration:
        'The cookie’s name begins with __Host-. A browser accepts such a cookie only with the attribute Secure, for the path / and for this one host, and refuses any other.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Keep a copy to compare',
      narration: 'The copy will show what the server accepts when no browser is involved.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Alice logs out',
      purpose: 'Ask the browser to delete it',
      narration: {
        vulnerable:
          'HTTP has no command to delete a cookie. The server sends the same cookie again, empty and with an expiry in the past. This shop leaves out Secure, so the browser refuses it because of the name, and keeps the old cookie.',
        protected:
          'HTTP has no command to delete a cookie. The server sends the same cookie again, empty and with an expiry in the past. This shop sends it with the attributes of the first one, so the browser accepts it and drops both.',
        both: 'HTTP has no command to delete a cookie. The server sends the same cookie again, empty and with an expiry in the past. The browser has to accept it like any other cookie before it can replace the first.',
      },
      act: ({ alice }) => alice.post('/auth/logout'),
      claims: {
        vulnerable: [
          'the record of alice is deleted',
          'alice keeps the session ID',
          'alice refuses a cookie: a __Host- name requires',
        ],
        protected: ['the record of alice is deleted', 'alice loses the session cookie'],
      },
      ask: {
        question: 'Is the session cookie still in the browser?',
        answer: ({ alice }) => (alice.cookie() ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'The shared computer opens the account page',
      purpose: 'Use the leftover cookie',
      narration: {
        vulnerable:
          'The shop deleted the session record at logout, so the leftover cookie names no record. Each request with it still costs a Redis lookup. A shop that relied on the browser alone would accept this cookie.',
        protected:
          'The browser has no session cookie left and sends none, so the shop does not even ask Redis. The session record was deleted at logout, too.',
        both: 'Both variants deleted the session record at logout, so a leftover cookie names no record. Each request with it still costs a Redis lookup. A shop that relied on the browser alone would accept this one.',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: {
        vulnerable: ['alice sends a session cookie', 'Redis gets GET'],
        protected: ['alice sends no session cookie'],
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Check without the browser',
      narration: {
        vulnerable:
          'The copy works only while the session record exists. On the server the logout was complete; only the cleanup in the browser was not.',
        protected:
          'The copy works only while the session record exists. On the server the logout was complete, and so was the cleanup in the browser.',
        both: 'The copy works only while the session record exists. On the server both logouts were complete; only the cleanup in the browser differed.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends a session cookie', 'Redis gets GET'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'The next person puts a hat into the basket',
      purpose: 'Reuse the leftover cookie',
      narration: {
        vulnerable:
          'A basket needs a session. express-session never reuses a session ID that names no record; it creates a new one. So the leftover ID is replaced now and not passed on.',
        protected:
          'A basket needs a session. The browser sends no cookie, so express-session creates a session with a new ID. It would do the same for an ID that names no record.',
        both: 'A basket needs a session. express-session never reuses a session ID that names no record; it creates a new one. So a leftover ID is replaced now and not passed on.',
      },
      act: ({ alice }) => alice.post('/basket', { item: 'hat' }),
      claims: ['alice gets a new session ID'],
      ask: {
        question: 'Does the next person start with Alice’s session ID?',
        answer: ({ alice, mallory }) => (sidOf(alice.cookie()) === sidOf(mallory.cookie()) ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
  ],
  lesson: 'Clear a cookie with the attributes it was set with: the browser checks the deleting cookie like any other.',
  fix: `const cookieAttributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: true };
session({ name: '__Host-sid', cookie: { ...cookieAttributes, maxAge } });
res.clearCookie('__Host-sid', cookieAttributes);`,
  notTheFix: [
    'Setting maxAge: 0 or a past expiry yourself: clearCookie already sends a past expiry, and what is missing is Secure.',
    'Clear-Site-Data with “cookies” alone: browsers that do not support the header keep the cookie.',
  ],
  repairs: {
    fix: {
      title: 'End the record, clear with all attributes',
      idea: 'The logout deletes the record and clears the cookie with the attributes it was set with.',
      because: 'The browser accepts the deleting cookie, and no copy of the old one names a record.',
    },
    decoys: [
      {
        file: 'logout-sends-expired-cookie',
        title: 'Send the cookie with a past expiry',
        idea: 'An empty cookie of the same name and path that expired in 1970 replaces the one in the browser.',
        because:
          'A browser refuses a __Host- cookie without Secure, even one that has expired. So the old cookie stays.',
        fails: { step: 3, answer: 'yes' },
      },
      {
        file: 'logout-clears-only-the-cookie',
        title: 'Clear with all attributes, drop the session',
        idea: 'The cookie is cleared with the attributes it was set with, and the request no longer has a session.',
        because:
          'The browser is clean, but null means “do not save” to express-session. The record stays, and Mallory’s copy works.',
        fails: { step: 5, answer: 200 },
      },
    ],
  },
});
