import type { Actor, World } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { mailedToken } from './engine/mailedToken.ts';
import { scenario } from './engine/scenario.ts';

const email = 'alice@shop.example';
const password = 'rabbit-hole-7';
const logIn = (device: Actor) => device.post('/auth/login', { email, password });

/** The token from the password reset mail. */
const resetToken = (world: World) => mailedToken(world.mail(email).find(({ subject }) => subject.startsWith('Reset')));

export default scenario({
  slug: 'password-change-ends-sessions',
  chapter: 'logout',
  title: 'Password change ends sessions',
  subtitle: 'New password, old thief',
  synonyms: ['change password', 'reset password', 'revoke', 'compromised account', 'sign out'],
  question: 'I changed my password. Is an attacker in my account logged out?',
  weakness: 'password-change-keeps-sessions',
  actors: {
    laptop: { role: 'victim', label: 'Alice’s laptop' },
    phone: { role: 'person', label: 'Alice’s phone' },
    mallory: 'attacker',
  },
  references: [
    'ASVS V7.4.3',
    'ASVS V6.2.3',
    'ASVS V6.3.7',
    'ASVS V6.4.3',
    'WSTG-ATHN-09',
    'CWE-613',
    'CWE-620',
    'CWE-640',
    'CAPEC-593',
    'CAPEC-50',
  ],
  subject: ['sess:', 'reset:'],
  steps: [
    {
      title: 'Alice logs in on laptop and phone',
      purpose: 'Two sessions',
      narration:
        'The shop checks her password once for each device. After that nobody asks for it: the shop recognizes each request by the session record its cookie names.',
      act: async ({ laptop, phone }) => {
        await logIn(laptop);
        await logIn(phone);
      },
      claims: ['laptop gets a session cookie', 'phone gets a session cookie'],
    },
    {
      title: 'Mallory copies the laptop’s cookie',
      purpose: 'Access without a password',
      narration: 'She opens the account page with it. She has never seen the password and does not need it.',
      act: async ({ mallory, laptop }) => {
        await mallory.copyCookie(laptop);
        await mallory.get('/me');
      },
      claims: ['mallory sends the session ID of laptop'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: email,
      },
    },
    {
      title: 'Mallory tries to set a new password',
      purpose: 'From a session to the account',
      narration:
        'A session ends at some point, a password does not: with it the account would be hers (account takeover). Only a check of the current password can stop her, and she can only guess it.',
      act: ({ mallory }) =>
        mallory.post('/account/password', { currentPassword: 'just-a-guess', newPassword: 'mine-now-42' }),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 403,
      },
    },
    {
      title: 'Alice changes her password on the laptop',
      purpose: 'Log the attacker out',
      narration: {
        vulnerable:
          'Alice notices something odd and follows the usual advice. The shop stores a hash of the new password, and nothing else changes.',
        protected:
          'Alice notices something odd and follows the usual advice. The shop checks the current password, gives this browser a new session ID and ends her other sessions.',
        both: 'Alice notices something odd and follows the usual advice. The protected variant checks the current password, gives this browser a new session ID and ends her other sessions. The other only stores a new hash.',
      },
      act: ({ laptop }) =>
        laptop.post('/account/password', { currentPassword: password, newPassword: 'looking-glass-9' }),
      claims: {
        vulnerable: ['laptop keeps the session ID', 'the record of phone stays'],
        protected: [
          'laptop gets a new session ID',
          'the record of laptop is deleted',
          'the record of phone is deleted',
        ],
      },
      ask: {
        question: 'Does the laptop still use the session ID that Mallory knows?',
        answer: ({ laptop, mallory }) =>
          sidOf(laptop.cookie()) === sidOf(mallory.cookie()) ? 'the same ID' : 'a new ID',
        vulnerable: 'the same ID',
        protected: 'a new ID',
      },
    },
    {
      title: 'Mallory opens the account page',
      purpose: 'Check whether it helped',
      narration:
        'The shop checks the new password at the next login. Mallory does not log in; she sends the cookie she has.',
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: 'nobody',
      },
    },
    {
      title: 'Alice’s own devices open the account page',
      purpose: 'What it costs the owner',
      narration:
        'The laptop, where Alice entered the password, always stays logged in. The phone could be anybody’s by now: where its session was ended, it has to log in with the new password.',
      act: async ({ laptop, phone }) => {
        await laptop.get('/me');
        await phone.get('/me');
      },
      claims: ['laptop sends a session cookie', 'phone sends a session cookie'],
      ask: {
        question: 'Which of her devices are still logged in?',
        answer: ({ laptop, phone }) => {
          const inside = [laptop.last.status === 200 && 'laptop', phone.last.status === 200 && 'phone'].filter(Boolean);
          return inside.length === 0 ? 'none' : inside.join(' and ');
        },
        vulnerable: 'laptop and phone',
        protected: 'laptop',
      },
    },
    {
      title: 'Alice resets the password by e-mail, on her phone',
      purpose: 'The other way to change it',
      narration: {
        vulnerable:
          'A forgotten password is changed through a link in an e-mail, for which nobody has to be logged in. The phone still is, and sends its cookie all the same. It is the same change, so it should have the same effect. This shop stores a new hash, and ends no session.',
        protected:
          'A forgotten password is changed through a link in an e-mail, for which nobody has to be logged in. It is the same change, so it has the same effect: the shop ends every session on Alice’s list. The phone’s own ended before, so this time there is none to keep.',
        both: 'A forgotten password is changed through a link in an e-mail, for which nobody has to be logged in. It is the same change, so it should have the same effect. The protected shop ends every session on Alice’s list; the other ends none.',
      },
      act: async ({ phone, world }) => {
        await phone.post('/auth/forgot', { email });
        await phone.post('/auth/reset', { token: resetToken(world), password: 'pool-of-tears-3' });
      },
      claims: ['a mail goes to alice@shop.example'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 0,
        neutral: false,
      },
    },
    {
      title: 'The laptop opens the account page',
      purpose: 'Use a session from before',
      narration:
        'The laptop still has its cookie, because no response deleted it. What matters is whether the record exists.',
      act: ({ laptop }) => laptop.get('/me'),
      claims: ['laptop sends a session cookie'],
      ask: {
        question: 'What does the shop answer the laptop?',
        answer: ({ laptop }) => laptop.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'Mallory uses the link in the e-mail a second time',
      purpose: 'One link, one reset',
      narration:
        'She found the e-mail in an old mailbox. The shop compares and deletes the token in one Redis script, so a second use finds no token.',
      act: ({ mallory, world }) =>
        mallory.post('/auth/reset', { token: resetToken(world), password: 'mine-now-42' }, { cookie: '' }),
      claims: ['mallory sends no session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 400,
        protected: 400,
      },
    },
    {
      title: 'Alice reads her e-mail',
      purpose: 'Notify the owner',
      narration:
        'The owner should get an e-mail about each change. If somebody else had changed the password, this is how she would learn of it.',
      act: () => {},
      ask: {
        question: 'How many e-mails tell her that her password was changed?',
        answer: ({ world }) => world.mail(email).filter(({ subject }) => /password was changed/.test(subject)).length,
        vulnerable: 0,
        protected: 2,
      },
    },
  ],
  lesson:
    'A new password is checked only at the next login; to log an attacker out, end all other sessions when it changes.',
  fix: `if (!(await passwords.match(user, currentPassword))) return res.status(403).end();
// Only if nobody has changed it while it was checked and hashed.
const changed = await setPassword(context, user, newPassword);
if (!changed) throw new CredentialsChanged();
await startSession(context, req, changed); // regenerate: a new session ID for this browser
await sessionIndex.endWhere(user.id, ({ sid }) => sid !== req.sessionID);`,
  notTheFix: [
    'A stronger password: the attacker’s session exists already and is never asked for one.',
    'Logging out in the browser that changed the password: that ends one session, and perhaps not the stolen one.',
  ],
  repairs: {
    fix: {
      title: 'Ask, renew this session, end all others',
      idea: 'The change asks for the current password, gives this browser a new session and ends all others.',
      because: 'Only who knows the password can change it, and nobody who was logged in before stays so.',
    },
    decoys: [
      {
        file: 'password-change-asks-first',
        title: 'Ask for the current password',
        idea: 'A thief with the cookie does not know the password, so she cannot change it. The owner is told by e-mail.',
        because:
          'Mallory cannot take over the account. But she is logged in, and the new password does not change that.',
        fails: { step: 5, answer: 'alice@shop.example' },
      },
      {
        file: 'password-change-ends-only-its-own',
        title: 'Ask, then renew this session',
        idea: 'The change asks for the current password, and anyone who copied this browser’s cookie is logged out.',
        because:
          'Mallory’s copy was of the laptop’s session, which is gone. A copy of the phone’s cookie would still work.',
        fails: { step: 6, answer: 'laptop and phone' },
      },
    ],
  },
});
