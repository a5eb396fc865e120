import { minutes, seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'rolling-refresh',
  chapter: 'lifetime',
  title: 'Who renews what',
  question: 'I am using the shop all the time. Why does it log me out?',
  weakness: 'cookie-not-renewed',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['ASVS V7.3.1', 'WSTG-SESS-07', 'CWE-613'],
  times: { idle: minutes(30), pause: minutes(20), night: minutes(31) },
  inRealTime: { idle: seconds(5), pause: seconds(3), night: seconds(6) },
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Both clocks start',
      narration:
        'Her cookie and the record in Redis both have {idle}. From now on each of them is renewed by its own mechanism.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Keep a copy without an expiry',
      narration:
        'The copy is used later, to see what the server itself thinks of the session when no browser is in the way.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Alice reads on after {pause}',
      purpose: 'See what a request renews',
      narration:
        'Every request on a live session makes express-session touch the store, so the record is back at {idle}. The cookie is renewed only if the response sends it again, and that is what the option rolling decides.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.pause);
        await alice.get('/me');
      },
      ask: {
        question: 'What did the response renew?',
        answer: async ({ alice, world }) => {
          const [record] = await world.keys('sess:');
          const renewed = (left: number | null | undefined) =>
            (left ?? 0) > world.times.idle - world.times.pause + seconds(1);
          if (!renewed(record?.expiresIn)) return 'nothing';
          return renewed(alice.expiresIn()) ? 'record and cookie' : 'only the record';
        },
        vulnerable: 'only the record',
        protected: 'record and cookie',
      },
    },
    {
      title: 'Alice reads on after {pause} more',
      purpose: 'Pass the first limit while active',
      narration:
        'She was never idle for {idle}. But a cookie that was not renewed ends {idle} after the login, whatever she does, and then her browser sends nothing.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.pause);
        await alice.get('/me');
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Ask the server without a browser',
      narration:
        'The record was renewed by Alice’s reading, so the copy is as good as new. In one shop the owner is out and the thief is in; in the other both are in, because rolling keeps two clocks together and is no help against a stolen cookie.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who is logged in now?',
        answer: ({ alice, mallory }) => {
          const inside = [alice.last.status === 200 && 'Alice', mallory.last.status === 200 && 'Mallory'].filter(
            Boolean,
          );
          return inside.length === 0 ? 'nobody' : inside.join(' and ');
        },
        vulnerable: 'Mallory',
        protected: 'Alice and Mallory',
      },
    },
    {
      title: 'Nobody comes for {night}',
      purpose: 'Let the record end',
      narration:
        'Without a request nothing touches the record any more. When its time to live is over, the copy is worthless in both shops.',
      act: async ({ mallory, world }) => {
        await world.letPass(world.times.night);
        await mallory.get('/me');
      },
      ask: {
        question: 'Is Mallory still in?',
        answer: ({ mallory }) => (mallory.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
  ],
  lesson:
    'touch renews the record, rolling renews the cookie: turn both on, or an active user is logged out while the record lives on.',
});
