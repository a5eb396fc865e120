import type { World } from './engine/cast.ts';
import { minutes, seconds } from './engine/durations.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const malloryMail = 'crow@evil.example';

/** The mail with the link that resets the password, in Mallory's mailbox. */
const mailToMallory = (world: World) => world.mail(malloryMail).find(({ subject }) => subject.startsWith('Reset'));

export default scenario({
  slug: 'reauth-for-sensitive-change',
  chapter: 'logout',
  title: 'The cookie is not the person',
  question: 'What can somebody with my cookie do that outlasts the cookie?',
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
  times: { recent: minutes(5), away: minutes(6), soon: minutes(4) },
  inRealTime: { recent: seconds(5), away: seconds(6), soon: seconds(3) },
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'The password is typed',
      narration:
        'The session knows when the password was typed last. In the careful shop that counts for {recent} where more is at stake than a basket.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password }),
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Hold the session, not the password',
      narration: 'From now on both send the same cookie, and by the cookie alone the shop cannot tell them apart.',
      act: async ({ mallory, alice, world }) => {
        await mallory.copyCookie(alice);
        await world.letPass(world.times.away);
        await mallory.get('/me');
      },
      ask: {
        question: 'After {away}, who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Mallory puts her own e-mail into Alice’s account',
      purpose: 'Move the anchor of the account',
      narration:
        'A session ends some day. An e-mail does not, and whoever reads it can reset the password. A shop that asks for the person, and not only for the cookie, answers 403 with “reauth_required”.',
      act: ({ mallory }) => mallory.post('/account/email', { email: malloryMail }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 403,
      },
    },
    {
      title: 'Mallory says she has forgotten her password',
      purpose: 'Turn the e-mail into a password',
      narration:
        'She asks for a reset link to her address. The form answers the same for every address, known or not; whether a mail arrives depends on whose e-mail the account has.',
      act: ({ mallory }) => mallory.post('/auth/forgot', { email: malloryMail }),
      ask: {
        question: 'Does a reset link arrive in her mailbox?',
        answer: ({ world }) => (mailToMallory(world) ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice types her password again',
      purpose: 'Show that the person is here',
      narration:
        'She is about to change something, and confirms. To know more about somebody than before is a change of privilege, so the session gets a new id, as at a login, and the old record is deleted.',
      act: ({ alice }) => alice.post('/auth/confirm', { password }),
      ask: {
        question: 'Does Alice still use the id that Mallory knows?',
        answer: ({ mallory, alice }) =>
          sidOf(mallory.cookie()) === sidOf(alice.cookie()) ? 'the same id' : 'a new id',
        vulnerable: 'a new id',
        protected: 'a new id',
      },
    },
    {
      title: 'After {soon} Alice changes her e-mail',
      purpose: 'Within the window',
      narration:
        'The password was typed less than {recent} ago, so she is not asked again. A window, instead of a question each time, keeps people from typing it without thinking.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.soon);
        await alice.post('/account/email', { email: 'alice@rabbit.example' });
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'After {soon} more she wants to change it again',
      purpose: 'Beyond the window',
      narration:
        'The careful shop counts from the moment the password was typed, and what she did meanwhile renews nothing. Otherwise a thief’s own requests would hold the window open.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.soon);
        await alice.post('/account/email', { email: 'alice@hole.example' });
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 403,
      },
    },
    {
      title: 'Mallory sends her copy',
      purpose: 'The id from before',
      narration:
        'The confirmation gave the session a new id, so in both shops her copy names nothing any more. In one of them that no longer matters to her.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory opens the link she may have got',
      purpose: 'Come back without the session',
      narration:
        'A reset link needs no session. If one was sent to her while the account had her e-mail, she now chooses the password; if none was, all she can do is to invent one.',
      act: ({ mallory, world }) =>
        mallory.post('/auth/reset', { token: mailToMallory(world)?.text ?? 'invented', password: 'mine-now-42' }),
      ask: {
        question: 'Has she set the password of Alice’s account?',
        answer: ({ mallory }) => (mallory.last.status === 204 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
  ],
  lesson: 'Before the e-mail, the password or money, ask for the password again: a cookie can be held by anybody.',
  fix: `const requireRecentPassword = (req, res, next) => {
  const { confirmedAt } = req.session; // set at login and at POST /auth/confirm
  if (confirmedAt !== undefined && Date.now() - confirmedAt < 5 * 60_000) return next();
  res.status(403).json({ error: 'reauth_required' });
};
app.post('/account/email', requireRecentPassword, changeEmail);`,
  notTheFix: [
    'A CSRF token: whoever holds the cookie can load the page that has it.',
    'A mail to the old address alone: it tells the owner, after the change.',
    'A shorter idle limit: the thief’s own requests renew it.',
  ],
});
