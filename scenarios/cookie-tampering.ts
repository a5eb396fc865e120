import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';
import type { JarCookie } from './engine/trace.ts';

/** Returns the Cookie header with the first character of the session ID changed and the signature kept. */
const withChangedId = ({ name, value }: JarCookie) => `${name}=${changeId(value)}`;

const changeId = (value: string) => value.replace(/(?<=s%3A)[^.]+/, changed);
const changed = (sid: string) => sid.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));

export default scenario({
  slug: 'cookie-tampering',
  chapter: 'cookie',
  title: 'Cookie tampering',
  subtitle: 'Edit the cookie, change the user',
  synonyms: ['forged cookie', 'signature', 'HMAC', 'privilege escalation', 'edit cookie'],
  question: 'I can edit every cookie in my browser. Can I edit one to become another user?',
  weakness: 'cookie-names-the-user',
  actors: { mallory: 'attacker' },
  otherCookies: ['userId'],
  references: [
    'ASVS V7.2.1',
    'ASVS V16.3.3',
    'WSTG-SESS-01',
    'WSTG-ATHN-04',
    'CWE-565',
    'CWE-784',
    'CWE-302',
    'CAPEC-31',
    'CAPEC-39',
    'CAPEC-226',
  ],
  steps: [
    {
      title: 'Mallory logs in as herself',
      purpose: 'Get genuine cookies',
      narration: {
        vulnerable:
          'Mallory has an account like any customer: she is user 2, and Alice is user 1. The shop sets a session cookie, which is an ID with a signature, a signed device cookie, and one more cookie that states the user’s number.',
        protected:
          'Mallory has an account like any customer: she is user 2, and Alice is user 1. The shop sets a session cookie, which is an ID with a signature, and a signed device cookie. No cookie states the user’s number.',
        both: 'Mallory has an account like any customer: she is user 2, and Alice is user 1. The shop sets a session cookie, which is an ID with a signature, and a signed device cookie. The variants differ in whether one more cookie states the user’s number.',
      },
      act: ({ mallory }) => mallory.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' }),
      claims: ['mallory gets a session cookie'],
      ask: {
        question: 'What is the value of the cookie userId?',
        answer: ({ mallory }) => mallory.cookie('userId')?.value ?? 'none',
        vulnerable: '2',
        protected: 'none',
      },
    },
    {
      title: 'Mallory sets userId=1 in her browser’s console',
      purpose: 'Claim to be user 1',
      narration:
        'A cookie is stored in the browser of the user it describes. One line in the console changes this cookie, or creates it if there was none; no shop can prevent that.',
      act: ({ mallory }) => mallory.writeCookie('userId=1; Path=/'),
      ask: {
        question: 'What is the value of the cookie now?',
        answer: ({ mallory }) => mallory.cookie('userId')?.value ?? 'none',
        vulnerable: '1',
        protected: '1',
      },
    },
    {
      title: 'Mallory opens the account page',
      purpose: 'Use the edited cookie',
      narration: {
        vulnerable:
          'Her session is genuine, so the shop lets her in. But it reads whose account to show in the cookie, which she wrote herself, and not in the session record.',
        protected:
          'Her session is genuine, so the shop lets her in. It reads whose account to show in the session record, which only the shop can write. The cookie userId is sent, and nobody reads it.',
        both: 'Her session is genuine, so the shop lets her in. What matters is where the shop reads whose account to show: in the session record, which only the shop can write, or in the cookie.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Whose account does she see?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody’s',
        vulnerable: 'alice@shop.example',
        protected: 'mallory@shop.example',
      },
    },
    {
      title: 'Mallory changes one character of the session ID',
      purpose: 'Tamper with the signed cookie',
      narration:
        'The value is s:, an ID, a dot and a signature: an HMAC-SHA256 of the ID, computed with a secret that only the shop has. A different ID needs a different signature, which she cannot compute. express-session then acts as if there were no cookie.',
      act: ({ mallory }) => mallory.get('/me', { cookie: withChangedId(mallory.cookie()!) }),
      claims: ['mallory sends the cookie __Host-sid', 'Redis does not get GET'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory removes the signature',
      purpose: 'Send an unsigned session ID',
      narration:
        'Even her own session ID, which does name a record, is useless without its signature: the shop does not look it up in Redis. The response gives no hint. Only the audit log shows that somebody sends cookies the shop never issued.',
      act: ({ mallory }) => mallory.get('/me', { cookie: `${mallory.cookie()!.name}=${sidOf(mallory.cookie())}` }),
      claims: [
        'mallory sends the cookie __Host-sid',
        'mallory is answered 401',
        'Redis does not get GET',
        'the audit log has session_cookie_invalid',
      ],
      ask: {
        question: 'How many forged cookies has the shop logged so far?',
        answer: ({ world }) => world.audit().filter((name) => name === 'session_cookie_invalid').length,
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'Mallory signs an ID that has no record',
      purpose: 'Suppose she knew the secret',
      narration:
        'Suppose the secret was in a public repository. Now she can sign any text, but a valid signature only makes the shop look in Redis. A record must exist under that ID as well.',
      act: ({ mallory, world }) =>
        mallory.get('/me', { cookie: `${mallory.cookie()!.name}=${world.sign('an-id-of-her-own', 'old')}` }),
      claims: ['Redis gets GET'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory edits her cookie and fills a basket',
      purpose: 'Let the shop replace the cookie',
      narration:
        'The shop must remember a basket, so this request needs a session. The shop neither repairs nor adopts the changed ID: it generates a new one.',
      act: async ({ mallory }) => {
        mallory.editCookie(changeId);
        await mallory.post('/basket', { item: 'hat' });
      },
      claims: ['mallory gets a new session ID', 'the record of mallory is stored'],
      ask: {
        question: 'Is there now a session record under the ID she chose?',
        answer: async ({ world }) => {
          const sids = (await world.keys('sess:')).map(({ name }) => name.slice('sess:'.length));
          return sids.some((sid) => sids.includes(changed(sid))) ? 'yes' : 'no';
        },
        vulnerable: 'no',
        protected: 'no',
      },
    },
  ],
  lesson:
    'The user’s identity stays on the server: the shop verifies the signature of the session ID and believes nothing else the browser sends.',
  fix: `// Read the user from the record that the signed ID points to, never from what the browser claims.
const user = users.byId(req.session.userId);`,
  notTheFix: [
    'HttpOnly on the userId cookie: it stops scripts of a page, not the owner of the browser, who can edit every cookie and send any header.',
    'Encoding it as JSON or base64: anybody can decode it, change it and encode it again. Only a keyed signature reveals a change.',
    'Signing the userId cookie and dropping the session: nobody can edit it, but there is no record to delete either, so nobody can log the user out.',
  ],
  repairs: {
    fix: {
      title: 'Take the user from the session',
      idea: 'The account page reads the user’s number from the session record, and no login sets another cookie.',
      because: 'Only the shop writes the record. What a browser claims besides the session ID is not read.',
    },
    decoys: [
      {
        file: 'user-cookie-checked',
        title: 'Check the cookie before using it',
        idea: 'The account page accepts the cookie only if it is a well-formed number of a user who is active.',
        because: 'Mallory’s 1 is a well-formed number of an active user. Whether it is her own, nobody checks.',
        fails: { step: 3, answer: 'alice@shop.example' },
      },
      {
        file: 'user-cookie-still-read',
        title: 'Stop setting the cookie',
        idea: 'No login sets the cookie any more. Browsers that still have one keep working, all others use the session.',
        because: 'Mallory needs no login to set a cookie: she creates it herself, and the shop still believes it.',
        fails: { step: 3, answer: 'alice@shop.example' },
      },
    ],
  },
});
