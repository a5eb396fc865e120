import type { Actor, LastResponse } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const account = 'alice@shop.example';
const noAccount = 'nobody@shop.example';
const password = 'not-the-password';

const list = ['admin', 'alice', 'bob', 'carol', 'dave'].map((name) => `${name}@shop.example`);

/** Headers that differ between any two responses: the date, and the seconds left to wait. */
const ofTheMoment = ['date', 'retry-after'];

/** Returns everything in a response that could reveal something: status, headers with their values, body. */
function print({ status, headers, text }: LastResponse): string {
  const telling = Object.entries(headers).filter(([name]) => !ofTheMoment.includes(name));
  return JSON.stringify([status, telling.sort(), text]);
}

const compare = (known: Actor, unknown: Actor) =>
  print(known.last) === print(unknown.last) ? 'the same answer' : 'different answers';

export default scenario({
  slug: 'user-enumeration-by-message',
  chapter: 'login',
  title: 'User enumeration by message',
  subtitle: 'Which mistake did you make',
  synonyms: ['account enumeration', 'error message', 'unknown user', 'register', '401'],
  question: 'What does a failed login reveal about who has an account?',
  weakness: 'answers-tell-who-has-an-account',
  actors: {
    known: { role: 'attacker', label: 'Mallory, trying accounts' },
    unknown: { role: 'attacker', label: 'Mallory, trying no account' },
    admin: 'admin',
  },
  references: ['ASVS V6.3.8', 'WSTG-IDNT-04', 'CWE-204', 'CWE-203', 'CAPEC-54'],
  subject: ['throttle:', 'reset:'],
  steps: [
    {
      title: 'Mallory tries a wrong password twice',
      purpose: 'Compare two failed logins',
      narration:
        'She tries once for Alice, who has an account, and once for an address that has none. Both logins fail. She compares everything the shop sends back, except the date and the seconds left to wait: the status, each header, and the text with its length.',
      act: async ({ known, unknown }) => {
        await known.post('/auth/login', { email: account, password });
        await unknown.post('/auth/login', { email: noAccount, password });
      },
      ask: {
        question: 'What does she get?',
        answer: ({ known, unknown }) => compare(known, unknown),
        vulnerable: 'different answers',
        protected: 'the same answer',
      },
    },
    {
      title: 'Mallory tries a disabled account',
      purpose: 'Compare a disabled account',
      narration:
        'The admin has disabled the account mallory@shop.example. A user who is refused wants to know why, but the shop does not know yet whether this is the owner: the password is wrong.',
      act: async ({ known, unknown, admin }) => {
        await admin.post('/auth/login', { email: 'admin@shop.example', password: 'ring-of-keys-42' });
        await admin.post('/admin/users/2/disable');
        await known.post('/auth/login', { email: 'mallory@shop.example', password });
        await unknown.post('/auth/login', { email: noAccount, password });
      },
      ask: {
        question: 'What does she get?',
        answer: ({ known, unknown }) => compare(known, unknown),
        vulnerable: 'different answers',
        protected: 'the same answer',
      },
    },
    {
      title: 'Mallory goes on until the shop throttles her',
      purpose: 'Compare the throttling',
      narration:
        'She tries six more times for each of the two. A shop that counts wrong passwords must also count them for addresses without an account: otherwise it only ever locks real accounts.',
      act: async ({ known, unknown }) => {
        for (let count = 0; count < 6; count++) {
          await known.post('/auth/login', { email: account, password });
          await unknown.post('/auth/login', { email: noAccount, password });
        }
      },
      ask: {
        question: 'What does she get in the end?',
        answer: ({ known, unknown }) => compare(known, unknown),
        vulnerable: 'different answers',
        protected: 'the same answer',
      },
    },
    {
      title: 'Mallory registers with both addresses',
      purpose: 'Compare the registration',
      narration:
        'A login that reveals nothing is no help if the registration says that an address is taken. The owner of the address may know that, and an e-mail reaches only the owner.',
      act: async ({ known, unknown }) => {
        await known.post('/auth/register', { email: account });
        await unknown.post('/auth/register', { email: 'free@shop.example' });
      },
      ask: {
        question: 'What does she get?',
        answer: ({ known, unknown }) => compare(known, unknown),
        vulnerable: 'different answers',
        protected: 'the same answer',
      },
    },
    {
      title: 'Mallory sends a list through “forgot password”',
      purpose: 'Filter a list of addresses',
      narration:
        'She knows the response for an address without an account, and compares the response for each address on her list with it. The addresses that differ are accounts to try passwords on, and customers to write to.',
      act: async ({ known, unknown }) => {
        await unknown.post('/auth/forgot', { email: noAccount });
        for (const email of list) await known.post('/auth/forgot', { email });
      },
      ask: {
        question: 'Who has an account, as far as she can tell?',
        answer: ({ known, unknown }) => {
          const answers = known.responses.slice(-list.length);
          const accounts = list.filter((_, index) => print(answers[index]!) !== print(unknown.last));
          return accounts.length === 0 ? 'she cannot tell' : accounts.join(', ');
        },
        vulnerable: 'admin@shop.example, alice@shop.example',
        protected: 'she cannot tell',
      },
    },
  ],
  lesson:
    'Give the same answer for every failure, on every form that takes an e-mail address: login, registration and forgotten password.',
  fix: `if (!(await passwords.match(user, password)) || !user || user.disabled) {
  res.status(401).json({ error: 'E-mail or password is wrong.' });
  return;
}

// register and forgot: the same 202 in either case, and the details in an e-mail to the owner
res.status(202).json({ message: 'We have sent you a mail.' });`,
  notTheFix: [
    'The same text with a different status, header or length: a program compares all of them.',
    'A login that reveals nothing beside a registration that does: the attacker uses the weakest form.',
  ],
  repairs: {
    fix: {
      title: 'One answer on every form',
      idea: 'Login, registration and “forgot password” answer the same in every case, and wrong passwords count for every address.',
      because: 'The responses differ in nothing. What the owner needs to know is in an e-mail.',
    },
    decoys: [
      {
        file: 'other-forms-tell-who-has-an-account',
        title: 'One answer for every failed login',
        idea: 'Wrong password, no account, disabled or throttled: the login answers the same whether there is an account or not.',
        because: 'The login tells Mallory nothing. The registration still says that Alice’s address is taken.',
        fails: { step: 4, answer: 'different answers' },
      },
      {
        file: 'login-throttles-only-accounts',
        title: 'One answer, and a limit for each account',
        idea: 'All forms answer the same in every case, and each account accepts five wrong passwords.',
        because:
          'After five wrong passwords, only the address with an account gets 429. The limit itself tells who has one.',
        fails: { step: 3, answer: 'different answers' },
      },
    ],
  },
});
