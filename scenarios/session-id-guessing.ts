import type { Actor } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const tries = 20;

/** Returns IDs close to a known one: the preceding numbers, or the same text with a different last character. */
function neighbours(sid: string): string[] {
  if (/^\d+$/.test(sid)) return Array.from({ length: tries }, (_, index) => String(Number(sid) - index - 1));
  const others = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter((letter) => letter !== sid.at(-1));
  return others.slice(0, tries).map((letter) => sid.slice(0, -1) + letter);
}

/** Sends one guess at a time until one opens an account. */
async function guess(attacker: Actor, sign: (sid: string) => string): Promise<void> {
  const { name } = attacker.cookie()!;
  for (const sid of neighbours(sidOf(attacker.cookie())!)) {
    const { status } = await attacker.get('/me', { cookie: `${name}=${sign(sid)}` });
    if (status === 200) return;
  }
}

const mallory = { email: 'mallory@shop.example', password: 'crow-bar-13' };

export default scenario({
  slug: 'session-id-guessing',
  chapter: 'cookie',
  title: 'Session ID prediction',
  subtitle: 'Guess somebody else’s session ID',
  synonyms: ['guessing', 'brute force session id', 'entropy', 'CSPRNG', 'random', 'hijack', 'hijacking'],
  question: 'What stops others from guessing my session ID: the signature, or the ID itself?',
  weakness: 'session-ids-count-up',
  actors: { mallory: 'attacker', alice: 'victim' },
  references: [
    'ASVS V7.2.3',
    'ASVS V11.5.1',
    'ASVS V13.3.1',
    'WSTG-SESS-01',
    'NIST 63B-4 5.1',
    'CWE-331',
    'CWE-338',
    'CWE-340',
    'CWE-341',
    'CWE-334',
    'CAPEC-59',
    'CAPEC-196',
  ],
  steps: [
    {
      title: 'Mallory logs in three times and compares',
      purpose: 'Collect samples',
      narration:
        'Each login makes a new session ID. She deletes her cookie in between, so the shop does not end the session before. The ID is the part before the dot, signed but not hidden; she reads it in her own browser.',
      act: async (cast) => {
        for (const again of [false, true, true]) {
          if (again) cast.mallory.deleteCookie();
          await cast.mallory.post('/auth/login', mallory);
        }
      },
      claims: ['3 records are stored'],
      ask: {
        question: 'Do the three session IDs form a sequence?',
        answer: async ({ world }) => {
          const ids = (await world.keys('sess:')).map(({ name }) => Number(name.slice('sess:'.length)));
          const [a = 0, b = 0, c = 0] = ids.sort((one, other) => one - other);
          return b - a === c - b ? 'yes' : 'no';
        },
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice logs in',
      purpose: 'Create the session to guess',
      narration: 'Alice makes no mistake: she has a good password, and nobody copies her cookie.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie'],
    },
    {
      title: 'Mallory logs in once more',
      purpose: 'Get a later session ID',
      narration: {
        vulnerable:
          'Mallory now has a session ID from before Alice’s login and one from after it. This shop counts its IDs up, so Alice’s is in between. A login uses two: one for the visitor, and one for the session that takes its place.',
        protected:
          'Mallory now has a session ID from before Alice’s login and one from after it. This shop’s IDs are random (express-session makes them of 192 random bits), so neither says anything about Alice’s.',
        both: 'Mallory now has a session ID from before Alice’s login and one from after it. If IDs are sequential, Alice’s is in between. A login uses two: one for the visitor, and one for the session that takes its place.',
      },
      act: async (cast) => {
        cast.mallory.deleteCookie();
        await cast.mallory.post('/auth/login', mallory);
      },
      ask: {
        question: 'How far is Alice’s session ID from Mallory’s?',
        answer: (cast) => {
          const between = Number(sidOf(cast.mallory.cookie())) - Number(sidOf(cast.alice.cookie()));
          return between > 0 && between < tries ? `under ${tries} steps` : 'no telling';
        },
        vulnerable: `under ${tries} steps`,
        protected: 'no telling',
      },
    },
    {
      title: 'Mallory tries the session IDs next to hers',
      purpose: 'Guess without the secret',
      narration:
        'She sends twenty guesses. Each needs a signature under the shop’s secret, so she has to invent one. If the signature is wrong, the shop does not even look up the ID in Redis.',
      act: ({ mallory, world }) => guess(mallory, (sid) => world.sign(sid, 'new')),
      claims: ['Redis does not get GET', 'the audit log has session_cookie_invalid'],
      ask: {
        question: 'Whose account did a guess open?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody’s',
        vulnerable: 'nobody’s',
        protected: 'nobody’s',
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See the effect of the guesses',
      narration:
        'Alice notices nothing. But a browser never changes a cookie’s signature by itself, so a wrong one needs a cause: somebody is guessing, or the cookie comes from another app or from before a change of the secret. The audit log has recorded all of them.',
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'How many forged cookies are in the audit log?',
        answer: ({ world }) => world.audit().filter((name) => name === 'session_cookie_invalid').length,
        vulnerable: tries,
        protected: tries,
      },
    },
    {
      title: 'Mallory tries again with the shop’s secret',
      purpose: 'Guess with the secret',
      narration: {
        vulnerable:
          'The secret was “keyboard cat” from the tutorial, or in a repository that became public. Every guess now has a valid signature, and the shop looks it up. Alice’s number is near Mallory’s own, so a few guesses are enough.',
        protected:
          'The secret was “keyboard cat” from the tutorial, or in a repository that became public. Every guess now has a valid signature, and the shop looks it up. But no record has an ID near Mallory’s: a random one cannot be guessed.',
        both: 'The secret was “keyboard cat” from the tutorial, or in a repository that became public. Every guess now has a valid signature, so only the session ID itself protects Alice’s record.',
      },
      act: ({ mallory, world }) => guess(mallory, (sid) => world.sign(sid, 'old')),
      claims: ['Redis gets GET'],
      ask: {
        question: 'Whose account did a guess open?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody’s',
        vulnerable: 'alice@shop.example',
        protected: 'nobody’s',
      },
    },
  ],
  lesson:
    'Randomness protects the session ID; the signature protects it only while the secret is secret, so keep express-session’s 24 random bytes.',
  fix: `// No genid: express-session makes IDs of 24 random bytes, 192 bits.
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false, store }));`,
  notTheFix: [
    'Math.random() or the time of day in the ID: both look random, but both can be computed from a few samples.',
    'A hash of a counter or of the user’s number: anybody who knows the method can compute it too. The hashed value must be random.',
    'A rate limit per IP address: it helps to notice an attack, but attackers have many addresses. No number of guesses is enough against 192 random bits; against a counter, one is.',
  ],
  repairs: {
    fix: {
      title: 'Random IDs',
      idea: 'express-session makes each ID from 24 random bytes.',
      because: 'Mallory’s own IDs say nothing about Alice’s, even to somebody who knows the secret.',
    },
    decoys: [
      {
        file: 'session-ids-count-from-a-random-number',
        title: 'Count from a secret number',
        idea: 'The first ID is a random number of fourteen digits, so nobody knows where the shop started to count.',
        because:
          'Mallory need not know where it started. She logs in and gets an ID. Alice’s is two before it, and with the secret Mallory can sign it.',
        fails: { step: 6, answer: 'alice@shop.example' },
      },
      {
        file: 'forged-cookies-limited',
        title: 'Stop an address that guesses',
        idea: 'After five cookies with a wrong signature, the shop answers their sender with 429.',
        because:
          'With the secret, no guess has a wrong signature. And IDs still count up, so the second guess is right.',
        fails: { step: 6, answer: 'alice@shop.example' },
      },
    ],
  },
});
