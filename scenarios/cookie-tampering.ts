import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';
import type { JarCookie } from './engine/trace.ts';

/** The cookie as a header, with another first character in the id and the signature left as it was. */
const withChangedId = ({ name, value }: JarCookie) => `${name}=${changeId(value)}`;

const changeId = (value: string) => value.replace(/(?<=s%3A)[^.]+/, changed);
const changed = (sid: string) => sid.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));

export default scenario({
  slug: 'cookie-tampering',
  chapter: 'cookie',
  title: 'Edit the cookie, change the user',
  question: 'A cookie is in my browser, so I can write what I like into it. Can I write that I am somebody else?',
  weakness: 'cookie-names-the-user',
  actors: { mallory: 'attacker' },
  references: [
    'ASVS V7.2.1',
    'ASVS V16.3.3',
    'WSTG-SESS-01',
    'WSTG-ATHN-04',
    'CWE-565',
    'CWE-784',
    'CWE-347',
    'CWE-302',
    'CAPEC-31',
    'CAPEC-39',
    'CAPEC-226',
  ],
  steps: [
    {
      title: 'Mallory logs in as herself',
      purpose: 'Get genuine cookies',
      narration:
        'She has an account like everybody else; Alice has number 1, she has number 2. The shop hands out a session cookie, an id with a signature, and a signed mark of the device. Whether one more cookie says in plain who she is, differs.',
      act: ({ mallory }) => mallory.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' }),
      ask: {
        question: 'What does a cookie called userId say?',
        answer: ({ mallory }) => mallory.cookie('userId')?.value ?? 'none',
        vulnerable: '2',
        protected: 'none',
      },
    },
    {
      title: 'Mallory writes userId=1 in her browser’s console',
      purpose: 'Claim to be number 1',
      narration:
        'A cookie lives in the browser of the person it describes. One line in the console changes it, or makes it up where there was none; no shop can prevent that.',
      act: ({ mallory }) => mallory.writeCookie('userId=1; Path=/'),
      ask: {
        question: 'What does the cookie say now?',
        answer: ({ mallory }) => mallory.cookie('userId')?.value ?? 'none',
        vulnerable: '1',
        protected: '1',
      },
    },
    {
      title: 'Mallory opens the account page',
      purpose: 'Use the edited cookie',
      narration:
        'Her session is genuine, so she is let in. What matters is where the shop looks to see whose page to show: in the record of that session, which only the shop can write, or in the cookie.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Whose account does she see?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody’s',
        vulnerable: 'alice@shop.example',
        protected: 'mallory@shop.example',
      },
    },
    {
      title: 'Mallory changes one character of the session id',
      purpose: 'Try the signed cookie',
      narration:
        'The value is s: followed by an id, a dot, and a signature: a code computed from the id with a secret that only the shop has (HMAC-SHA256). Another id needs another code, and she cannot compute it. express-session then acts as if there were no cookie.',
      act: ({ mallory }) => mallory.get('/me', { cookie: withChangedId(mallory.cookie()!) }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory leaves the signature out',
      purpose: 'Try an unsigned id',
      narration:
        'Even her own id, which does name a record, is worth nothing without its signature: the shop does not ask Redis for it. No error, no hint; only the shop’s own log notes that somebody sends cookies the shop never made.',
      act: ({ mallory }) => mallory.get('/me', { cookie: `${mallory.cookie()!.name}=${sidOf(mallory.cookie())}` }),
      ask: {
        question: 'What does the shop answer, and how many forged cookies has it noted so far?',
        answer: ({ mallory, world }) => {
          const noted = world.audit().filter((name) => name === 'session_cookie_invalid').length;
          return `${mallory.last.status}, ${noted}`;
        },
        vulnerable: '401, 2',
        protected: '401, 2',
      },
    },
    {
      title: 'Mallory sends a well-signed id that does not exist',
      purpose: 'Suppose she knew the secret',
      narration:
        'Say the secret was in a public repository. Now she can sign any text, but a signature only opens the way to Redis; there has to be a record under that name as well.',
      act: ({ mallory, world }) =>
        mallory.get('/me', { cookie: `${mallory.cookie()!.name}=${world.sign('an-id-of-her-own', 'old')}` }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory edits her jar and fills a basket',
      purpose: 'Let the shop replace a bad cookie',
      narration:
        'A basket has to be remembered, so this request needs a session. The shop does not repair the changed id and does not take it over: it makes an id of its own.',
      act: async ({ mallory }) => {
        mallory.editCookie(changeId);
        await mallory.post('/basket', { item: 'hat' });
      },
      ask: {
        question: 'Is the id she chose now the name of a record?',
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
    'Who somebody is stays on the server; the browser gets an id whose signature is checked, and nothing else it sends is believed.',
  fix: `// Who it is comes from the record that the signed id leads to, never from what the browser says about itself.
const user = users.byId(req.session.userId);`,
  notTheFix: [
    'HttpOnly on the userId cookie: it keeps scripts of a page away, not the owner of the browser, who can edit every cookie and send any header.',
    'Encoding it as JSON or base64: everybody can decode it, change it and encode it again. Only a keyed signature shows a change.',
    'Signing the userId cookie and dropping the session: it can no longer be edited, but there is no record to delete either, so nobody can log it out.',
  ],
});
