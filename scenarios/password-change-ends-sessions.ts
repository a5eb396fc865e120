import type { Actor, World } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const email = 'alice@shop.example';
const password = 'rabbit-hole-7';
const logIn = (device: Actor) => device.post('/auth/login', { email, password });

/** The token in the mail with the link that resets the password. */
const mailedToken = (world: World) => world.mail(email).find(({ subject }) => subject.startsWith('Reset'))?.text ?? '';

export default scenario({
  slug: 'password-change-ends-sessions',
  chapter: 'logout',
  title: 'New password, old thief',
  question: 'I changed my password. Is whoever was in my account out?',
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
  steps: [
    {
      title: 'Alice logs in on laptop and phone',
      purpose: 'Two sessions',
      narration:
        'Her password is checked twice, once for each device. After that nobody asks for it: each request is recognised by the record its cookie names.',
      act: async ({ laptop, phone }) => {
        await logIn(laptop);
        await logIn(phone);
      },
    },
    {
      title: 'Mallory copies the laptop’s cookie',
      purpose: 'In without a password',
      narration: 'She opens the account page with it. She has never seen the password and does not need it.',
      act: async ({ mallory, laptop }) => {
        await mallory.copyCookie(laptop);
        await mallory.get('/me');
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: email,
      },
    },
    {
      title: 'Mallory tries to set a password of her own',
      purpose: 'From a session to the account',
      narration:
        'A session ends some day, a password does not: this would make the account hers. The one thing that can stand in her way is the question for the current password, and she can only guess at it.',
      act: ({ mallory }) =>
        mallory.post('/account/password', { currentPassword: 'just-a-guess', newPassword: 'mine-now-42' }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 403,
      },
    },
    {
      title: 'Alice changes her password on the laptop',
      purpose: 'Lock the thief out',
      narration:
        'Something seems odd to her, so she does what everybody advises. The careful shop checks the current password, gives this browser a new id and ends her other sessions; the other one stores a new hash and leaves it at that.',
      act: ({ laptop }) =>
        laptop.post('/account/password', { currentPassword: password, newPassword: 'looking-glass-9' }),
      ask: {
        question: 'Does the laptop still use the id that Mallory knows?',
        answer: ({ laptop, mallory }) =>
          sidOf(laptop.cookie()) === sidOf(mallory.cookie()) ? 'the same id' : 'a new id',
        vulnerable: 'the same id',
        protected: 'a new id',
      },
    },
    {
      title: 'Mallory opens the account page',
      purpose: 'See whether it helped',
      narration: 'The new hash is asked for at the next login. Mallory does not log in, she sends the cookie she has.',
      act: ({ mallory }) => mallory.get('/me'),
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
        'The laptop, where the password was typed, always stays in. The phone could be anybody’s by now: where sessions are ended it has to log in once, with the new password.',
      act: async ({ laptop, phone }) => {
        await laptop.get('/me');
        await phone.get('/me');
      },
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
      title: 'Alice resets the password by mail, on her phone',
      purpose: 'The other door to the password',
      narration:
        'A forgotten password is changed through a link in a mail, by somebody who is not logged in. It is the same change, so it should have the same effect, and this time no session is one to keep.',
      act: async ({ phone, world }) => {
        await phone.post('/auth/forgot', { email });
        await phone.post('/auth/reset', { token: mailedToken(world), password: 'pool-of-tears-3' });
      },
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 0,
      },
    },
    {
      title: 'The laptop opens the account page',
      purpose: 'Nobody told the laptop',
      narration: 'Its cookie is still in its jar, for no answer took it away. It only matters what it names.',
      act: ({ laptop }) => laptop.get('/me'),
      ask: {
        question: 'What does the shop answer the laptop?',
        answer: ({ laptop }) => laptop.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'Mallory uses the link in the mail a second time',
      purpose: 'One link, one reset',
      narration:
        'She found the mail in an old mailbox. Reading the token and deleting it are one Redis command in both shops, so there is nothing left for the second one to find.',
      act: ({ mallory, world }) =>
        mallory.post('/auth/reset', { token: mailedToken(world), password: 'mine-now-42' }, { cookie: '' }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 400,
        protected: 400,
      },
    },
    {
      title: 'Alice reads her mail',
      purpose: 'Tell the owner',
      narration:
        'A mail about each change goes to the owner, whoever made it. Had somebody else changed the password, this would be how she learns of it.',
      act: () => {},
      ask: {
        question: 'How many mails tell her that her password was changed?',
        answer: ({ world }) => world.mail(email).filter(({ subject }) => /password was changed/.test(subject)).length,
        vulnerable: 0,
        protected: 2,
      },
    },
  ],
  lesson:
    'A password is asked for at the next login only; to put out whoever is in, end the other sessions when it changes.',
  fix: `if (!(await passwords.match(user, currentPassword))) return res.status(403).end();
users.update(user.id, { passwordHash: await passwords.hash(newPassword) });
await startSession(shop, req, user); // regenerate: a new id for this browser
await sessions.endWhere(user.id, ({ sid }) => sid !== req.sessionID);`,
  notTheFix: [
    'A stronger password: the thief’s session was made with the old one and is never asked for any.',
    'Logging out of the browser in which the password was changed: that ends one session, and perhaps not the stolen one.',
  ],
});
