import type { Actor, World } from './engine/cast.ts';
import { minutes } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const flood = 40;

/** Counts during the flood: passwords checked before the file arrived, and in all. */
const seen = new WeakMap<World, { beforeTheFile: number; inAll: number }>();

/** Sends forty logins at once. After six responses, while the others wait, `visit` requests a file. */
async function floodWhile(attacker: Actor, world: World, visit: () => Promise<unknown>): Promise<void> {
  let answered = 0;
  let checked = 0;
  let sixAnswered = () => {};
  const floodIsOn = new Promise<void>((resolve) => {
    sixAnswered = resolve;
  });
  const logins = Array.from({ length: flood }, async (_, number) => {
    const guess = { email: `nobody-${number}@shop.example`, password: 'not-the-password' };
    const { status } = await attacker.post('/auth/login', guess, { patience: minutes(1) });
    if (status === 401) checked += 1;
    answered += 1;
    if (answered === 6) sixAnswered();
  });
  const file = floodIsOn.then(visit).then(() => checked);
  const [beforeTheFile] = await Promise.all([file, ...logins]);
  seen.set(world, { beforeTheFile, inAll: checked });
}

export default scenario({
  slug: 'bcrypt-starves-the-server',
  chapter: 'login',
  title: 'Password hashing as denial of service',
  subtitle: 'A login flood and one slow file',
  synonyms: ['DoS', 'thread pool', 'libuv', 'UV_THREADPOOL_SIZE', 'event loop', 'slow login'],
  question: 'bcrypt does not block the event loop. So why does a style sheet take so long?',
  weakness: 'hashes-unbounded',
  // The minimum for a real shop. At the lowest cost a hash takes less time than its request, so no queue would form; at 9 the
  // forty requests are still arriving when the first hashes are done.
  bcryptCost: 10,
  setup: { ownThreads: true },
  actors: { mallory: 'attacker', alice: 'victim' },
  references: ['CWE-400', 'CWE-770', 'ASVS V15.2.2'],
  steps: [
    {
      title: 'Alice’s page loads the shop’s style sheet',
      purpose: 'See the shop without load',
      narration:
        'Node.js reads files, resolves host names and computes bcrypt hashes in the same four threads. Nothing else is running, so the file arrives at once.',
      act: ({ alice }) => alice.styleSheet('/assets/app.css'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Mallory sends forty logins; Alice requests the file again',
      purpose: 'Fill the four threads',
      narration:
        'No password needs to be right: the shop hashes each one to compare it. The four threads take tasks in the order they arrive, so a new task waits behind every hash before it.',
      act: ({ mallory, alice, world }) =>
        floodWhile(mallory, world, () => alice.styleSheet('/assets/app.css', { patience: minutes(1) })),
      undisturbed: true,
      ask: {
        question: 'How many of the hashes were done before Alice got her file?',
        answer: ({ world }) => {
          const { beforeTheFile, inAll } = seen.get(world)!;
          return beforeTheFile > 0.75 * inAll ? 'nearly all' : 'a part of them';
        },
        vulnerable: 'nearly all',
        protected: 'a part of them',
      },
    },
    {
      title: 'Check Mallory’s responses',
      purpose: 'Find the refused logins',
      narration: {
        vulnerable:
          'Everything else that needs the four threads waits behind all of the hashes: files, host names, and every other login. The shop refuses nobody, so the queue has no end, and anyone who sends more logins makes it longer.',
        protected:
          'The shop lets two hashes run and eight wait; two threads remain for everybody else. It refuses further logins at once, which costs next to nothing. Some of them may come from honest visitors: that is the price of a bounded queue.',
        both: 'The protected variant lets two hashes run and eight wait; two threads remain for everybody else. It refuses further logins at once, which costs next to nothing. Some of them may come from honest visitors: that is the price of a bounded queue.',
      },
      act: () => {},
      ask: {
        question: 'How many of the forty logins were refused with 503?',
        answer: ({ mallory }) => {
          const refused = mallory.responses.filter(({ status }) => status === 503).length;
          return refused === 0 ? 'none' : 'some';
        },
        vulnerable: 'none',
        protected: 'some',
      },
    },
    {
      title: 'Look for a refusal’s Retry-After',
      purpose: 'Read how long to wait',
      narration: {
        vulnerable:
          'There is none: each of the forty logins was hashed and answered. A good refusal would state the true reason: 503 means that the server is busy, not that the password was wrong. Retry-After would say in seconds when to try again.',
        protected:
          'A good refusal states the true reason: 503 means that the server is busy, not that the password was wrong. Retry-After says in seconds when to try again.',
        both: 'A good refusal states the true reason: 503 means that the server is busy, not that the password was wrong. Retry-After says in seconds when to try again. A shop that refuses nobody has none.',
      },
      act: () => {},
      ask: {
        question: 'Which Retry-After does a refusal carry?',
        answer: ({ mallory }) =>
          mallory.responses.find(({ status }) => status === 503)?.headers['retry-after'] ?? 'there is none',
        vulnerable: 'there is none',
        protected: '2',
      },
    },
    {
      title: 'Alice logs in after the flood',
      purpose: 'See that one login is as before',
      narration: 'The flood is over. A single login finds a free thread, and is hashed at once.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
  ],
  lesson: 'Password hashes share four threads with file reads: limit how many run at once and how many may wait.',
  fix: `if (working >= 2) {
  if (waiting.length >= 8) throw new TooBusy(); // 503 with Retry-After
  await new Promise((resolve) => waiting.push(resolve));
}`,
  notTheFix: [
    'bcrypt.hashSync: it blocks the single thread that everything else needs.',
    'A larger UV_THREADPOOL_SIZE: files get a thread sooner, but all hashes together still have the same number of processors.',
    'A throttle per account or address: forty addresses guessing at forty accounts stay under both limits.',
  ],
  repairs: {
    fix: {
      title: 'Two hashes at once, a short queue',
      idea: 'Two hashes run and eight wait. Further logins are refused at once, and told when to try again.',
      because: 'Two threads stay free for everything else, and no login waits longer than the queue is.',
    },
    decoys: [
      {
        file: 'hashes-queued-without-end',
        title: 'Two hashes at once, all others wait',
        idea: 'Two threads stay free for everything else, and no honest visitor is refused.',
        because:
          'Alice gets her file. But nobody is refused: the queue grows as long as the flood lasts, and every login stands at its end.',
        fails: { step: 3, answer: 'none' },
      },
      {
        file: 'hashes-refused-without-a-time',
        title: 'A short queue and a plain 503',
        idea: 'Two hashes run, eight wait, and every further login is refused with 503 at once.',
        because:
          'The flood is stopped. But without Retry-After honest clients have to guess when to come back, and many do at once.',
        fails: { step: 4, answer: 'there is none' },
      },
    ],
  },
});
