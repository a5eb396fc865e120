import type { World } from './engine/cast.ts';
import { minutes, seconds } from './engine/durations.ts';
import { sidOf } from './engine/identity.ts';
import { mailedToken } from './engine/mailedToken.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const malloryMail = 'crow@evil.example';

/** The password reset mail in Mallory's mailbox. */
const mailToMallory = (world: World) => world.mail(malloryMail).find(({ subject }) => subject.startsWith('Reset'));

export default scenario({
  slug: 'reauth-for-sensitive-change',
  chapter: 'login',
  title: 'Step-up re-authentication',
  subtitle: 'The cookie is not the person',
  synonyms: ['reauthentication', 'sudo mode', 'confirm password', 'change email', 'hijack', 'hijacking', '2FA'],
  question: 'What can an attacker do with my cookie that outlasts the session?',
  weakness: 'session-is-enough',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: [
    'ASVS V7.5.1',
    'ASVS V7.5.3',
    'ASVS V7.2.4',
    'WSTG-ATHN-09',
    'NIST 63B-4 5.2',
    'CWE-306',
    'CWE-620',
    'CAPEC-593',
  ],
  subject: ['sess:', 'reset:'],
  times: { recent: minutes(5), away: minutes(6), soon: minutes(3) },
  inRealTime: { recent: seconds(5), away: seconds(6), soon: seconds(3) },
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Enter the password',
      narration: {
        vulnerable:
          'The session stores when the password was last entered, but this shop never asks: anyone who has the session may change the account.',
        protected:
          'The session stores when the password was last entered. This shop then allows sensitive changes for {recent}. The login counts, so a cookie that is stolen right after it can still be used for them.',
        both: 'The session stores when the password was last entered. The protected variant then allows sensitive changes for {recent}. The login counts, so a cookie that is stolen right after it can still be used for them.',
      },
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password }),
      claims: ['alice gets a session cookie'],
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Have the session, not the password',
      narration: 'From now on both send the same cookie, and the shop cannot tell them apart by the cookie alone.',
      act: async ({ mallory, alice, world }) => {
        await mallory.copyCookie(alice);
        await world.letPass(world.times.away);
        await mallory.get('/me');
      },
      claims: ['mallory sends the session ID of alice'],
      ask: {
        question: 'After {away}, who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Mallory puts her e-mail address into Alice’s account',
      purpose: 'Change the account’s e-mail',
      narration: {
        vulnerable:
          'A session ends at some point. An e-mail address stays, and its owner can reset the password. This shop asks for nothing but the cookie, and sends a link to Mallory’s address.',
        protected:
          'A session ends at some point. An e-mail address stays, and its owner can reset the password. This shop requires re-authentication, not only a cookie: the password was typed too long ago, so it answers 403 with “reauth_required”.',
        both: 'A session ends at some point. An e-mail address stays, and its owner can reset the password. A shop that requires re-authentication, not only a cookie, answers 403 with “reauth_required”.',
      },
      act: ({ mallory }) => mallory.post('/account/email', { email: malloryMail }),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 202,
        protected: 403,
      },
    },
    {
      title: 'Mallory requests a password reset',
      purpose: 'Turn the address into a password',
      narration: {
        vulnerable:
          'The new address counts once its owner uses the link in a mail, and Mallory uses it. Then she requests a reset link for her address, and gets it. The form answers every address alike.',
        protected:
          'The new address would count once its owner uses the link in a mail. The shop sent none, so Mallory invents a token, which is refused. Then she requests a reset link for her address. The form answers every address alike, but no account has hers.',
        both: 'The new address counts once its owner uses the link in a mail. If the shop sent one, Mallory uses it; without it she can only invent a token. Then she requests a reset link for her address. The form answers every address alike.',
      },
      act: async ({ mallory, world }) => {
        await mallory.post('/auth/confirm-email', { token: mailedToken(world.mail(malloryMail).at(-1)) ?? 'invented' });
        await mallory.post('/auth/forgot', { email: malloryMail });
      },
      claims: { vulnerable: ['a mail goes to crow@evil.example'], protected: ['no mail is sent'] },
      ask: {
        question: 'Does a reset link arrive in her mailbox?',
        answer: ({ world }) => (mailToMallory(world) ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice enters her password again',
      purpose: 'Re-authenticate the user',
      narration:
        'She is about to change something and confirms with her password. Re-authentication is a change of privilege, so the session gets a new session ID, as at login, and the old record is deleted.',
      act: ({ alice }) => alice.post('/auth/confirm', { password }),
      claims: ['alice gets a new session ID', 'the record of alice is deleted'],
      ask: {
        question: 'Does Alice still use the session ID that Mallory knows?',
        answer: ({ mallory, alice }) =>
          sidOf(mallory.cookie()) === sidOf(alice.cookie()) ? 'the same ID' : 'a new ID',
        vulnerable: 'a new ID',
        protected: 'a new ID',
      },
    },
    {
      title: 'Mallory sends her copy',
      purpose: 'Use the old session ID',
      narration: {
        vulnerable:
          'Re-authentication gave the session a new ID, so her copy names no record any more. She no longer needs it: mail about this account goes to her.',
        protected:
          'Re-authentication gave the session a new ID, so her copy names no record any more. With it, she has lost all that she had.',
        both: 'Re-authentication gave the session a new ID, so in both variants her copy names no record any more. In one of them she no longer needs it.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory uses the reset link, if she has one',
      purpose: 'Come back without a session',
      narration: {
        vulnerable:
          'A reset link needs no session. The shop sent her one while the account had her address, so now she chooses the password.',
        protected:
          'A reset link needs no session. But the account never had her address, so the shop sent her no link. She can only invent a token, and it is refused.',
        both: 'A reset link needs no session. If the shop sent her one while the account had her address, she now chooses the password. If not, she can only invent a token.',
      },
      act: ({ mallory, world }) =>
        mallory.post('/auth/reset', {
          token: mailedToken(mailToMallory(world)) ?? 'invented',
          password: 'mine-now-42',
        }),
      ask: {
        question: 'Has she set the password of Alice’s account?',
        answer: ({ mallory }) => (mallory.last.status === 204 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'After {soon} Alice sends a new e-mail address',
      purpose: 'Within the time window',
      narration: {
        vulnerable:
          'The reset has ended her session: a new password does that, no matter who sets it. Alice is logged out, and her password is no longer the one she knows.',
        protected: 'She entered the password less than {recent} ago, so the shop does not ask again.',
        both: 'In the protected variant, she entered the password less than {recent} ago, so the shop does not ask again. In the other one, the reset has ended her session: a new password does that, no matter who sets it.',
      },
      act: async ({ alice, world }) => {
        await world.letPass(world.times.soon);
        await alice.post('/account/email', { email: 'alice@rabbit.example' });
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 202,
      },
    },
    {
      title: 'After {soon} more she sends another one',
      purpose: 'After the time window',
      narration: {
        vulnerable:
          'Alice has no session in which she could confirm anything. Where one is left, a window counts from the moment the password was entered, and other requests do not renew it: otherwise an attacker’s own requests would keep it open.',
        protected:
          'The shop counts from the moment the password was entered; other requests do not renew the window. Otherwise an attacker’s own requests would keep it open. A window, not a question each time, keeps people from typing without thinking.',
        both: 'The protected variant counts from the moment the password was entered; other requests do not renew the window. Otherwise an attacker’s own requests would keep it open. A window, not a question each time, keeps people from typing without thinking.',
      },
      act: async ({ alice, world }) => {
        await world.letPass(world.times.soon);
        await alice.post('/account/email', { email: 'alice@hole.example' });
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 403,
      },
    },
  ],
  lesson: 'Ask for the password again before changes to e-mail or password: anybody can hold a cookie.',
  fix: `const requireRecentPassword = (req, res, next) => {
  const { confirmedAt } = req.session; // set at login and at POST /auth/confirm
  if (confirmedAt !== undefined && Date.now() - confirmedAt < 5 * 60_000) return next();
  res.status(403).json({ error: 'reauth_required' });
};
app.post('/account/email', requireRecentPassword, changeEmail);`,
  notTheFix: [
    'A CSRF token: an attacker with the cookie can load the page that has it.',
    'An e-mail to the old address alone: it informs the owner after the change.',
    'An earlier logout of idle users: the attacker’s own requests keep the session in use.',
  ],
  repairs: {
    fix: {
      title: 'Ask for a recent password',
      idea: 'A change of the e-mail needs a password that was typed less than {recent} ago.',
      because: 'Mallory has the cookie, but nothing that she does makes the shop believe that she typed the password.',
    },
    decoys: [
      {
        file: 'password-typed-once-is-enough',
        title: 'Ask once in each session',
        idea: 'The session stores when the password was entered. Without that, it may not change the e-mail.',
        because:
          'Alice entered the password when she logged in. Mallory sends the same session {away} later, and it still counts.',
        fails: { step: 3, answer: 202 },
      },
      {
        file: 'recent-password-renewed-by-use',
        title: 'Ask, unless the user is in the middle of it',
        idea: 'The password must be recent. Each change opens the window anew, so nobody is asked twice in a row.',
        because:
          'Six minutes after Alice typed the password, the shop still does not ask. Anyone who makes a change often enough is never asked again.',
        fails: { step: 9, answer: 202 },
      },
    ],
  },
});
