import type { Actor, RequestOptions, World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (device: Actor, options?: RequestOptions) =>
  device.post('/auth/login', { email: 'alice@shop.example', password }, options);
/** A login of a browser that has no cookie yet and is never seen again. */
const logInAnew = (device: Actor) => logIn(device, { cookie: '' });

const limit = 5;
const atOnce = 6;
const recordCount = async (world: World) => (await world.keys('sess:')).length;

export default scenario({
  slug: 'concurrent-session-limit',
  chapter: 'logout',
  title: 'One more screen',
  question: 'Five sessions are allowed. Can I have more by being quick?',
  weakness: 'session-limit-counted-first',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['ASVS V7.1.2', 'ASVS V15.4.2', 'WSTG-SESS-11', 'WSTG-BUSL-05', 'CWE-770', 'CWE-367', 'CAPEC-29'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'The first of five',
      narration:
        'The shop allows five sessions per user. A list beside the records says how many there are and which is the oldest.',
      act: ({ alice }) => logIn(alice),
    },
    {
      title: 'Mallory logs in five times, one after the other',
      purpose: 'Fill the places',
      narration:
        'She bought Alice’s password and tries it from browser after browser. The sixth session is one too many, so the oldest one gives way. One at a time, both shops count right.',
      act: async ({ mallory }) => {
        for (let login = 0; login < limit; login++) await logInAnew(mallory);
      },
      ask: {
        question: 'How many session records does Redis hold?',
        answer: ({ world }) => recordCount(world),
        vulnerable: limit,
        protected: limit,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Who had to give way',
      narration:
        'Hers was the oldest session. The shop also writes an event of its own for this, so that whoever watches over it can see that somebody’s sessions are being pushed out.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer, and was the event written?',
        answer: ({ alice, world }) =>
          `${alice.last.status}, ${world.audit().includes('excess_sessions_exceeded') ? 'yes' : 'no'}`,
        vulnerable: '401, yes',
        protected: '401, yes',
      },
    },
    {
      title: 'Mallory logs in six times at once',
      purpose: 'Be quicker than the count',
      narration:
        'A login that counts first and adds later leaves a gap. Here the six counts are kept waiting for each other, as chance does it on a busy day: all of them find the same room, and all of them use it. A login that adds first and counts then sees the others, whoever is first.',
      act: async ({ mallory, world }) => {
        world.holdRedis('zcard');
        const logins = Promise.all(Array.from({ length: atOnce }, () => logInAnew(mallory)));
        // Only an app that counts by itself comes to be held.
        await Promise.race([logins, world.redisHeld(atOnce)]);
        world.releaseRedis();
        await logins;
      },
      ask: {
        question: 'Does Redis hold more than five session records?',
        answer: async ({ world }) => ((await recordCount(world)) > limit ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice logs in again',
      purpose: 'The owner is not locked out',
      narration:
        'At the limit the newest login wins and the oldest session goes. The other policy, to refuse the newest, would let a thief with five sessions keep the owner out.',
      act: ({ alice }) => logIn(alice),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Alice logs out all others',
      purpose: 'A limit is not a lock',
      narration:
        'A limit keeps the number small and makes a thief visible; it puts nobody out by itself. What does is this button, and then a new password.',
      act: ({ alice }) => alice.post('/sessions/end-others', { password }),
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 1,
        protected: 1,
      },
    },
  ],
  lesson:
    'Enter first and count then, in one atomic step; a limit that is counted first and used later is a limit for the slow.',
  fix: `// One transaction: of two logins at the same moment, one at least sees the other.
const [, , [, all]] = await redis.multi()
  .zadd(list, Date.now(), req.sessionID).pexpire(list, absolute).zrange(list, 0, -1).exec();
for (const oldest of all.slice(0, -5)) {
  await destroyById(store, oldest); // before its entry: a record on no list could never be ended
  await redis.zrem(list, oldest);
}`,
  notTheFix: [
    'A lock or counter in the app: another process of the same app does not see it.',
    'A transaction (MULTI) around counting, making room and adding: the count comes back only when all three have run, too late to decide by it.',
    'Refusing the newest login instead of ending the oldest session: whoever holds all the places keeps the owner out.',
  ],
});
