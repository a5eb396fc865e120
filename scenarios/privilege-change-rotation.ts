import type { Actor } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (alice: Actor) => alice.post('/auth/login', { email: 'alice@shop.example', password });

export default scenario({
  slug: 'privilege-change-rotation',
  chapter: 'login',
  title: 'Rotation on role change',
  subtitle: 'Becoming admin with the old key',
  synonyms: ['role', 'admin', 'privilege escalation', 'sudo', 'permissions'],
  question: 'A customer’s cookie is stolen. What can it do when the customer becomes an admin?',
  weakness: 'role-cached-in-session',
  actors: { alice: 'victim', mallory: 'attacker', admin: 'admin' },
  references: ['ASVS V7.2.4', 'ASVS V8.3.2', 'WSTG-SESS-03', 'WSTG-ATHZ-03', 'CWE-613', 'CWE-863', 'CAPEC-593'],
  steps: [
    {
      title: 'Alice logs in, and Mallory copies her cookie',
      purpose: 'Steal a customer’s session',
      narration:
        'Alice is a customer. Her session records that it was created for a customer, so a copy of her cookie can read her orders and no more. The admin pages are a separate router with two guards in front of all its routes: one checks the login, the other the role.',
      act: async ({ alice, mallory }) => {
        await logIn(alice);
        await mallory.copyCookie(alice);
        await mallory.get('/admin/users');
      },
      claims: ['mallory sends the session ID of alice'],
      ask: {
        question: 'What does Mallory get for the user list?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 403,
        protected: 403,
      },
    },
    {
      title: 'The admin promotes Alice',
      purpose: 'Change of privilege',
      narration: {
        vulnerable:
          'From now on the database says that Alice is an admin. She has active sessions, and they go on as they are.',
        protected:
          'From now on the database says that Alice is an admin. She had an active session, and the shop ends it at once.',
        both: 'From now on the database says that Alice is an admin. She has active sessions, and one of the two variants ends them at once.',
      },
      act: async ({ admin }) => {
        await admin.post('/auth/login', { email: 'admin@shop.example', password: 'ring-of-keys-42' });
        await admin.post('/admin/users/1/role', { role: 'admin' });
      },
      claims: { vulnerable: ['the record of mallory stays'], protected: ['the record of mallory is deleted'] },
      ask: {
        question: 'Is the record of the copied session ID still in Redis?',
        answer: async ({ mallory, world }) =>
          (await world.keys(`sess:${sidOf(mallory.cookie())}`)).length > 0 ? 'yes' : 'no',
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice confirms her password for her new role',
      purpose: 'Use the new role',
      narration:
        'Her open page asks for her password and sends it to be confirmed; if her session was ended, she logs in instead. The password proves who she is, but the question is which session the shop trusts because of it.',
      act: async ({ alice }) => {
        await alice.post('/auth/confirm', { password });
        if (alice.last.status === 401) await logIn(alice);
      },
      claims: { vulnerable: ['alice keeps the session ID'], protected: ['alice gets a new session ID'] },
      ask: {
        question: 'Does Alice still use the session ID that Mallory copied?',
        answer: ({ alice, mallory }) =>
          sidOf(alice.cookie()) === sidOf(mallory.cookie()) ? 'the same ID' : 'a new ID',
        vulnerable: 'the same ID',
        protected: 'a new ID',
      },
    },
    {
      title: 'Alice opens the user list',
      purpose: 'See that she is admin',
      narration: 'The shop lets her in. The next steps depend on how it checks the role.',
      act: ({ alice }) => alice.get('/admin/users'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Mallory sends the copied cookie',
      purpose: 'Use the stolen session',
      narration: {
        vulnerable:
          'Mallory asks for the user list again, with the same cookie as before. Alice has kept her session ID, so it is still valid, and the copy now has Alice’s new role.',
        protected:
          'Mallory asks for the user list again, with the same cookie as before. The record of its session ID was deleted with the change of role, so the shop does not know her: 401.',
        both: 'Mallory asks for the user list again, with the same cookie as before. If its session ID is still valid, the copy now has Alice’s new role.',
      },
      act: ({ mallory }) => mallory.get('/admin/users'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'What does Mallory get for the user list?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'The admin makes Alice a customer again',
      purpose: 'Revoke the privilege',
      narration: {
        vulnerable: 'The database is correct at once. The session holds a copy of the role, which nobody has updated.',
        protected:
          'The database is correct at once. Alice’s session began with the role of an admin, so the shop ends it, as it did at the promotion.',
        both: 'The database is correct at once in both variants. A session that holds a copy of the role is not updated. The protected shop ends it.',
      },
      act: ({ admin }) => admin.post('/admin/users/1/role', { role: 'customer' }),
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 1,
        neutral: false,
      },
    },
    {
      title: 'Alice opens the user list again',
      purpose: 'Check the role in force',
      narration: {
        vulnerable:
          'Alice keeps the page open and continues as if nothing had happened. This shop reads the role from her session, where she is still an admin.',
        protected:
          'Alice keeps the page open and continues as if nothing had happened. Her session ended with the role, so her cookie names no record. The first guard answers 401, before the second one asks for a role.',
        both: 'Alice keeps the page open and continues as if nothing had happened. Where the shop reads the role from her session, she is still an admin. Where her session has ended, the answer is 401, before any role is asked for.',
      },
      act: ({ alice }) => alice.get('/admin/users'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'Does the shop still let her in?',
        answer: ({ alice }) => (alice.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory sends the copied cookie again',
      purpose: 'See which privileges remain',
      narration: {
        vulnerable:
          'A role stored in the session lasts as long as the session, for everybody who holds its cookie. Anybody who keeps sending requests keeps the role.',
        protected:
          'The copied session ID has meant nobody since the promotion, when its record was deleted. Mallory gets the same 401 as before.',
        both: 'A role stored in the session lasts as long as the session, for everybody who holds its cookie. Anybody who keeps sending requests keeps the role, unless the change of role ends the session.',
      },
      act: ({ mallory }) => mallory.get('/admin/users'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'Does the shop still let her in?',
        answer: ({ mallory }) => (mallory.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
  ],
  lesson:
    'When a user’s privileges change, end the existing sessions and make new ones, and read the role from the database, not from the session.',
  fix: `users.update(user.id, { role });
await sessionIndex.endWhere(user.id, ({ sid }) => sid !== req.sessionID);

// requireRole: the session was made for the role, and the user has it now
if (req.session.role === role && users.byId(req.session.userId)?.role === role) return next();
res.status(403).end();`,
  notTheFix: [
    'Asking for the password again: the session that it makes trusted is the one the thief has copied, unless it gets a new session ID.',
    'Only reading the current role: a demotion takes effect, but a promotion then reaches the stolen copy at once.',
  ],
  repairs: {
    fix: {
      title: 'End the sessions when the role changes',
      idea: 'Sessions from before the change end, and an admin page needs the role in the session and in the database.',
      because:
        'A promotion does not reach the copy, because its record is gone. A demotion takes effect with the next request.',
    },
    decoys: [
      {
        file: 'promotion-reaches-old-sessions',
        title: 'Read the role from the database',
        idea: 'Each request asks the database for the role, so no session holds an old one.',
        because:
          'A demotion takes effect at once. But so does a promotion, in every session that Alice has, and Mallory has copied one.',
        fails: { step: 5, answer: 200 },
      },
      {
        file: 'demotion-keeps-sessions',
        title: 'End the sessions of a user who is promoted',
        idea: 'More privileges need a new session: a user who becomes an admin has to log in again, with a new session ID.',
        because:
          'Mallory’s copy gains nothing. But Alice’s new session still says “admin” after the demotion, and nothing ends it.',
        fails: { step: 7, answer: 'yes' },
      },
    ],
  },
});
