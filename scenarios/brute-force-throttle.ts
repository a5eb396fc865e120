import type { Actor } from './engine/cast.ts';
import { minutes } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const email = 'alice@shop.example';
const password = 'rabbit-hole-7';

/** What an attacker writes there: an address nobody has used before. */
const claiming = (address: string) => ({ headers: { 'X-Forwarded-For': address } });

async function guess(mallory: Actor, count: number, addressOf?: (index: number) => string): Promise<void> {
  for (let index = 0; index < count; index++) {
    const options = addressOf ? claiming(addressOf(index)) : {};
    await mallory.post('/auth/login', { email, password: `guess-number-${index}` }, options);
  }
}

/** How many of the last tries the shop compared with the password; to the others it did not listen. */
const checked = (mallory: Actor, tries: number) =>
  mallory.responses.slice(-tries).filter(({ status }) => status !== 429).length;

export default scenario({
  slug: 'brute-force-throttle',
  chapter: 'login',
  title: 'Ten thousand passwords',
  question: 'What does the shop count, and where, to stop somebody who tries passwords?',
  weakness: 'throttle-by-claimed-address',
  setup: { instances: 2 },
  actors: { alice: 'victim', mallory: 'attacker' },
  references: [
    'ASVS V6.3.1',
    'ASVS V6.1.1',
    'ASVS V4.1.3',
    'WSTG-ATHN-03',
    'NIST 63B-4 3.2.2',
    'CWE-307',
    'CWE-348',
    'CWE-645',
    'CWE-799',
    'CAPEC-49',
    'CAPEC-565',
  ],
  steps: [
    {
      title: 'Alice logs in on her laptop and logs out',
      purpose: 'A device that is known',
      narration:
        'The shop runs as two processes behind one front, which deals them the requests in turn. On that laptop the right password has been typed once, and a careful shop leaves a mark there: a signed cookie that opens nothing.',
      act: async ({ alice }) => {
        await alice.post('/auth/login', { email, password });
        await alice.post('/auth/logout');
      },
    },
    {
      title: 'Mallory tries twenty passwords',
      purpose: 'Look where it is counted',
      narration:
        'All of them are wrong, and both shops stop listening after five. But a process that counts in its own memory knows nothing of what the other one has counted.',
      act: ({ mallory }) => guess(mallory, 20),
      ask: {
        question: 'How many of the twenty were compared with the password?',
        answer: ({ mallory }) => checked(mallory, 20),
        vulnerable: 10,
        protected: 5,
      },
    },
    {
      title: 'Mallory writes another address into each request',
      purpose: 'Look at what is counted',
      narration:
        'X-Forwarded-For is a header in which each proxy adds, at the end, whom it got the request from. What stands at its beginning was written by the visitor. The front adds Mallory’s real address behind whatever she makes up.',
      act: ({ mallory }) => guess(mallory, 20, (index) => `198.51.100.${index + 1}`),
      ask: {
        question: 'How many of the twenty were compared with the password?',
        answer: ({ mallory }) => checked(mallory, 20),
        vulnerable: 20,
        protected: 0,
      },
    },
    {
      title: 'Mallory’s next guess is right',
      purpose: 'Find the password',
      narration:
        'Sooner or later a list of common passwords holds the right one. While tries are refused, the right one has to be refused in the same words, or the refusal would tell which it was.',
      act: ({ mallory }) => mallory.post('/auth/login', { email, password }, claiming('198.51.100.99')),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 429,
      },
    },
    {
      title: 'Alice logs in on her laptop meanwhile',
      purpose: 'See whom it shuts out',
      narration:
        'A shop that simply locked the account would do Mallory’s work: five wrong passwords a quarter of an hour, and Alice never gets in. Tries from a device that the owner has used before are counted for themselves.',
      act: ({ alice }) => alice.post('/auth/login', { email, password }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Mallory tries one password on fifty addresses',
      purpose: 'Guess the other way round',
      narration:
        'A count for each account does not notice one try for each. So there is a second count, for where the tries come from, and it is more generous: many people may share one address.',
      act: async ({ mallory }) => {
        for (let index = 0; index < 50; index++) {
          const body = { email: `customer-${index}@shop.example`, password: 'summer-2026' };
          await mallory.post('/auth/login', body, claiming(`192.0.2.${index + 1}`));
        }
      },
      ask: {
        question: 'How many of the fifty were compared with a password?',
        answer: ({ mallory }) => checked(mallory, 50),
        vulnerable: 50,
        protected: 45,
      },
    },
    {
      title: 'Mallory asks when she may go on',
      purpose: 'See that it ends',
      narration:
        'A refusal that counts says for how long, in the header Retry-After. Counts that live in Redis have a time to live, so they end by themselves; nobody has to unlock anything.',
      act: ({ mallory }) => mallory.post('/auth/login', { email, password: 'one-more-guess' }),
      ask: {
        question: 'Which counts does Redis hold?',
        answer: async ({ world }) => {
          const counts = await world.keys('throttle:');
          if (counts.length === 0) return 'none';
          const end = counts.every(({ expiresIn }) => expiresIn !== null && expiresIn <= minutes(15));
          return end ? 'some, for at most 15 minutes' : 'some, for ever';
        },
        vulnerable: 'none',
        protected: 'some, for at most 15 minutes',
      },
    },
  ],
  lesson:
    'Count per account and per source, in the store that all processes share, believe no address the visitor wrote, and let the owner’s own device in.',
  fix: `app.set('trust proxy', 1); // one proxy of ours: req.ip is what it added, not what the visitor wrote

// … and the same with 50 for req.ip
const key = \`throttle:\${email}:\${knownDevice ?? 'unknown'}\`;
const usedUp = async (limit) => Number(await redis.get(key)) >= limit;
const refuse = async () => res.status(429).set('retry-after', String(await redis.ttl(key))).end();

if (await usedUp(5)) return refuse(); // whether the password is right or wrong
const right = await bcrypt.compare(password, user.passwordHash);
if (!right) await redis.multi().set(key, 0, 'EX', 15 * 60, 'NX').incr(key).exec();
// Once more: of a hundred tries at the same moment all have come past the first look.
if (await usedUp(right ? 5 : 6)) return refuse();
if (right) await redis.del(key);`,
  notTheFix: [
    'Locking the account after five wrong passwords, whoever sent them: then anybody can keep its owner out.',
    'app.set("trust proxy", true): it believes the first entry of X-Forwarded-For, which the visitor writes.',
    'Looking at the count only before the password is compared: a hundred tries at the same moment all come past it.',
    'Counting in the memory of the process: each further process gives new tries, and each restart as well.',
  ],
});
