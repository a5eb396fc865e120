import type { Actor, LastResponse } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const account = 'alice@shop.example';
const noAccount = 'nobody@shop.example';
const password = 'not-the-password';

const list = ['admin', 'alice', 'bob', 'carol', 'dave'].map((name) => `${name}@shop.example`);

/** Different between any two answers, whoever asks: the time of day, and the seconds left of a wait. */
const ofTheMoment = ['date', 'retry-after'];

/** Everything of an answer that could tell something: status, headers with their values, body. */
function print({ status, headers, text }: LastResponse): string {
  const telling = Object.entries(headers).filter(([name]) => !ofTheMoment.includes(name));
  return JSON.stringify([status, telling.sort(), text]);
}

const compare = (known: Actor, unknown: Actor) =>
  print(known.last) === print(unknown.last) ? 'the same answer' : 'different answers';

export default scenario({
  slug: 'user-enumeration-by-message',
  chapter: 'login',
  title: 'Which mistake did you make',
  question: 'What does a login that fails tell about who has an account?',
  weakness: 'answers-tell-who-has-an-account',
  actors: {
    known: { role: 'attacker', label: 'Mallory, asking about Alice' },
    unknown: { role: 'attacker', label: 'Mallory, asking about nobody' },
    admin: 'admin',
  },
  references: ['ASVS V6.3.8', 'WSTG-IDNT-04', 'CWE-204', 'CWE-203', 'CAPEC-54'],
  steps: [
    {
      title: 'Mallory tries a wrong password twice',
      purpose: 'Compare two failures',
      narration:
        'Once for Alice, who has an account, and once for an address that has none. Both logins fail. She compares everything the shop sends back but the date: the status, each header, the text and with it the length.',
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
      title: 'Mallory tries an account that is disabled',
      purpose: 'Compare another state',
      narration:
        'The admin has disabled the account of mallory@shop.example. Whoever is refused would like to know why, but the shop does not know yet whether it speaks to the owner: the password is wrong.',
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
      title: 'Mallory goes on until tries are refused',
      purpose: 'Compare the throttle',
      narration:
        'Six more tries for each of the two. A shop that counts wrong passwords has to count them for addresses without an account as well: otherwise only real accounts are ever closed to her.',
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
      purpose: 'Ask at the next door',
      narration:
        'A login that gives nothing away is no use when the registration says that an address is taken. The owner of the address may know it, and a mail reaches nobody else.',
      act: async ({ known, unknown }) => {
        await known.post('/auth/register', { email: account, password });
        await unknown.post('/auth/register', { email: 'free@shop.example', password });
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
      purpose: 'Sort a list of names',
      narration:
        'She knows the answer for an address that has no account, and compares the answer for each name of her list with it. What is left over is a list of accounts to try passwords on, and of customers to write to.',
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
    'One answer for every failure, at every door where an e-mail can be typed: login, registration and forgotten password.',
  fix: `if (!(await passwords.match(user, password)) || !user || user.disabled) {
  res.status(401).json({ error: 'E-mail or password is wrong.' });
  return;
}

// register and forgot: the same 202 in either case, and the rest in a mail to the owner
res.status(202).json({ message: 'We have sent you a mail.' });`,
  notTheFix: [
    'The same text with another status, header or length: a program compares all of them.',
    'A login that tells nothing beside a registration that does: the list is sorted at the weakest door.',
  ],
});
