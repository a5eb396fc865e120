import type { Actor, RequestOptions, World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (device: Actor, options?: RequestOptions) =>
  device.post('/auth/login', { email: 'alice@shop.example', password }, options);
/** Logs in as a new browser: it sends no cookie and keeps none. */
const logInAnew = (device: Actor) => logIn(device, { cookie: '' });

const limit = 5;
const atOnce = 6;
const recordCount = async (world: World) => (await world.keys('sess:')).length;

export default scenario({
  slug: 'concurrent-session-limit',
  chapter: 'logout',
  title: 'Concurrent session limit',
  subtitle: 'One more screen',
  synonyms: ['simultaneous logins', 'maximum devices', 'account sharing', 'session cap', 'kick out'],
  question: 'Can concurrent logins exceed a limit of five sessions?',
  weakness: 'session-limit-counted-first',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['ASVS V15.4.2', 'WSTG-SESS-11', 'WSTG-BUSL-05', 'CWE-770', 'CWE-367', 'CAPEC-29'],
  subject: ['sess:', 'user:*:sessions'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'The first of five',
      narration:
        'The shop allows five sessions per user. A list beside the session records shows how many there are and which is the oldest.',
      act: ({ alice }) => logIn(alice),
      claims: ['alice gets a session cookie'],
    },
    {
      title: 'Mallory logs in five times, one after the other',
      purpose: 'Reach the limit',
      narration:
        'She bought Alice’s password and logs in from browser after browser. The sixth session exceeds the limit, so the shop ends the oldest. One login at a time, it counts correctly.',
      act: async ({ mallory }) => {
        for (let login = 0; login < limit; login++) await logInAnew(mallory);
      },
      claims: ['the record of alice is deleted', 'the audit log has excess_sessions_exceeded'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: ({ world }) => recordCount(world),
        vulnerable: limit,
        protected: limit,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See which session ended',
      narration:
        'Hers was the oldest session. The shop also writes an audit event for this, so that operators can see that somebody’s sessions are being pushed out.',
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory logs in six times at once',
      purpose: 'Exploit a race condition',
      narration: {
        vulnerable:
          'Counting the list first and adding to it later is a race condition. Here the six counts are held until all have arrived, as can happen by chance under load. Each login counts five entries, ends the oldest session, which is the same for all, and adds its own entry.',
        protected:
          'Counting the list first and adding to it later would be a race condition: six logins could count the same five entries. This shop adds its entry first and then counts, so each login sees the others, and the limit holds.',
        both: 'Counting the list first and adding to it later is a race condition. Here the six counts are held until all have arrived, as can happen by chance under load. Each login counts five entries, ends the oldest session, which is the same for all, and adds its own entry. A login that adds its entry first and then counts sees the others.',
      },
      act: async ({ mallory, world }) => {
        world.holdRedis('zcard');
        const logins = Promise.all(Array.from({ length: atOnce }, () => logInAnew(mallory)));
        // Only the app that counts with ZCARD is held; the logins of the other one just finish.
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
      narration: {
        vulnerable:
          'The newest login succeeds, and the oldest sessions end. Ten exist since the race, so this one login ends six of them. Refusing the newest login instead would let an attacker with five sessions lock the owner out.',
        protected:
          'At the limit the newest login succeeds and the oldest session ends. Refusing the newest login instead would let an attacker with five sessions lock the owner out.',
        both: 'The newest login succeeds, and the oldest sessions end: one where the limit held, six where ten sessions exist. Refusing the newest login instead would let an attacker with five sessions lock the owner out.',
      },
      act: ({ alice }) => logIn(alice),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Alice logs out all other sessions',
      purpose: 'End the attacker’s sessions',
      narration:
        'A limit keeps the number small and makes an attacker visible, but does not log the attacker out. This button does, followed by a new password.',
      act: ({ alice }) => alice.post('/sessions/end-others', { password }),
      claims: ['alice sends a session cookie', 'the record of alice stays'],
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 1,
        protected: 1,
      },
    },
  ],
  lesson:
    'Add the session to the list first and count afterwards, in one atomic step; counting first lets concurrent logins exceed the limit.',
  fix: `// Redis’ clock orders the list: the clocks of two instances differ.
const [seconds, micros] = await redis.time();
// One transaction, or one Lua script: of two concurrent logins, at least one sees the other.
const [, , [, all]] = await redis.multi()
  .zadd(list, seconds * 1e6 + Number(micros), req.sessionID).pexpire(list, absolute).zrange(list, 0, -1).exec();
for (const oldest of all.slice(0, -5)) {
  await destroyById(store, oldest); // before its entry: an unlisted session could never be ended
  await redis.zrem(list, oldest);
}`,
  notTheFix: [
    'A lock or counter in the app: another process of the same app does not see it.',
    'A transaction (MULTI) that counts, makes room and adds: the count is returned only when all three have run, too late to act on it.',
    'Refusing the newest login instead of ending the oldest session: an attacker with five sessions locks the owner out.',
  ],
  repairs: {
    fix: {
      title: 'Add, then count, then end the oldest',
      idea: 'One transaction adds the session and reads the list. Whatever is beyond five is ended, record first.',
      because: 'Of six logins at once, the later ones see the earlier ones, so no more than five records are left.',
    },
    decoys: [
      {
        file: 'session-limit-cuts-only-the-list',
        title: 'Add, and cut the list to five',
        idea: 'One transaction adds the session and removes all but the newest five, so nothing comes between.',
        because:
          'The list never has more than five entries. But the records of the others stay, and without an entry nobody can end them.',
        fails: { step: 4, answer: 'yes' },
      },
      {
        file: 'session-limit-watched-on-one-connection',
        title: 'Watch the list while counting',
        idea: 'Redis refuses the transaction if the list has changed since WATCH. Then the login counts again.',
        because:
          'WATCH belongs to a connection, and all requests of the app share one. The first transaction ends the watch of all six logins.',
        fails: { step: 4, answer: 'yes' },
      },
    ],
  },
});
