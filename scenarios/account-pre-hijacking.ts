import type { Actor, World } from './engine/cast.ts';
import { mailedToken } from './engine/mailedToken.ts';
import { scenario } from './engine/scenario.ts';

const email = 'bob@mail.example';
const password = 'paper-boat-21';
/** The password that Mallory types for the account. */
const hers = 'crows-know-it-8';

/** Bob does what the shop tells him: he has an account and may reset its password, or he has mail. */
async function useTheLink(bob: Actor, world: World): Promise<void> {
  if (bob.last.status !== 409) {
    await bob.post('/auth/confirm-email', { token: mailedToken(world.mail(email)[0]), password });
    return;
  }
  await bob.post('/auth/forgot', { email });
  await bob.post('/auth/reset', { token: mailedToken(world.mail(email)[0]), password });
}

export default scenario({
  slug: 'account-pre-hijacking',
  chapter: 'login',
  title: 'Account pre-hijacking',
  subtitle: 'She registered before you did',
  synonyms: [
    'pre-hijacked account',
    'registration',
    'sign up',
    'e-mail verification',
    'confirm e-mail',
    'unverified',
    'account takeover',
  ],
  question: 'Somebody registers with my e-mail address before I do. Who has the account in the end?',
  weakness: 'registration-without-confirmation',
  actors: { mallory: 'attacker', bob: 'victim' },
  references: ['WSTG-IDNT-02', 'ASVS V7.4.3', 'CWE-283', 'CWE-613', 'CAPEC-21'],
  subject: ['sess:', 'confirm:'],
  steps: [
    {
      title: 'Bob puts a hat into his basket',
      purpose: 'A visitor without an account',
      narration: 'Bob has never been here. The shop remembers his basket in a session that names nobody.',
      act: ({ bob }) => bob.post('/basket', { item: 'hat' }),
      claims: ['the record of bob is stored'],
    },
    {
      title: 'Mallory registers with Bob’s address',
      purpose: 'Come first',
      narration: {
        vulnerable:
          'She types an address that is not hers, and a password. Anybody can type anything; only a mail to that address reaches its owner. This shop sends none and logs her in.',
        protected:
          'She types an address that is not hers, and a password. Anybody can type anything; only a mail to that address reaches its owner. This shop sends Bob a link, and ignores her password.',
        both: 'She types an address that is not hers, and a password. Anybody can type anything; only a mail to that address reaches its owner. The vulnerable shop sends none and logs her in. The protected shop sends Bob a link, and ignores her password.',
      },
      act: async ({ mallory }) => {
        await mallory.post('/auth/register', { email, password: hers });
        await mallory.get('/me');
      },
      claims: {
        vulnerable: ['no mail is sent', 'mallory gets a session cookie', 'the record of mallory is stored'],
        protected: ['a mail goes to bob@mail.example', 'mallory gets no session cookie', 'no record is stored'],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: 'nobody',
      },
    },
    {
      title: 'Bob registers',
      purpose: 'Come second',
      narration: {
        vulnerable:
          'He wants to order. His address has an account already, so the shop refuses him (409), and he thinks that he has forgotten it.',
        protected:
          'He wants to order. His address has no account yet, so he gets a link, the second one in his mailbox. Where somebody had an account under it, he would be refused, and think that he has forgotten it.',
        both: 'He wants to order. If his address has an account already, the shop refuses him (409), and he thinks that he has forgotten it. If not, he gets a link, the second one in his mailbox.',
      },
      act: ({ bob }) => bob.post('/auth/register', { email, password }),
      claims: { vulnerable: ['no mail is sent'], protected: ['a mail goes to bob@mail.example'] },
      ask: {
        question: 'What does the shop answer him?',
        answer: ({ bob }) => bob.last.status,
        vulnerable: 409,
        protected: 202,
      },
    },
    {
      title: 'Bob uses the link in the mail',
      purpose: 'Prove that the address is his',
      narration: {
        vulnerable:
          'He chooses a password behind a link in a mail. He has to ask for one, to reset the password of “his” account.',
        protected:
          'He chooses a password behind a link in a mail. The account exists only now, no matter who asked for the link.',
        both: 'He chooses a password behind a link in a mail. In the vulnerable shop he has to ask for one, to reset the password of “his” account. In the protected shop the account exists only now, no matter who asked for the link.',
      },
      act: ({ bob, world }) => useTheLink(bob, world),
      claims: ['bob is answered 204'],
    },
    {
      title: 'Mallory logs in with the password that she typed',
      purpose: 'Try what she knows',
      narration: {
        vulnerable:
          'Bob’s password has replaced hers: the reset stored its hash in the account. What she knows opens nothing, and the account looks safe.',
        protected:
          'Her password never counted. The account exists since Bob used the link, with the password that he chose there. A shop that kept hers until then would have let Bob confirm an account whose password she knows.',
        both: 'Bob’s password has replaced hers, or hers never counted. A shop that keeps it until the address is confirmed lets Bob confirm an account whose password Mallory knows.',
      },
      act: ({ mallory }) => mallory.post('/auth/login', { email, password: hers }),
      ask: {
        question: 'What does the shop answer her?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Bob logs in and orders the hat',
      purpose: 'Give the account some value',
      narration:
        'He knows the password and nobody else does. To him the account looks like his own. The order is stored under his user ID.',
      act: async ({ bob }) => {
        await bob.post('/auth/login', { email, password });
        await bob.post('/orders');
      },
      claims: ['bob gets a new session ID', 'bob is answered 201', 'bob is taken for Bob'],
    },
    {
      title: 'Mallory opens the account page again',
      purpose: 'Come back',
      narration: {
        vulnerable:
          'A session outlives the password that it began with, unless the shop ends it: the shop asks for a password at the login only. Mallory sends the cookie from her registration, and the reset has not ended that session.',
        protected:
          'A session outlives the password that it began with, unless the shop ends it. But Mallory’s registration began no session. She has no cookie to send, and gets 401.',
        both: 'A session outlives the password that it began with, unless the shop ends it: the shop asks for a password at the login only. Mallory sends the cookie from her registration, if she got one.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: {
        vulnerable: ['mallory sends a session cookie'],
        protected: ['mallory sends no session cookie'],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory reads the orders',
      purpose: 'What she waited for',
      narration: {
        vulnerable:
          'She prepared the account and let Bob fill it. Orders, addresses and cards of a customer are worth the wait.',
        protected:
          'She prepared nothing that she could come back to: no session, no password, and no account that was ever hers. Bob’s order is stored under the account that he alone can open.',
        both: 'In the vulnerable shop, she prepared the account and let Bob fill it. Orders, addresses and cards of a customer are worth the wait. In the protected shop, she has no session to read them with.',
      },
      act: ({ mallory }) => mallory.get('/orders'),
      ask: {
        question: 'What does she see?',
        answer: ({ mallory }) => mallory.last.json?.orders?.[0]?.things.join(', ') ?? 'nothing',
        vulnerable: 'hat',
        protected: 'nothing',
      },
    },
  ],
  lesson:
    'An address belongs to the person who uses the link in a mail to it: before that there is no account and no password, and a new password ends every session.',
  fix: `// register: nothing but an address, and the same answer for every address
const { email } = z.object({ email: emailRule }).parse(req.body);
mail({ to: email, subject: 'Finish your registration', text: confirmLink(context, token) });
res.status(202).json({ message: 'We have sent you a mail.' });

// confirm-email: the token once, then the password, then the account; no session
const taken = await takeConfirmation(context, token);
const user = taken && users.add(taken.asked.email, await passwords.hash(password));`,
  notTheFix: [
    'A reminder to confirm the address later: until then the account is the attacker’s, and her session goes on afterwards.',
    'Deleting accounts that nobody has confirmed after a week: the victim may come within the week.',
    'A puzzle that only people solve (CAPTCHA): the attacker is a person.',
  ],
  repairs: {
    fix: {
      title: 'The password behind the link',
      idea: 'The registration takes only an address. The account and its password exist when its owner has used the link.',
      because:
        'Anyone who types Bob’s address gets nothing: no session, no account, and no password that will ever count.',
    },
    decoys: [
      {
        file: 'registration-logs-in-at-once',
        title: 'A reset ends all sessions',
        idea: 'When the owner comes and resets the password, everybody who was logged in before is logged out.',
        because:
          'The reset logs Mallory out. Until then she is in an account with Bob’s address, and can order in his name.',
        fails: { step: 2, answer: email },
      },
      {
        file: 'registration-chooses-the-password',
        title: 'Confirm the address before the first login',
        idea: 'The registration stores the hash of the password, and the account exists once the link in the mail is used.',
        because: 'Bob used the link. He confirmed the account that Mallory had registered, with her password.',
        fails: { step: 5, answer: 200 },
      },
    ],
  },
});
