import type { Actor, World } from './engine/cast.ts';
import { minutes } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const flood = 40;

/** What was seen during the flood: passwords checked when the file came, and in the end. */
const seen = new WeakMap<World, { beforeTheFile: number; inAll: number }>();

/** Forty logins at once; when the first six are answered, so that the others are waiting, somebody else asks for a file. */
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
  title: 'A login flood and one slow file',
  question: 'bcrypt does not block the event loop. So why does a style sheet take so long?',
  weakness: 'hashes-unbounded',
  // What a shop should have at the least. The cheapest hash takes less time than the request that asks for it, so there would
  // be no queue; at 9 the forty requests are still arriving while the first hashes are done.
  bcryptCost: 10,
  actors: { mallory: 'attacker', alice: 'victim' },
  references: ['CWE-400', 'CWE-770', 'ASVS V13.1.3'],
  steps: [
    {
      title: 'Alice opens the shop’s style sheet',
      purpose: 'A quiet moment',
      narration:
        'Node reads files, looks up names and works out bcrypt hashes in the same four threads. Nothing else is going on, so the file is there at once.',
      act: ({ alice }) => alice.get('/assets/app.css'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Mallory sends forty logins; Alice wants the file again',
      purpose: 'Fill the four threads',
      narration:
        'No password needs to be right: each one is hashed to be compared. The four threads take their work in the order it comes, so what comes now waits behind every hash that came before.',
      act: ({ mallory, alice, world }) =>
        floodWhile(mallory, world, () => alice.get('/assets/app.css', { patience: minutes(1) })),
      ask: {
        question: 'How many of the hashes were done before Alice had her file?',
        answer: ({ world }) => {
          const { beforeTheFile, inAll } = seen.get(world)!;
          return beforeTheFile > 0.75 * inAll ? 'nearly all' : 'a part of them';
        },
        vulnerable: 'nearly all',
        protected: 'a part of them',
      },
    },
    {
      title: 'Look at what Mallory got',
      purpose: 'The surplus is refused',
      narration:
        'A limit lets two hashes be worked on and eight wait; two threads are left for everybody else. Whoever comes beyond that is told so at once, which costs nothing. Some of them may be honest visitors: a bounded wait has its price.',
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
      title: 'Look at one of the refusals',
      purpose: 'Say when to come back',
      narration:
        'A good refusal is honest about its reason: 503 means the server is busy, not that the password was wrong, and Retry-After says in seconds when it is worth trying again.',
      act: () => {},
      ask: {
        question: 'Which Retry-After did they carry?',
        answer: ({ mallory }) =>
          mallory.responses.find(({ status }) => status === 503)?.headers['retry-after'] ?? 'there is none',
        vulnerable: 'there is none',
        protected: '2',
      },
    },
    {
      title: 'The flood is over; Alice logs in',
      purpose: 'See that the fix costs nothing',
      narration: 'A single login finds a free place in both shops.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
  ],
  lesson: 'Password hashes share four threads with file reads: bound how many are worked on and how many may wait.',
  fix: `if (working >= 2) {
  if (waiting.length >= 8) throw new TooBusy(); // 503 with Retry-After
  await new Promise((resolve) => waiting.push(resolve));
}`,
  notTheFix: [
    'bcrypt.hashSync: it blocks the only thread there is for everything.',
    'A larger UV_THREADPOOL_SIZE: files get a thread sooner, but all hashes together still have only the processors there are.',
    'A throttle by account or address: forty addresses guessing at forty accounts are under both limits.',
  ],
});
