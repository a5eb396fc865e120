import type { Actor } from './engine/cast.ts';
import { hours, minutes, seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (device: Actor) => device.post('/auth/login', { email: 'alice@shop.example', password });

export default scenario({
  slug: 'absolute-timeout',
  chapter: 'lifetime',
  title: 'Absolute timeout',
  subtitle: 'The heartbeat that never dies',
  synonyms: ['timeout', 'maximum lifetime', 'stolen session', 'keep alive', 'hijack', 'hijacking', 'expiry'],
  question: 'An attacker keeps a stolen session active. When does it end?',
  weakness: 'no-absolute-limit',
  actors: {
    laptop: { role: 'victim', label: 'Alice’s laptop' },
    phone: { role: 'person', label: 'Alice’s phone' },
    mallory: 'attacker',
  },
  references: [
    ...['ASVS V7.3.2', 'WSTG-SESS-07', 'NIST 63B-4 2.1.3', 'NIST 63B-4 2.2.3', 'NIST 63B-4 2.3.3'],
    ...['NIST 63B-4 5.2', 'CWE-613', 'CAPEC-60', 'CAPEC-593'],
  ],
  times: { idle: minutes(30), absolute: hours(8), visit: minutes(23) },
  inRealTime: { idle: seconds(8), absolute: seconds(15), visit: seconds(4) },
  steps: [
    {
      title: 'Alice logs in on laptop and phone',
      purpose: 'Start both timeouts',
      narration:
        'Each login stores a session record with an idle timeout of {idle}. It also stores the login time, for a limit that no request renews: {absolute} (absolute timeout), if the app checks it.',
      act: async ({ laptop, phone }) => {
        await logIn(laptop);
        await logIn(phone);
      },
      claims: ['laptop gets a session cookie', 'phone gets a session cookie', '2 records are stored'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'Mallory copies the phone’s cookie',
      purpose: 'Steal a session',
      narration: 'The phone is not used again. Only Mallory sends requests in its session now.',
      act: ({ mallory, phone }) => mallory.copyCookie(phone),
    },
    {
      title: 'Mallory sends a request every {visit}',
      purpose: 'Never be idle',
      narration:
        'A small script does that all day. Each request arrives before the record expires and resets its time to live, so the idle timeout is never reached. Alice works on her laptop meanwhile.',
      act: async ({ mallory, laptop, world }) => {
        const visits = Math.floor(world.times.absolute / world.times.visit);
        for (let visit = 0; visit < visits; visit++) {
          await world.letPass(world.times.visit);
          await mallory.get('/me', { storeCookies: false });
          await laptop.get('/me');
        }
      },
      claims: [
        'mallory sends the session ID of phone',
        'the record of phone is renewed',
        'laptop sends a session cookie',
      ],
      ask: {
        question: 'Shortly before {absolute} have passed, who does the shop think Mallory is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'The laptop’s page asks how much time is left',
      purpose: 'Warn the owner in time',
      narration:
        'Alice has just sent a request, so the idle limit is {idle} away. The absolute limit, the end of the day, comes sooner, and no click renews it. The shop reports the nearer limit, so her page can warn her.',
      act: ({ laptop }) => laptop.get('/session/left'),
      ask: {
        question: 'Which limit does the response report?',
        answer: ({ laptop, world }) =>
          laptop.last.json.left < (world.times.idle * 3) / 4 ? 'the end of the day' : 'the idle limit',
        vulnerable: 'the end of the day',
        protected: 'the end of the day',
      },
    },
    {
      title: 'Alice enters her password on the laptop',
      purpose: 'Re-authenticate the owner',
      narration:
        'Re-authentication works like a login: the laptop gets a new session ID, its old record is deleted, and both its timeouts start again.',
      act: ({ laptop }) => laptop.post('/auth/confirm', { password }),
      claims: ['laptop gets a new session ID', 'the record of laptop is deleted'],
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'Mallory sends her next request, {visit} later',
      purpose: 'Exceed the absolute timeout',
      narration: {
        vulnerable:
          'More than {absolute} have passed since the phone’s login. The record still exists, because Mallory kept it active. This shop does not compare the login time with the clock.',
        protected:
          'More than {absolute} have passed since the phone’s login. The record still exists, because Mallory kept it active. The shop compares the login time in it with the clock, refuses the request and deletes the record.',
        both: 'More than {absolute} have passed since the phone’s login. The record still exists, because Mallory kept it active. What matters is whether the shop compares the login time with the clock.',
      },
      act: async ({ mallory, world }) => {
        await world.letPass(world.times.visit);
        await mallory.get('/me', { storeCookies: false });
      },
      claims: {
        vulnerable: [
          'mallory sends the session ID of phone',
          'the record of phone stays',
          'the audit log does not have session_expired',
        ],
        protected: [
          'mallory sends the session ID of phone',
          'the record of phone is deleted',
          'the audit log has session_expired',
        ],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory tries again',
      purpose: 'Repeat the request',
      narration: {
        vulnerable:
          'Without an absolute timeout, nothing has ended the session, and each request renews it. She goes on for as long as her script runs.',
        protected: 'A session at its absolute timeout is deleted, not only refused, so nothing revives it.',
        both: 'A session at its absolute timeout is deleted, not only refused, so nothing revives it. Without one, she goes on for as long as her script runs.',
      },
      act: async ({ mallory, laptop }) => {
        await mallory.get('/me', { storeCookies: false });
        await laptop.get('/me');
      },
      claims: {
        vulnerable: ['mallory sends a session cookie', 'mallory is answered 200'],
        protected: ['mallory sends a session cookie', 'mallory is answered 401', 'Redis gets GET'],
      },
      ask: {
        question: 'How many session records are left?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 1,
        neutral: false,
      },
    },
    {
      title: 'Alice opens her account on the laptop',
      purpose: 'Check that the owner is unaffected',
      narration:
        'Her laptop session counts from the password she entered {visit} ago. The absolute timeout ends only sessions that are too old.',
      act: ({ laptop }) => laptop.get('/me'),
      claims: ['laptop sends a session cookie'],
      ask: {
        question: 'What does the shop answer the laptop?',
        answer: ({ laptop }) => laptop.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
  ],
  lesson: 'Requests renew the idle timeout, so only an absolute timeout ends a session that an attacker keeps active.',
  fix: `if (Date.now() - req.session.loginAt >= absoluteMs) {
  await destroy(req);
  res.clearCookie(cookieName, cookieAttributes).status(401).json({ error: 'Log in again.' });
  return;
}`,
  notTheFix: [
    'A shorter idle timeout: the script only has to send more requests.',
    'A fixed maxAge without rolling: the cookie expires in the owner’s browser, while each request with a copied value still renews the record.',
  ],
  repairs: {
    fix: {
      title: 'Destroy the session that is too old',
      idea: 'Each request compares the login time with the clock. A session that is too old is deleted and logged.',
      because: 'Mallory’s session ends {absolute} after its login, for good. Younger sessions of Alice go on.',
    },
    decoys: [
      {
        file: 'absolute-limit-only-refuses',
        title: 'Refuse the session that is too old',
        idea: 'Each request compares the login time with the clock. A session that is too old gets 401.',
        because:
          'Mallory is refused, but her record stays in Redis, and the audit log does not say that a session expired.',
        fails: { step: 7, answer: 2 },
      },
      {
        file: 'absolute-limit-ends-all-sessions',
        title: 'End all sessions when one is too old',
        idea: 'A session that is kept active for so long is suspicious, so all sessions of the user end with it.',
        because:
          'Mallory’s session ends. So does Alice’s on the laptop, where she has entered her password a moment ago.',
        fails: { step: 8, answer: 401 },
      },
    ],
  },
});
