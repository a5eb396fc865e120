import type { Actor } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (alice: Actor) => alice.post('/auth/login', { email: 'alice@shop.example', password });

export default scenario({
  slug: 'privilege-change-rotation',
  chapter: 'login',
  title: 'Becoming admin with the old key',
  question: 'A cookie is stolen while it can do little. What can it do when its owner is promoted?',
  weakness: 'role-cached-in-session',
  actors: { alice: 'victim', mallory: 'attacker', admin: 'admin' },
  references: ['ASVS V7.2.4', 'ASVS V8.3.2', 'WSTG-SESS-03', 'WSTG-ATHZ-03', 'CWE-613', 'CWE-863', 'CAPEC-593'],
  steps: [
    {
      title: 'Alice logs in, and Mallory copies her cookie',
      purpose: 'Steal something small',
      narration:
        'Alice is a customer. The session notes that it was made for a customer, so a copy of her cookie can look at her orders and no more. The admin’s pages are a router of their own, with two guards before all its routes: one asks for a login, one for the role.',
      act: async ({ alice, mallory }) => {
        await logIn(alice);
        await mallory.copyCookie(alice);
        await mallory.get('/admin/users');
      },
      ask: {
        question: 'What does Mallory get for the list of users?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 403,
        protected: 403,
      },
    },
    {
      title: 'The admin promotes Alice',
      purpose: 'Change of privilege',
      narration:
        'From now on the database says that Alice is an admin. There are sessions of hers under way, and one of the two shops ends them in the same moment.',
      act: async ({ admin }) => {
        await admin.post('/auth/login', { email: 'admin@shop.example', password: 'ring-of-keys-42' });
        await admin.post('/admin/users/1/role', { role: 'admin' });
      },
      ask: {
        question: 'Is the record of the copied id still in Redis?',
        answer: async ({ mallory, world }) =>
          (await world.keys(`sess:${sidOf(mallory.cookie())}`)).length > 0 ? 'yes' : 'no',
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice types her password for her new role',
      purpose: 'Take up the privilege',
      narration:
        'The page she has open asks for her password and sends it to be confirmed; where her session was ended, she is sent to the login instead. The password proves the person, but the question is which session is trusted because of it.',
      act: async ({ alice }) => {
        await alice.post('/auth/confirm', { password });
        if (alice.last.status === 401) await logIn(alice);
      },
      ask: {
        question: 'Does Alice still use the id that Mallory copied?',
        answer: ({ alice, mallory }) =>
          sidOf(alice.cookie()) === sidOf(mallory.cookie()) ? 'the same id' : 'a new id',
        vulnerable: 'the same id',
        protected: 'a new id',
      },
    },
    {
      title: 'Alice opens the list of users',
      purpose: 'See that she is admin',
      narration: 'She is let in by both shops. How they know that she may is about to make the difference.',
      act: ({ alice }) => alice.get('/admin/users'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Use the promoted key',
      narration:
        'She has done nothing since she took the cookie. If the id is still good, then it was promoted together with its owner.',
      act: ({ mallory }) => mallory.get('/admin/users'),
      ask: {
        question: 'What does Mallory get for the list of users?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'The admin makes Alice a customer again',
      purpose: 'Take the privilege back',
      narration:
        'The database is right at once in both shops. A session that holds a copy of the role does not hear of it.',
      act: ({ admin }) => admin.post('/admin/users/1/role', { role: 'customer' }),
      ask: {
        question: 'How many records of sessions does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 1,
      },
    },
    {
      title: 'Alice opens the list of users again',
      purpose: 'Look at the role in force',
      narration:
        'She keeps the page open and goes on as if nothing had happened. What decides is whether the shop asks the database or the session.',
      act: ({ alice }) => alice.get('/admin/users'),
      ask: {
        question: 'Is she still let in?',
        answer: ({ alice }) => (alice.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory sends the copy once more',
      purpose: 'See what was left behind',
      narration:
        'A role that is kept in the session lasts as long as the session, for everybody who holds its cookie. Whoever keeps sending requests keeps it.',
      act: ({ mallory }) => mallory.get('/admin/users'),
      ask: {
        question: 'Is she still let in?',
        answer: ({ mallory }) => (mallory.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
  ],
  lesson:
    'When what a user may do changes, end the sessions made before and make new ones; and ask the database for the role, not the session.',
  fix: `users.update(user.id, { role });
await sessions.endWhere(user.id, ({ sid }) => sid !== req.sessionID);

// requireRole: made for the role, and in it now
if (req.session.role === role && users.byId(req.session.userId)?.role === role) return next();
res.status(403).end();`,
  notTheFix: [
    'Asking for the password again: the session that becomes trusted by it is the one the thief has a copy of, unless it gets a new id.',
    'Only reading the role anew: a demotion is heard, but a promotion then reaches the stolen copy at once.',
  ],
});
