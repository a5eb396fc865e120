import type { Actor, Page } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const accounts = ['alice@shop.example', 'mallory@shop.example', 'admin@shop.example'];

/** Two tries for each account; a fifth wrong password would be the last one the shop takes. */
const tries = 6;

/** One try for an account and one for an address without, by turns first: whatever else slows the shop down slows both. */
async function tryBoth(known: Page, unknown: Page): Promise<void> {
  for (let count = 0; count < tries; count++) {
    const password = `not-the-password-${count}`;
    const tryKnown = () => known.post('/auth/login', { email: accounts[count % accounts.length], password });
    const tryUnknown = () => unknown.post('/auth/login', { email: `nobody-${count}@shop.example`, password });
    for (const tryOne of count % 2 === 0 ? [tryKnown, tryUnknown] : [tryUnknown, tryKnown]) await tryOne();
  }
}

/** The least, in ms, that one of the last tries took: other work can only add to an answer, never quicken it. */
const quickest = ({ responses }: Actor) => Math.min(...responses.slice(-tries).map(({ ms }) => ms));

const longer = (known: Actor, unknown: Actor) => (quickest(known) > 2 * quickest(unknown) ? 'yes' : 'no');

export default scenario({
  slug: 'user-enumeration-by-timing',
  chapter: 'login',
  title: 'Silence also answers',
  question: 'Both logins fail with the same words. What can a stopwatch tell?',
  weakness: 'unknown-email-answered-at-once',
  // 60 ms for a hash: the quickest ones take 1 ms, less than the rest of the request, which is some 30 ms on a busy machine.
  bcryptCost: 10,
  // In both variants: what it shows is another way to get it wrong.
  setup: { apps: { 'https://old.shop.example': { weakness: 'dummy-hash-that-is-none' } } },
  actors: {
    known: { role: 'attacker', label: 'Mallory, trying accounts' },
    unknown: { role: 'attacker', label: 'Mallory, trying nobody' },
  },
  references: ['ASVS V6.3.8', 'WSTG-IDNT-04', 'WSTG-BUSL-04', 'CWE-208', 'CAPEC-54'],
  steps: [
    {
      title: 'Mallory compares two answers',
      purpose: 'Nothing to read',
      narration:
        'A wrong password for Alice, and the same for an address that has no account. The words and the status say nothing about which was which.',
      act: async ({ known, unknown }) => {
        const password = 'not-the-password';
        await known.post('/auth/login', { email: accounts[0], password });
        await unknown.post('/auth/login', { email: 'nobody@shop.example', password });
      },
      ask: {
        question: 'Is it the same answer?',
        answer: ({ known, unknown }) =>
          known.last.status === unknown.last.status && known.last.text === unknown.last.text ? 'yes' : 'no',
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'Mallory takes a stopwatch',
      purpose: 'Measure the work behind',
      narration:
        'Six tries for accounts and six for nobody, in turn, and the quickest of each compared: a busy machine can slow an answer down, but nothing makes it quicker than its work. A password is compared with bcrypt, which is slow on purpose; where there is no account there is no hash to compare with, unless the shop takes care to have one.',
      act: ({ known, unknown }) => tryBoth(known, unknown),
      ask: {
        question: 'Does the quickest try for an account take more than twice as long?',
        answer: ({ known, unknown }) => longer(known, unknown),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory measures an older shop',
      purpose: 'Look at a fix that is none',
      narration:
        'The shop at old.shop.example compares with a made-up hash when it finds no account. But the text is shorter than a hash, and to what is not a hash bcrypt answers no without doing any work.',
      act: ({ known, unknown }) => {
        const old = 'https://old.shop.example';
        return tryBoth(known.on(old), unknown.on(old));
      },
      ask: {
        question: 'Does the quickest try for an account take more than twice as long?',
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
    'A random pause before the answer: the quickest of enough tries has next to none of it.',
    'A dummy hash that was made up by hand or has another cost: bcrypt does no work for the one, and other work for the other.',
    'One text for both failures: it is needed, but it is not what is measured here.',
  ],
});
