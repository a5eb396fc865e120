import type { Actor } from './engine/cast.ts';
import { hours, minutes, seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (device: Actor) => device.post('/auth/login', { email: 'alice@shop.example', password });

export default scenario({
  slug: 'absolute-timeout',
  chapter: 'lifetime',
  title: 'The heartbeat that never dies',
  question: 'A thief who sends a request now and then: when does the session end for her?',
  weakness: 'no-absolute-limit',
  actors: {
    laptop: { role: 'victim', label: 'Alice’s laptop' },
    phone: { role: 'person', label: 'Alice’s phone' },
    mallory: 'attacker',
  },
  references: [
    ...['ASVS V7.3.2', 'ASVS V7.1.1', 'WSTG-SESS-07', 'NIST 63B-4 2.1.3', 'NIST 63B-4 2.2.3', 'NIST 63B-4 2.3.3'],
    ...['NIST 63B-4 5.2', 'CWE-613', 'CAPEC-60', 'CAPEC-593'],
  ],
  times: { idle: minutes(30), absolute: hours(8), visit: minutes(29) },
  inRealTime: { idle: seconds(6), absolute: seconds(11), visit: seconds(3) },
  steps: [
    {
      title: 'Alice logs in on laptop and phone',
      purpose: 'Two limits begin',
      narration:
        'Each login stores a record that lives {idle} without a request. It also writes down when the login was, for a limit that nothing renews: {absolute}, if the app looks at it.',
      act: async ({ laptop, phone }) => {
        await logIn(laptop);
        await logIn(phone);
      },
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'Mallory copies the phone’s cookie',
      purpose: 'The session leaves the owner’s hands',
      narration: 'The phone is not used again. From here on only Mallory keeps its session busy.',
      act: ({ mallory, phone }) => mallory.copyCookie(phone),
    },
    {
      title: 'Mallory sends a request every {visit}',
      purpose: 'Never be idle',
      narration:
        'A small script does it all day. Each request finds a record with a moment left and starts its time to live anew, so the idle limit is never reached. Alice works on her laptop meanwhile.',
      act: async ({ mallory, laptop, world }) => {
        const visits = Math.floor(world.times.absolute / world.times.visit);
        for (let visit = 0; visit < visits; visit++) {
          await world.letPass(world.times.visit);
          await mallory.get('/me');
          await laptop.get('/me');
        }
      },
      ask: {
        question: 'Shortly before {absolute} are over: who does the shop think Mallory is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'The page on the laptop asks how long is left',
      purpose: 'Warn the owner in time',
      narration:
        'Alice has just been reading, so the idle limit is {idle} away. The day ends sooner than that, and nothing she clicks on moves it: the answer is the nearer of the two, so that her page can warn her.',
      act: ({ laptop }) => laptop.get('/session/left'),
      ask: {
        question: 'Which limit does the answer tell of?',
        answer: ({ laptop, world }) =>
          laptop.last.json.left < (world.times.idle * 3) / 4 ? 'the end of the day' : 'the idle limit',
        vulnerable: 'the end of the day',
        protected: 'the end of the day',
      },
    },
    {
      title: 'Alice types her password on the laptop',
      purpose: 'The owner can start anew',
      narration:
        'Typing the password is a login in all but name: the laptop gets a new id, its old record is deleted, and both limits begin again for this one session.',
      act: ({ laptop }) => laptop.post('/auth/confirm', { password }),
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'Mallory sends her next request, {visit} later',
      purpose: 'Pass the absolute limit',
      narration:
        'More than {absolute} have passed since the login on the phone. The record is there, for she kept it alive; what decides is whether anybody compares the time of the login with the clock.',
      act: async ({ mallory, world }) => {
        await world.letPass(world.times.visit);
        await mallory.get('/me');
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory goes on knocking',
      purpose: 'Try once more',
      narration:
        'A session that reached its limit is deleted, not only refused, so the next request cannot bring it back. Without a limit this goes on for as long as she pays for electricity.',
      act: async ({ mallory, laptop }) => {
        await mallory.get('/me');
        await laptop.get('/me');
      },
      ask: {
        question: 'How many session records are left, and was it written down that one expired?',
        answer: async ({ world }) =>
          `${(await world.keys('sess:')).length}, ${world.audit().includes('session_expired') ? 'yes' : 'no'}`,
        vulnerable: '2, no',
        protected: '1, yes',
      },
    },
    {
      title: 'Alice opens her account on the laptop',
      purpose: 'See that the fix costs nothing',
      narration:
        'Her session on the laptop counts from the password she typed {visit} ago. The limit ended what was old, not what is hers.',
      act: ({ laptop }) => laptop.get('/me'),
      ask: {
        question: 'What does the shop answer the laptop?',
        answer: ({ laptop }) => laptop.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
  ],
  lesson:
    'Requests renew the idle limit, so only a limit counted from the login ends a session that a thief keeps busy.',
  fix: `if (shop.now() - req.session.loginAt >= shop.absolute) {
  await destroy(req);
  res.clearCookie(cookieName, cookieAttributes).status(401).json({ error: 'Log in again.' });
  return;
}`,
  notTheFix: [
    'A shorter idle limit: the thief’s script only has to knock more often.',
    'A fixed maxAge without rolling: it ends the cookie in the owner’s browser, while each request still renews the record for whoever kept the value.',
  ],
});
