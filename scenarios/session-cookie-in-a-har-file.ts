import type { Actor } from './engine/cast.ts';
import { minutes, seconds } from './engine/durations.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const support = 'https://support.example';
const email = 'admin@shop.example';

/** The files that support has: what it answered to the uploads. */
const files = (admin: Actor) => admin.responses.filter(({ by }) => by === support).map(({ text }) => text);

/** Returns a header of the request in the first file. */
function headerIn(admin: Actor, name: string): string {
  const headers: { name: string; value: string }[] = JSON.parse(files(admin)[0]!).log.entries[0].request.headers;
  return headers.find((header) => header.name === name)?.value ?? '';
}

/** Sends the headers that stand in the first file, as a program does that repeats the request. */
const asInTheFile = (admin: Actor) => ({
  cookie: headerIn(admin, 'Cookie'),
  headers: { 'User-Agent': headerIn(admin, 'User-Agent') },
});

const hasSessionId = (admin: Actor, file: string | undefined) =>
  file?.includes(sidOf(admin.cookie()) ?? '-') ? 'yes' : 'no';

export default scenario({
  slug: 'session-cookie-in-a-har-file',
  chapter: 'login',
  title: 'Session cookie in a HAR file',
  subtitle: 'The attachment of a support case',
  synonyms: [
    'HTTP Archive',
    'support case',
    'developer tools',
    'export',
    'leak',
    'hijack',
    'hijacking',
    '2FA',
    'MFA',
    'pass the cookie',
    'Okta',
  ],
  question: 'Support asks for a recording of the problem. What do I hand over?',
  weakness: 'second-factor-counts-until-logout',
  setup: { secondFactor: [email] },
  actors: { admin: 'victim', mallory: 'attacker' },
  // Support keeps what it gets. The response shows what arrived.
  sites: { [support]: ({ body }) => ({ body }) },
  references: [
    'ASVS V7.5.3',
    'ASVS V7.4.1',
    'WSTG-SESS-04',
    'WSTG-SESS-09',
    'NIST 63B-4 5.1',
    'CWE-522',
    'CWE-294',
    'CWE-306',
    'CAPEC-60',
    'CAPEC-593',
  ],
  times: { recent: minutes(5), case: minutes(10) },
  inRealTime: { recent: seconds(4), case: seconds(5) },
  steps: [
    {
      title: 'Admin logs in with password and code',
      purpose: 'Start a well-protected session',
      narration:
        'Admin works for the shop. The account has a second factor: after the password, the shop asks for a code from an app on the phone. Nobody gets past that without the phone.',
      act: async ({ admin, world }) => {
        await admin.post('/auth/login', { email, password: 'ring-of-keys-42' });
        await admin.post('/auth/second-factor', { code: world.authenticatorCode(email) });
      },
      claims: ['admin is answered 200', 'the record of admin is stored', 'admin is taken for Admin'],
    },
    {
      title: 'Admin records a HAR file and sends it to support',
      purpose: 'Report a problem',
      narration:
        'The list of users looks wrong, and support asks for a recording. The developer tools save every request with all of its headers, as a HAR file (HTTP Archive). Admin uploads it.',
      act: async ({ admin }) => {
        await admin.get('/admin/users');
        await admin.on(support).send('POST', '/cases/17', admin.har(), {
          headers: { 'Content-Type': 'application/json' },
        });
      },
      claims: ['admin sends a session cookie', 'admin is answered by https://support.example'],
      ask: {
        question: 'Is the session ID in the file?',
        answer: ({ admin }) => hasSessionId(admin, files(admin)[0]),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'Mallory reads support’s files',
      purpose: 'Log in without logging in',
      narration:
        'In October 2023, attackers read HAR files in the support system of Okta, a login provider. After {case}, Mallory repeats the request with the file’s Cookie and User-Agent. Nobody asks for password or code: the session proved both when it began.',
      act: async ({ mallory, admin, world }) => {
        await world.letPass(world.times.case);
        await mallory.get('/me', asInTheFile(admin));
      },
      claims: ['mallory sends the session ID of admin', 'mallory is answered 200'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: email,
      },
    },
    {
      title: 'Mallory makes herself an admin',
      purpose: 'Get what outlasts the session',
      narration: {
        vulnerable:
          'The session will end some day, and a role stays. This shop trusts the second factor from the beginning of the session, so the cookie is enough.',
        protected:
          'The session will end some day, and a role stays. This shop allows the change only if the password and the code were entered in the last {recent}. The file has neither.',
        both: 'The session will end some day, and a role stays. The protected shop allows this change only if the password and the code were entered in the last {recent}. If the shop trusts the second factor from the beginning of the session, the cookie is enough.',
      },
      act: ({ mallory, admin }) => mallory.post('/admin/users/2/role', { role: 'admin' }, asInTheFile(admin)),
      claims: {
        vulnerable: ['mallory sends the session ID of admin', 'mallory is answered 200'],
        protected: ['mallory sends the session ID of admin', 'mallory is answered 403'],
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 403,
      },
    },
    {
      title: 'Admin sends a second file, sanitized',
      purpose: 'Record without the cookie',
      narration:
        'Since version 130, Chrome leaves out Cookie, Set-Cookie and Authorization, unless the user asks for them. Support still sees the problem. Not every tool does this.',
      act: async ({ admin }) => {
        await admin.get('/admin/users');
        await admin.on(support).send('POST', '/cases/17', admin.har({ sanitized: true }), {
          headers: { 'Content-Type': 'application/json' },
        });
      },
      claims: ['admin sends a session cookie', 'admin is answered by https://support.example'],
      ask: {
        question: 'Is the session ID in the second file?',
        answer: ({ admin }) => hasSessionId(admin, files(admin)[1]),
        vulnerable: 'no',
        protected: 'no',
      },
    },
    {
      title: 'Admin logs out, and Mallory tries again',
      purpose: 'Make the first file worthless',
      narration:
        'The logout deletes the session record. Mallory repeats the request from the first file, and its cookie means nobody. A logout right after the recording would have been enough; closing the window would not.',
      act: async ({ admin, mallory }) => {
        const headers = asInTheFile(admin);
        await admin.post('/auth/logout');
        await mallory.get('/me', headers);
      },
      claims: ['the record of admin is deleted', 'admin loses the session cookie', 'mallory is answered 401'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory logs in to her own account',
      purpose: 'See what she has kept',
      narration: {
        vulnerable:
          'The stolen session is over. She now uses her own password, and asks for the list of all users. It is only for admins, and since she used the stolen session she is one.',
        protected:
          'The stolen session is over. She now uses her own password, and asks for the list of all users. It is only for admins. Her change was refused without a password and a code, so she is still a customer.',
        both: 'The stolen session is over. She now uses her own password, and asks for the list of all users. It is only for admins. Whether she is one depends on what the stolen session let her change.',
      },
      act: async ({ mallory }) => {
        await mallory.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' });
        await mallory.get('/admin/users');
      },
      claims: ['mallory gets a session cookie', 'mallory is taken for Mallory'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 403,
      },
    },
  ],
  lesson:
    'A session cookie is proof of everything that the login has proved: ask for password and code again before sensitive changes, and log out after recording.',
  fix: `const requireRecentPassword = (req, res, next) => {
  const { confirmedAt } = req.session; // password and code: at login, and at POST /auth/confirm
  if (confirmedAt !== undefined && now() - confirmedAt < recentPasswordMs) return next();
  res.status(403).json({ error: 'reauth_required' });
};
router.post('/users/:id/role', requireRecentPassword, changeRole);

// POST /auth/confirm { password, code }: the code only counts if nobody has used it before
if (!(await passwords.match(user, password))) return false;
return user.totpSecret === undefined || takeCode(context, user, code);`,
  notTheFix: [
    'A second factor at login alone: anyone who has the cookie is past it.',
    'HttpOnly and Secure: they keep scripts and the network from the cookie, and the developer tools record it all the same.',
    'Binding the session to an IP address: it helps where addresses never change. Phones change theirs all day, and an attacker in the same network has the same one.',
  ],
  repairs: {
    fix: {
      title: 'Ask for password and code again',
      idea: 'A change of a role needs a password and a code that were entered less than {recent} ago.',
      because: 'The file has a cookie, and no password and no unused code. Mallory can look around, but take nothing.',
    },
    decoys: [
      {
        file: 'session-bound-to-user-agent',
        title: 'Bind the session to the browser',
        idea: 'The shop stores the browser’s User-Agent at login, and refuses the session in any other browser.',
        because: 'The User-Agent stands in the file, two lines from the cookie. Mallory sends both.',
        fails: { step: 4, answer: 200 },
      },
      {
        file: 'sensitive-change-told-by-mail',
        title: 'Tell the owner by mail',
        idea: 'Each sensitive change sends a mail to the user in whose name it is made, who can object.',
        because: 'Admin gets a mail. When it is read, Mallory has been an admin for a while.',
        fails: { step: 4, answer: 200 },
      },
    ],
  },
});
