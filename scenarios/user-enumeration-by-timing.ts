import type { Actor, Page } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const accounts = ['alice@shop.example', 'mallory@shop.example', 'admin@shop.example'];

/** Two tries per account and step: the shop takes at most five wrong passwords per account. */
const tries = 6;

/** Tries an account and an address without one, alternating which goes first: other load then slows both alike. */
async function tryBoth(known: Page, unknown: Page): Promise<void> {
  for (let count = 0; count < tries; count++) {
    const password = `not-the-password-${count}`;
    const tryKnown = () => known.post('/auth/login', { email: accounts[count % accounts.length], password });
    const tryUnknown = () => unknown.post('/auth/login', { email: `nobody-${count}@shop.example`, password });
    for (const tryOne of count % 2 === 0 ? [tryKnown, tryUnknown] : [tryUnknown, tryKnown]) await tryOne();
  }
}

/** Returns the time of the fastest of the last tries, in ms. Other load can only lengthen a response. */
const quickest = ({ responses }: Actor) => Math.min(...responses.slice(-tries).map(({ ms }) => ms));

const longer = (known: Actor, unknown: Actor) => (quickest(known) > 2 * quickest(unknown) ? 'yes' : 'no');

export default scenario({
  slug: 'user-enumeration-by-timing',
  chapter: 'login',
  title: 'User enumeration by timing',
  subtitle: 'Silence also answers',
  synonyms: ['account enumeration', 'timing attack', 'side channel', 'constant time', 'response time'],
  question: 'Both logins fail with the same message. What does the response time reveal?',
  weakness: 'unknown-email-answered-at-once',
  // A hash takes 60 ms. At the lowest cost it takes 1 ms, less than the rest of the request (some 30 ms on a busy machine).
  bcryptCost: 10,
  // The same in both variants: it shows another mistake.
  setup: { apps: { 'https://old.shop.example': { weakness: 'dummy-hash-that-is-none' } } },
  actors: {
    known: { role: 'attacker', label: 'Mallory, trying accounts' },
    unknown: { role: 'attacker', label: 'Mallory, trying no account' },
  },
  references: ['ASVS V6.3.8', 'WSTG-IDNT-04', 'WSTG-BUSL-04', 'CWE-208', 'CAPEC-54'],
  steps: [
    {
      title: 'Mallory compares two responses',
      purpose: 'Compare text and status',
      narration:
        'She tries a wrong password for Alice, and the same for an address that has no account. The text and the status do not show which was which.',
      act: async ({ known, unknown }) => {
        const password = 'not-the-password';
        await known.post('/auth/login', { email: accounts[0], password });
        await unknown.post('/auth/login', { email: 'nobody@shop.example', password });
      },
      claims: ['known is answered 401', 'unknown is answered 401'],
      ask: {
        question: 'Are the two responses the same?',
        answer: ({ known, unknown }) =>
          known.last.status === unknown.last.status && known.last.text === unknown.last.text ? 'yes' : 'no',
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'Mallory measures the response times',
      purpose: 'Look for a timing side channel',
      narration:
        'She makes six tries for accounts and six without an account, in turn, and compares the fastest of each: load can slow a response down, but nothing makes it faster than its work. The shop checks a password with bcrypt, which is slow on purpose. Without an account there is no hash to compare with, unless the shop provides one.',
      act: ({ known, unknown }) => tryBoth(known, unknown),
      undisturbed: true,
      ask: {
        question: 'Does the fastest try for an account take more than twice as long?',
        answer: ({ known, unknown }) => longer(known, unknown),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory measures an older shop',
      purpose: 'Test a fix that fails',
      narration:
        'The shop at old.shop.example compares with a made-up hash when it finds no account. But that text is shorter than a hash, and bcrypt rejects what is not a hash without doing any work.',
      act: ({ known, unknown }) => {
        const old = 'https://old.shop.example';
        return tryBoth(known.on(old), unknown.on(old));
      },
      undisturbed: true,
      ask: {
        question: 'Does the fastest try for an account take more than twice as long?',
        answer: ({ known, unknown }) => longer(known, unknown),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
  ],
  lesson:
    'Do the same work whether there is an account or not: compare with a real hash that no password matches, of the same cost as the others.',
  fix: `const nobodysHash = bcrypt.genSaltSync(cost) + '.'.repeat(31);

const matches = await bcrypt.compare(password, user?.passwordHash ?? nobodysHash);
if (!matches || !user) return res.status(401).json({ error: 'E-mail or password is wrong.' });`,
  notTheFix: [
    'A random pause before the response: the fastest of enough tries contains almost none of it.',
    'A dummy hash that is made up or has another cost: bcrypt does no work for the first, and different work for the second.',
    'One message for both failures: it is necessary, but it is not what is measured here.',
  ],
  repairs: {
    fix: {
      title: 'Compare with a hash that nobody has',
      idea: 'Without an account, the shop compares the password with a valid hash of the same cost that no password matches.',
      because: 'Both logins do the same work, so both take the same time.',
    },
    decoys: [
      {
        file: 'login-pauses-at-random',
        title: 'Pause at random',
        idea: 'Each login first waits for a random time, so a response time no longer says what the shop did.',
        because:
          'A pause only adds time, and chance makes some pauses short. With an account, even the fastest of six tries contains the whole hash.',
        fails: { step: 2, answer: 'yes' },
      },
      {
        file: 'dummy-hash-of-another-cost',
        title: 'Compare with a constant hash',
        idea: 'Without an account, the shop compares the password with a complete hash from its code, which no password matches.',
        because: 'The constant is from a time when hashes had cost 6. A hash of cost 10 takes sixteen times as long.',
        fails: { step: 2, answer: 'yes' },
      },
    ],
  },
});
