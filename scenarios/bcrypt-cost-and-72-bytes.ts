import type { World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const long = '0'.repeat(72);

/** bcrypt's hash says its cost itself: `$2b$10$…`. */
function costOf(world: World, email: string): number | 'no such user' {
  const hash = world.stolenUsers().find((user) => user.email === email)?.passwordHash;
  return hash === undefined ? 'no such user' : Number(hash.split('$')[2]);
}

export default scenario({
  slug: 'bcrypt-cost-and-72-bytes',
  chapter: 'login',
  title: 'Slow on purpose, and only 72 bytes',
  question: 'How much of a long password does the shop look at, and what does a thief pay for each guess?',
  weakness: 'passwords-cut-and-cheap',
  // What a shop should have at the least; the lab's usual cost is the lowest there is.
  bcryptCost: 10,
  actors: { carol: 'victim', mallory: 'attacker' },
  references: [
    ...['ASVS V11.4.2', 'ASVS V6.2.8', 'ASVS V6.2.9', 'NIST 63B-4 3.1.1.2', 'CWE-916', 'CWE-521', 'CAPEC-16'],
    'kelektiv/node.bcrypt.js#731',
  ],
  steps: [
    {
      title: 'Carol registers with a very long password',
      purpose: 'More than bcrypt reads',
      narration:
        'It is 72 zeros and then the word “secret”. bcrypt reads 72 bytes of a password and ignores what follows, without an error. A shop has to notice that before it hashes.',
      act: ({ carol }) => carol.post('/auth/register', { email: 'carol@shop.example', password: `${long}secret` }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ carol }) => carol.last.status,
        vulnerable: 202,
        protected: 400,
      },
    },
    {
      title: 'Mallory logs in with another ending',
      purpose: 'What was ignored',
      narration:
        'She knows how Carol’s password begins, from somebody who looked over a shoulder, and guesses an ending: “wrong”. To bcrypt both passwords are the same 72 bytes.',
      act: ({ mallory }) => mallory.post('/auth/login', { email: 'carol@shop.example', password: `${long}wrong` }),
      ask: {
        question: 'What does the shop answer Mallory?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'Carol’s friend tries twenty emoji',
      purpose: 'Bytes are not characters',
      narration:
        'Twenty characters look short, but each key takes four bytes, which makes eighty. A limit has to be counted in bytes, as UTF-8 has them. A limit of 72 characters would let this one through, and cut it.',
      act: ({ carol }) => carol.post('/auth/register', { email: 'dave@shop.example', password: '🔑'.repeat(20) }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ carol }) => carol.last.status,
        vulnerable: 202,
        protected: 400,
      },
    },
    {
      title: 'Another friend registers with 72 bytes',
      purpose: 'As long as it may be',
      narration:
        'A password of exactly 72 bytes is read to its end, so both shops take it. Whoever wants to allow more hashes it with HMAC-SHA-256 first and gives bcrypt the result, in base64.',
      act: async ({ carol }) => {
        await carol.post('/auth/register', { email: 'erin@shop.example', password: `${'0'.repeat(66)}secret` });
        await carol.post('/auth/login', { email: 'erin@shop.example', password: `${'0'.repeat(67)}wrong` });
      },
      ask: {
        question: 'What does a wrong ending get now?',
        answer: ({ carol }) => carol.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory steals a backup of the users',
      purpose: 'What a guess costs',
      narration:
        'With the hashes at home nothing throttles her but bcrypt. Its cost stands in each hash, and each step more doubles the work: a guess at cost 10 takes 64 times what it takes at cost 4.',
      act: () => {},
      ask: {
        question: 'Which cost does the newest hash have?',
        answer: ({ world }) => costOf(world, 'erin@shop.example'),
        vulnerable: 4,
        protected: 10,
      },
    },
  ],
  lesson: 'Give bcrypt a cost that hurts a thief, and refuse a password it would cut: 72 bytes are all it reads.',
  fix: `const password = z.string().min(8).refine((text) => Buffer.byteLength(text) <= 72);
const passwordHash = await bcrypt.hash(password, 10);
// at a login, while the password is at hand: raise what was hashed when the cost was lower
if (bcrypt.getRounds(user.passwordHash) < 10) user.passwordHash = await bcrypt.hash(password, 10);`,
  notTheFix: [
    'A limit in characters: one character can be four bytes.',
    'A fast hash before bcrypt, as raw bytes: bcrypt works on text, so give it the digest as base64.',
    'A slow login by a pause: the thief with the hashes does not use the login.',
  ],
});
