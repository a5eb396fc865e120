import type { Actor, World } from './engine/cast.ts';
import { minutes, seconds } from './engine/durations.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const archive = 'https://archive.example';
const login = { email: 'alice@shop.example', password: 'rabbit-hole-7' };

/** What has more left than it had before the request that came after a pause. */
async function renewedBy(actor: Actor, world: World<'idle' | 'pause'>): Promise<string> {
  const [record] = await world.keys(`sess:${sidOf(actor.cookie())}`);
  const { idle, pause } = world.times;
  const renewed = (left: number | null | undefined) => (left ?? 0) > idle - pause + seconds(1);
  if (renewed(record?.expiresIn)) return renewed(actor.expiresIn()) ? 'record and cookie' : 'only the record';
  return renewed(actor.expiresIn()) ? 'only the cookie' : 'nothing';
}

export default scenario({
  slug: 'rolling-refresh',
  chapter: 'lifetime',
  title: 'Who renews what',
  question: 'I am using the shop all the time. Why does it log me out?',
  weakness: 'cookie-not-renewed',
  setup: { apps: { [archive]: { weakness: 'records-not-renewed' } } },
  actors: { alice: 'victim', mallory: 'attacker', tablet: { role: 'victim', label: 'Alice’s tablet' } },
  references: ['ASVS V7.3.1', 'WSTG-SESS-07', 'CWE-613'],
  times: { idle: minutes(30), pause: minutes(20) },
  inRealTime: { idle: seconds(7), pause: seconds(4) },
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Both clocks start',
      narration:
        'Her cookie and the record in Redis both have {idle}. From now on each of them is renewed by its own mechanism.',
      act: ({ alice }) => alice.post('/auth/login', login),
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
        answer: ({ alice, world }) => renewedBy(alice, world),
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
      title: 'The tablet logs in at the archive and reads on after {pause}',
      purpose: 'The other half left out',
      narration:
        'The archive is an app that renews the other half only: it has rolling, and a store with disableTouch. That saves a command for each request. The archive is the same beside either shop.',
      act: async ({ tablet, world }) => {
        await tablet.on(archive).post('/auth/login', login);
        await world.letPass(world.times.pause);
        await tablet.on(archive).get('/me');
      },
      ask: {
        question: 'What did the response renew?',
        answer: ({ tablet, world }) => renewedBy(tablet, world),
        vulnerable: 'only the cookie',
        protected: 'only the cookie',
      },
    },
    {
      title: 'The tablet reads on after {pause} more',
      purpose: 'A cookie for nothing',
      narration:
        'It was never idle for {idle} either. This time the browser still has the cookie, and the record it names ended {idle} after the login: an active user is out again, by the other door.',
      act: async ({ tablet, world }) => {
        await world.letPass(world.times.pause);
        await tablet.on(archive).get('/me');
      },
      ask: {
        question: 'What does the archive answer, and is the cookie still there?',
        answer: ({ tablet }) => `${tablet.last.status}, ${tablet.cookie() ? 'yes' : 'no'}`,
        vulnerable: '401, yes',
        protected: '401, yes',
      },
    },
    {
      title: 'Mallory sends her copy once more',
      purpose: 'Left alone for longer than {idle}',
      narration:
        'At the shop nobody has sent anything for twice {pause}, and without a request nothing renews the record. Its time to live is over, and the copy is worthless in both shops.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Is Mallory still in?',
        answer: ({ mallory }) => (mallory.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
  ],
  lesson:
    'touch renews the record, rolling renews the cookie: turn both on, or an active user is logged out while the other half lives on.',
  fix: `session({
  rolling: true, // its default is false
  cookie: { ...cookieAttributes, maxAge: 30 * 60_000 },
  store: new RedisStore({ client: redis }), // without disableTouch: each request renews the record
  ...rest,
});`,
  notTheFix: [
    'resave: true: it writes the record with each request, which renews it as touch does, and sends no cookie.',
    'A longer maxAge: the active user is logged out later, and a session that is left alone ends later, too.',
  ],
});
