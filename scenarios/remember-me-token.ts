import { hours, minutes, seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const email = 'alice@shop.example';
const credentials = { email, password: 'rabbit-hole-7' };
const rememberCookie = '__Host-remember';

export default scenario({
  slug: 'remember-me-token',
  chapter: 'login',
  title: 'Remember me: rotation and theft detection',
  subtitle: 'A login that lasts for thirty days',
  synonyms: [
    'remember me',
    'persistent login',
    'stay signed in',
    'keep me logged in',
    'refresh token rotation',
    'reuse detection',
    'hijack',
    'hijacking',
  ],
  question: 'My shop remembers me for a month. Does it notice when somebody has a copy of the cookie?',
  weakness: 'remember-token-never-changes',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: [
    'ASVS V7.4.1',
    'ASVS V7.5.1',
    'WSTG-ATHN-05',
    'NIST 63B-4 2.1.3',
    'CWE-539',
    'CWE-613',
    'CWE-294',
    'CAPEC-60',
    'CAPEC-593',
  ],
  subject: ['sess:', 'remember:'],
  times: { idle: minutes(30), away: hours(24), pause: minutes(20) },
  inRealTime: { idle: seconds(5), away: seconds(6), pause: seconds(3) },
  steps: [
    {
      title: 'Alice logs in and ticks “Remember me”',
      purpose: 'Get a second cookie',
      narration:
        'The session cookie is worth nothing after {idle} without a request. The second cookie lasts 30 days. It contains a random token, and Redis keeps a hash of it, so anyone who reads Redis does not have the token.',
      act: ({ alice }) => alice.post('/auth/login', { ...credentials, remember: true }),
      claims: ['alice gets a session cookie', 'the record of alice is stored', 'Redis gets HSET'],
    },
    {
      title: 'Alice comes back after {away}',
      purpose: 'Start a session with the token',
      narration: {
        vulnerable:
          'Her session has expired, so the shop answers 401. The page then sends the second cookie to /auth/resume, and the shop starts a new session without the password. The token stays the same for the next time.',
        protected:
          'Her session has expired, so the shop answers 401. The page then sends the second cookie to /auth/resume, and the shop starts a new session without the password. It also replaces the token: the old one has been used.',
        both: 'Her session has expired, so the shop answers 401. The page then sends the second cookie to /auth/resume, and the shop starts a new session without the password. It can give her a new token for the next time.',
      },
      act: async ({ alice, world }) => {
        await world.letPass(world.times.away);
        await alice.get('/me');
        await alice.post('/auth/resume');
      },
      claims: ['alice sends the cookie __Host-remember', 'alice gets a session cookie', 'alice is answered 200'],
      ask: {
        question: 'Does she get a new token?',
        answer: ({ alice }) => (alice.last.headers['set-cookie']?.includes(`${rememberCookie}=`) ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
    {
      title: 'Mallory uses a copy first',
      purpose: 'Be remembered as Alice',
      narration:
        'A program on Alice’s laptop reads the file in which the browser keeps its cookies. {away} later, Mallory sends the copied token before Alice is back. Nothing in it says who sends it.',
      act: async ({ alice, mallory, world }) => {
        await mallory.copyCookie(alice, rememberCookie);
        await world.letPass(world.times.away);
        await mallory.post('/auth/resume');
        await mallory.get('/me');
      },
      claims: ['mallory sends the cookie __Host-remember', 'mallory gets a session cookie', 'mallory is answered 200'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: email,
      },
    },
    {
      title: 'Mallory changes the e-mail address',
      purpose: 'Go further than reading',
      narration:
        'She tries it {pause} later. Her session began without a password, so the shop asks for it before a sensitive change, as it would long after a login. To be remembered is less than to log in.',
      act: async ({ mallory, world }) => {
        await world.letPass(world.times.pause);
        await mallory.post('/account/email', { email: 'crow@evil.example' });
      },
      claims: ['mallory sends a session cookie', 'mallory is answered 403', 'no mail is sent'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 403,
        protected: 403,
      },
    },
    {
      title: 'Alice comes back {pause} later',
      purpose: 'Use a token twice',
      narration: {
        vulnerable:
          'Where each token counts once, an old one that comes back shows that somebody has a copy. This token never changes, so the shop gets no sign.',
        protected:
          'Each token counts once. An old one that comes back shows that somebody has a copy. The shop cannot tell who, so it ends all of Alice’s sessions and sends her a mail.',
        both: 'Where each token counts once, an old one that comes back shows that somebody has a copy. That shop cannot tell who, so it ends all of Alice’s sessions and sends her a mail. A token that never changes gives no sign.',
      },
      act: async ({ alice, world }) => {
        await world.letPass(world.times.pause);
        await alice.get('/me');
        await alice.post('/auth/resume');
      },
      claims: {
        vulnerable: ['alice sends the cookie __Host-remember', 'no mail is sent', 'the record of mallory stays'],
        protected: [
          'alice sends the cookie __Host-remember',
          'a mail goes to alice@shop.example',
          'the record of mallory is deleted',
        ],
      },
      ask: {
        question: 'What does the shop answer to the token?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'Mallory opens the account page',
      purpose: 'See what she still has',
      narration: {
        vulnerable:
          'Her session was started with the token, and nothing has shown that she has a copy. So nothing ends it, and when it is over the token starts another one.',
        protected:
          'Her session was started with the first use of the token, and that was accepted. It ended when the second use showed that there is a copy.',
        both: 'Her session was started with the first use of the token, and that was accepted. It has to end as well, when a second use shows that there is a copy. In the vulnerable shop nothing shows that.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: {
        vulnerable: ['mallory sends a session cookie', 'mallory is answered 200'],
        protected: ['mallory sends a session cookie', 'mallory is answered 401'],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: 'nobody',
      },
    },
    {
      title: 'Alice logs in again, and out',
      purpose: 'End what was remembered',
      narration:
        'She enters her password and is remembered anew. The program copies that cookie, too. Then she logs out, which deletes the token in Redis and not only the cookie in her browser. Mallory sends the copy.',
      act: async ({ alice, mallory }) => {
        await alice.post('/auth/login', { ...credentials, remember: true });
        await mallory.copyCookie(alice, rememberCookie);
        await alice.post('/auth/logout');
        await mallory.post(
          '/auth/resume',
          {},
          { cookie: `${rememberCookie}=${mallory.cookie(rememberCookie)!.value}` },
        );
      },
      claims: ['the record of alice is deleted', 'mallory is answered 401'],
      ask: {
        question: 'What does the shop answer to the copy?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson:
    'Replace a remember token with each use. One that comes back was copied: end everything that the tokens of this user have opened.',
  fix: `// Lua, in one command: the token in the cookie is the current one, or it was used before
if current == ARGV[1] then
  redis.call('HSET', KEYS[1], 'token', ARGV[2]) -- the next token
  redis.call('SET', KEYS[2], ARGV[1], 'PX', 5000) -- for two requests at once
  return 'rotated'
end
if redis.call('GET', KEYS[2]) == ARGV[1] then return 'again' end
return 'stolen'

// stolen
await forgetDevices(context, user.id);
await sessionIndex.endWhere(user.id, () => true);
mail({ to: user.email, subject: 'Somebody has a copy of your login', text });`,
  notTheFix: [
    'The signed ID of the user as the token: nobody can forge it, but a copy of it works forever, and the shop cannot end it.',
    'A session of 30 days instead: then every request carries what opens the account for a month, and it counts as a fresh login.',
    'Ending only the older of the two: the thief may have come first.',
  ],
  repairs: {
    fix: {
      title: 'Replace the token, and end everything when an old one comes',
      idea: 'Each use gives a new token. A used one ends all sessions and tokens of the user.',
      because: 'The one who comes second gives the copy away, be it the thief or the owner, and both have to log in.',
    },
    decoys: [
      {
        file: 'old-remember-token-only-refused',
        title: 'Replace the token, and refuse an old one',
        idea: 'Each use gives a new token. A used one is worthless, so a copy is, too.',
        because:
          'Mallory came first, so it is Alice who is refused. She logs in again and thinks no more of it, while Mallory’s session goes on.',
        fails: { step: 6, answer: email },
      },
      {
        file: 'logout-leaves-the-remember-token',
        title: 'Replace the token, and clear the cookie at logout',
        idea: 'A copy is noticed when it is used, and a logout takes the cookie out of the browser.',
        because:
          'After the logout nobody else uses the token, so nothing shows that there is a copy. In Redis it is still valid.',
        fails: { step: 7, answer: 200 },
      },
    ],
  },
});
