import type { Actor } from './engine/cast.ts';
import { minutes } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const email = 'alice@shop.example';
const password = 'rabbit-hole-7';

/** Returns options with a forged X-Forwarded-For header. */
const claiming = (address: string) => ({ headers: { 'X-Forwarded-For': address } });

async function guess(mallory: Actor, count: number, addressOf?: (index: number) => string): Promise<void> {
  for (let index = 0; index < count; index++) {
    const options = addressOf ? claiming(addressOf(index)) : {};
    await mallory.post('/auth/login', { email, password: `guess-number-${index}` }, options);
  }
}

/** Returns how many of the last tries the shop compared with the password; it refused the others with 429. */
const checked = (mallory: Actor, tries: number) =>
  mallory.responses.slice(-tries).filter(({ status }) => status !== 429).length;

export default scenario({
  slug: 'brute-force-throttle',
  chapter: 'login',
  title: 'Brute force and throttling',
  subtitle: 'Ten thousand passwords',
  synonyms: [
    'rate limit',
    'credential stuffing',
    'password guessing',
    'lockout',
    '429',
    'express-rate-limit',
    'X-Forwarded-For',
    'proxy',
  ],
  question: 'What does the shop count, and where, to stop somebody who guesses passwords?',
  weakness: 'throttle-by-claimed-address',
  setup: { instances: 2 },
  actors: { alice: 'victim', mallory: 'attacker' },
  references: [
    'ASVS V6.3.1',
    'ASVS V15.3.4',
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
  subject: ['throttle:'],
  steps: [
    {
      title: 'Alice logs in on her laptop and logs out',
      purpose: 'Log in once before the attack',
      narration: {
        vulnerable:
          'The shop runs as two processes behind a load balancer, which distributes the requests in turn. This shop does not remember on which devices Alice has typed the right password: her laptop keeps no cookie after the logout.',
        protected:
          'The shop runs as two processes behind a load balancer, which distributes the requests in turn. Once the right password has been typed on a laptop, the shop leaves a device cookie there (__Host-device): it is signed and grants no access.',
        both: 'The shop runs as two processes behind a load balancer, which distributes the requests in turn. Once the right password has been typed on a laptop, the protected shop leaves a device cookie there: it is signed and grants no access.',
      },
      act: async ({ alice }) => {
        await alice.post('/auth/login', { email, password });
        await alice.post('/auth/logout');
      },
      claims: ['alice gets a session cookie', 'the record of alice is deleted'],
    },
    {
      title: 'Mallory tries twenty passwords',
      purpose: 'See where failures are counted',
      narration: {
        vulnerable:
          'All of them are wrong. Each process refuses after five, but it counts in its own memory and does not know what the other process has counted. With two processes, Mallory has ten tries.',
        protected:
          'All of them are wrong. The shop counts in Redis, which both processes share: one count for the account and one for the address. After five, the account’s count is used up, and either process refuses.',
        both: 'All of them are wrong, and each process refuses after five. A process that counts in its own memory does not know what the other one has counted. With counts in Redis, for the account and for the address, the five are for both together.',
      },
      act: ({ mallory }) => guess(mallory, 20),
      ask: {
        question: 'How many of the twenty did the shop check?',
        answer: ({ mallory }) => checked(mallory, 20),
        vulnerable: 10,
        protected: 5,
      },
    },
    {
      title: 'Mallory forges a new IP address in each request',
      purpose: 'See what is counted',
      narration: {
        vulnerable:
          'In the header X-Forwarded-For, each proxy appends the address it got the request from. The beginning of the header comes from the visitor. This shop believes the first entry, which Mallory makes up: each of her tries begins a new count.',
        protected:
          'In the header X-Forwarded-For, each proxy appends the address it got the request from. The beginning of the header comes from the visitor. This shop takes the last entry, which its own load balancer wrote. And the account’s count is used up, whatever the address.',
        both: 'In the header X-Forwarded-For, each proxy appends the address it got the request from. The beginning of the header comes from the visitor. The vulnerable shop takes the first entry, which Mallory makes up. The protected shop takes the last one, which the load balancer wrote.',
      },
      act: ({ mallory }) => guess(mallory, 20, (index) => `198.51.100.${index + 1}`),
      ask: {
        question: 'How many of the twenty did the shop check?',
        answer: ({ mallory }) => checked(mallory, 20),
        vulnerable: 20,
        protected: 0,
        neutral: false,
      },
    },
    {
      title: 'Mallory’s next guess is right',
      purpose: 'Find the password',
      narration: {
        vulnerable:
          'Sooner or later a list of common passwords contains the right one. This shop has refused none of her tries from a made-up address, and this one logs her in.',
        protected:
          'Sooner or later a list of common passwords contains the right one. While tries are refused, the shop refuses the right password with the same response, or the response would reveal it.',
        both: 'Sooner or later a list of common passwords contains the right one. While tries are refused, the right password must be refused with the same response, or the response would reveal it.',
      },
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
      purpose: 'Check who is locked out',
      narration: {
        vulnerable:
          'A shop that simply locked the account would help Mallory: with five wrong passwords every quarter of an hour, she could lock Alice out. This shop counts per address, in each process, and believes what a visitor says about the address: nothing stands in Alice’s way, nor in Mallory’s.',
        protected:
          'A shop that simply locked the account would help Mallory: with five wrong passwords every quarter of an hour, she could lock Alice out. This shop counts tries from a device that the owner has used before separately. On a new device Alice would have to wait as well.',
        both: 'A shop that simply locked the account would help Mallory: with five wrong passwords every quarter of an hour, she could lock Alice out. The protected variant counts tries from a device that the owner has used before separately. On a new device Alice would have to wait as well.',
      },
      act: ({ alice }) => alice.post('/auth/login', { email, password }),
      claims: { vulnerable: [], protected: ['alice sends the cookie __Host-device'] },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Mallory tries one password on fifty e-mail addresses',
      purpose: 'Try password spraying',
      narration: {
        vulnerable:
          'One try for each account is called password spraying. A count per account does not notice it, and a count per address does only where the address cannot be made up: here each try claims another one, so none is refused.',
        protected:
          'A count per account does not notice one try per account (password spraying). So this shop has a second count, per IP address that the tries really come from. Its limit is higher, because many people may share one IP address.',
        both: 'A count per account does not notice one try per account (password spraying). So the protected variant has a second count, per IP address that the tries really come from. Its limit is higher, because many people may share one IP address.',
      },
      act: async ({ mallory }) => {
        for (let index = 0; index < 50; index++) {
          const body = { email: `customer-${index}@shop.example`, password: 'summer-2026' };
          await mallory.post('/auth/login', body, claiming(`192.0.2.${index + 1}`));
        }
      },
      ask: {
        question: 'How many of the fifty did the shop check?',
        answer: ({ mallory }) => checked(mallory, 50),
        vulnerable: 50,
        protected: 45,
        neutral: false,
      },
    },
    {
      title: 'Mallory asks when she may try again',
      purpose: 'See how long a refusal lasts',
      narration: {
        vulnerable:
          'Without a made-up address, Mallory’s own count is used up, and the answer is 429. A useful refusal says in the header Retry-After how long it lasts; this one does not. The count is in the memory of the process and has no end.',
        protected:
          'A useful refusal says how long it lasts, in the header Retry-After. The counts in Redis have a time to live and expire on their own; nobody has to unlock anything.',
        both: 'A useful refusal says how long it lasts, in the header Retry-After. If the counts are in Redis, they have a time to live and expire on their own; nobody has to unlock anything.',
      },
      act: ({ mallory }) => mallory.post('/auth/login', { email, password: 'one-more-guess' }),
      claims: { vulnerable: [], protected: ['mallory is answered 429'] },
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
    'Count per account and per source, in the store that all processes share, believe no address that the visitor wrote, and let the owner’s own device in.',
  fix: `app.set('trust proxy', 1); // one proxy: req.ip is the address it added, not what the visitor wrote

// … and the same for req.ip, with a limit of 50
const key = \`throttle:\${email}:\${knownDevice ?? 'unknown'}\`;
const usedUp = async (limit) => Number(await redis.get(key)) >= limit;
const refuse = async () => res.status(429).set('retry-after', String(await redis.ttl(key))).end();

if (await usedUp(5)) return refuse(); // whether the password is right or wrong
const right = (await bcrypt.compare(password, (user ?? nobody).passwordHash)) && user !== undefined;
if (!right) await redis.multi().set(key, 0, 'EX', 15 * 60, 'NX').incr(key).exec();
// Check again: a hundred tries at the same moment all pass the first check.
if (await usedUp(right ? 5 : 6)) return refuse();
if (right) await redis.del(key);`,
  notTheFix: [
    'Locking the account after five wrong passwords from anybody: then anybody can lock its owner out.',
    'app.set("trust proxy", true): it believes the first entry of X-Forwarded-For, which the visitor writes.',
    'Checking the count only before comparing the password: a hundred tries at the same moment all pass it.',
    'Counting in the memory of the process: each further process allows more tries, and so does each restart.',
  ],
  repairs: {
    fix: {
      title: 'Count per account and source, in Redis',
      idea: 'Both processes see the same counts. The source is what the load balancer says, and known devices are counted apart.',
      because:
        'Neither another process nor a forged header gives Mallory more tries, and Alice’s own laptop is let in.',
    },
    decoys: [
      {
        file: 'throttle-locks-the-owner-out',
        title: 'Lock the account, in Redis',
        idea: 'After five wrong passwords for an account, both processes refuse every login to it for a quarter of an hour.',
        because:
          'Mallory does not get in. But anybody can use up the five tries: Mallory has done so, and Alice is locked out.',
        fails: { step: 5, answer: 429 },
      },
      {
        file: 'every-proxy-trusted',
        title: 'Count in Redis, and trust the proxy',
        idea: 'Express reads the visitor’s address from X-Forwarded-For, as it has to behind a load balancer: trust proxy is true.',
        because:
          'With true, Express takes the first address of the header, which Mallory makes up. So each try seems to come from another source.',
        fails: { step: 6, answer: 50 },
      },
    ],
  },
});
