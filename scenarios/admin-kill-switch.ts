import type { Actor, World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const logInAs = (email: string, password: string) => (device: Actor) => device.post('/auth/login', { email, password });
const logInMallory = logInAs('mallory@shop.example', 'crow-bar-13');
const logInAlice = logInAs('alice@shop.example', 'rabbit-hole-7');
const logInAdmin = logInAs('admin@shop.example', 'ring-of-keys-42');

const malloryId = 2;
const recordCount = async (world: World) => (await world.keys('sess:')).length;
const openAccount = (devices: Actor[]) => Promise.all(devices.map((device) => device.get('/me')));
const whoIsIn = (devices: Actor[]) =>
  devices
    .filter((device) => device.last.status === 200)
    .map((device) => device.name)
    .join(', ') || 'nobody';

export default scenario({
  slug: 'admin-kill-switch',
  chapter: 'logout',
  title: 'Account deactivation',
  subtitle: 'Disable the account, now',
  synonyms: ['ban', 'block', 'disable user', 'suspend', 'kick out', 'revoke', 'deprovision'],
  question: 'An admin disables an account. When does its user lose access?',
  weakness: 'disabled-checked-at-login',
  actors: {
    laptop: { role: 'attacker', label: 'Mallory’s laptop' },
    phone: { role: 'attacker', label: 'Mallory’s phone' },
    alice: 'person',
    admin: 'admin',
  },
  references: ['ASVS V7.4.2', 'ASVS V7.4.5', 'ASVS V8.3.2', 'CWE-613', 'CWE-862', 'CAPEC-593'],
  steps: [
    {
      title: 'Mallory logs in on laptop and phone',
      purpose: 'Log in before the change',
      narration:
        'She works here, until today. Her account is active and her password is correct; each device gets its own session.',
      act: async ({ laptop, phone }) => {
        await logInMallory(laptop);
        await logInMallory(phone);
      },
      claims: ['laptop gets a session cookie', 'phone gets a session cookie'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'The admin disables Mallory’s account',
      purpose: 'Deactivate the account',
      narration: {
        vulnerable:
          'The admin logs in and disables the account: the shop sets a flag in the user table. It looks for none of her sessions.',
        protected:
          'The admin logs in and disables the account: the shop sets a flag in the user table. It also finds her sessions and deletes their records.',
        both: 'The admin logs in and disables the account. Both variants set a flag in the user table; one of them also finds her sessions and deletes their records.',
      },
      act: async ({ admin }) => {
        await logInAdmin(admin);
        await admin.post(`/admin/users/${malloryId}/disable`);
      },
      claims: {
        vulnerable: ['the record of laptop stays', 'the record of phone stays'],
        protected: ['the record of laptop is deleted', 'the record of phone is deleted'],
      },
      ask: {
        question: 'How many session records does Redis hold now, the admin’s included?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 3,
        protected: 1,
        neutral: false,
      },
    },
    {
      title: 'Mallory opens the account page on both devices',
      purpose: 'Use the existing sessions',
      narration: {
        vulnerable:
          'Her devices have cookies and need no login. The flag is checked only at login, so it does not affect these requests.',
        protected:
          'Her devices have cookies and need no login. But their records are deleted, so the cookies mean nobody: 401.',
        both: 'Her devices have cookies and need no login. A flag that is checked only at login does not affect these requests. Deleted records do.',
      },
      act: ({ laptop, phone }) => openAccount([laptop, phone]),
      claims: ['laptop sends a session cookie', 'phone sends a session cookie'],
      ask: {
        question: 'Which of her devices are let in?',
        answer: ({ laptop, phone }) => whoIsIn([laptop, phone]),
        vulnerable: 'laptop, phone',
        protected: 'nobody',
      },
    },
    {
      title: 'Somebody tries to log in with her password',
      purpose: 'Test only the login',
      narration:
        'The request carries no cookie, but her correct password. The shop refuses it with the same message as for a wrong password. A test that checks only this says nothing about the sessions that began before.',
      act: ({ laptop }) =>
        laptop.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' }, { cookie: '' }),
      claims: ['laptop sends no session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ laptop }) => laptop.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'The admin enables the account again',
      purpose: 'Old sessions stay ended',
      narration: {
        vulnerable:
          'Disabling the account was a mistake. Mallory may log in again. But her old cookies work as well: their records were never deleted, and nobody knows who holds them by now.',
        protected:
          'Disabling the account was a mistake. Mallory may log in again, but old cookies must not work again, because nobody knows who holds them by now. Their records are gone, so they do not.',
        both: 'Disabling the account was a mistake. Mallory may log in again, but old cookies must not work again, because nobody knows who holds them by now.',
      },
      act: async ({ admin, laptop, phone }) => {
        await admin.post(`/admin/users/${malloryId}/enable`);
        await openAccount([laptop, phone]);
      },
      claims: ['laptop sends a session cookie', 'phone sends a session cookie'],
      ask: {
        question: 'Which of the old cookies open her account?',
        answer: ({ laptop, phone }) => whoIsIn([laptop, phone]),
        vulnerable: 'laptop, phone',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice tries to end all sessions',
      purpose: 'Authorize the admin route',
      narration:
        'The shop has one route that ends all sessions of all users, for use after a leak. Alice is a customer. A route that is only hidden, not protected, would obey her.',
      act: async ({ alice }) => {
        await logInAlice(alice);
        await alice.post('/admin/sessions/end-all');
      },
      claims: ['alice sends a session cookie', 'alice is answered 403'],
      ask: {
        question: 'What does the shop answer her?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 403,
        protected: 403,
      },
    },
    {
      title: 'The admin ends all sessions',
      purpose: 'Log everybody out',
      narration:
        'The shop goes through each user’s list of sessions and ends them all, including the admin’s own: after a leak, that one cannot be trusted either.',
      act: ({ admin }) => admin.post('/admin/sessions/end-all'),
      claims: ['the record of admin is deleted', 'the record of alice is deleted'],
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 0,
        protected: 0,
      },
    },
    {
      title: 'Everybody opens the account page',
      purpose: 'See who is logged in',
      narration: 'All of them still have their cookies and send them.',
      act: ({ laptop, phone, alice, admin }) => openAccount([laptop, phone, alice, admin]),
      claims: [
        'laptop sends a session cookie',
        'phone sends a session cookie',
        'alice sends a session cookie',
        'admin sends a session cookie',
      ],
      ask: {
        question: 'Who is let in?',
        answer: ({ laptop, phone, alice, admin }) => whoIsIn([laptop, phone, alice, admin]),
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'Disabling an account must also end its sessions, because a user who is logged in does not pass the login again.',
  fix: `users.update(user.id, { disabled: true });
const ended = await sessionIndex.endWhere(user.id, () => true);
// And in requireAuth, for a session that was not ended:
if (!user || user.disabled) return res.status(401).json({ error: 'Log in first.' });`,
  notTheFix: [
    'Changing her password: like the flag, it is checked only at login.',
    'Waiting for the idle timeout: each of her requests renews it.',
    'Checking the flag on each request alone: once the account is enabled again, her old cookies work again.',
  ],
  repairs: {
    fix: {
      title: 'Set the flag, end her sessions',
      idea: 'The account is marked as disabled, each request checks that, and the records of its user are deleted.',
      because: 'No device is let in, and none of the old cookies works again when the account is enabled.',
    },
    decoys: [
      {
        file: 'disabling-keeps-sessions',
        title: 'Check the flag with each request',
        idea: 'A disabled account is refused everywhere, and not only at the login. No session has to be searched for.',
        because:
          'She is refused while the flag is set. But both records are still there: once the account is enabled, the old cookies open it.',
        fails: { step: 5, answer: 'laptop, phone' },
      },
      {
        file: 'disabling-ends-all-sessions',
        title: 'Set the flag, end all sessions',
        idea: 'Nobody has to know which sessions belong to whom: after this, every user has to log in again.',
        because:
          'Mallory is out, but so is everybody else. The admin’s own session has ended too, so the admin has to log in before anything else.',
        fails: { step: 5, status: 401 },
      },
    ],
  },
});
