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
  title: 'Disable the account, now',
  question: 'Her account was disabled at noon. When does she lose access?',
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
      purpose: 'Be inside already',
      narration:
        'She works here, until today. Her account is in order and her password is right; both devices get a session of their own.',
      act: async ({ laptop, phone }) => {
        await logInMallory(laptop);
        await logInMallory(phone);
      },
      ask: {
        question: 'How many session records does Redis hold?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'The admin disables Mallory’s account',
      purpose: 'Pull the plug',
      narration:
        'The admin logs in and disables her. Both shops set a flag in the table of users; one of them also looks up her sessions and deletes them.',
      act: async ({ admin }) => {
        await logInAdmin(admin);
        await admin.post(`/admin/users/${malloryId}/disable`);
      },
      ask: {
        question: 'How many session records does Redis hold now, the admin’s included?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 3,
        protected: 1,
      },
    },
    {
      title: 'Mallory opens the account page on both devices',
      purpose: 'The leaver comes back',
      narration:
        'Her devices have cookies and need no login. A flag that only the login asks for is never looked at on this way.',
      act: ({ laptop, phone }) => openAccount([laptop, phone]),
      ask: {
        question: 'Which of her devices are let in?',
        answer: ({ laptop, phone }) => whoIsIn([laptop, phone]),
        vulnerable: 'laptop, phone',
        protected: 'nobody',
      },
    },
    {
      title: 'Somebody tries her password at the login',
      purpose: 'The check people test',
      narration:
        'A request without a cookie, with her right password. Both shops refuse it with the same words as a wrong password. Whoever tests the disabling here is content with either shop.',
      act: ({ laptop }) =>
        laptop.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' }, { cookie: '' }),
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
      narration:
        'It was a mistake in the list of leavers. Mallory may log in again; what must not happen is that cookies from before come back to life, for nobody knows who holds them by now.',
      act: async ({ admin, laptop, phone }) => {
        await admin.post(`/admin/users/${malloryId}/enable`);
        await openAccount([laptop, phone]);
      },
      ask: {
        question: 'Which of the old cookies open her account?',
        answer: ({ laptop, phone }) => whoIsIn([laptop, phone]),
        vulnerable: 'laptop, phone',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice tries the admin’s button for everybody',
      purpose: 'A switch needs a guard',
      narration:
        'The shop has one route that ends all sessions of all users, for the day something leaks. Alice is a customer; a route that is merely not linked anywhere would obey her.',
      act: async ({ alice }) => {
        await logInAlice(alice);
        await alice.post('/admin/sessions/end-all');
      },
      ask: {
        question: 'What does the shop answer her?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 403,
        protected: 403,
      },
    },
    {
      title: 'The admin ends all sessions',
      purpose: 'Everybody out',
      narration:
        'The same list per user that ended Mallory’s sessions ends everybody’s, the admin’s own included: after a leak, that one is as doubtful as any.',
      act: ({ admin }) => admin.post('/admin/sessions/end-all'),
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 0,
        protected: 0,
      },
    },
    {
      title: 'Everybody opens the account page',
      purpose: 'See who is left',
      narration: 'All of them still have their cookies, and send them.',
      act: ({ laptop, phone, alice, admin }) => openAccount([laptop, phone, alice, admin]),
      ask: {
        question: 'Who is let in?',
        answer: ({ laptop, phone, alice, admin }) => whoIsIn([laptop, phone, alice, admin]),
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
  ],
  lesson: 'Disabling an account means ending its sessions too, because who is inside does not pass the login again.',
  fix: `users.update(user.id, { disabled: true });
const ended = await sessions.endWhere(user.id, () => true);
// And in requireAuth, for a session that slips through:
if (!user || user.disabled) return res.status(401).json({ error: 'Log in first.' });`,
  notTheFix: [
    'Changing the leaver’s password: it is asked for at the login, like the flag.',
    'Waiting for the idle limit: each of her requests renews it.',
    'A check on each request alone: enabling the account again would bring her old cookies back to life.',
  ],
});
