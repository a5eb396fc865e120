import type { Actor, World } from './engine/cast.ts';
import { mailedToken } from './engine/mailedToken.ts';
import { scenario } from './engine/scenario.ts';

const long = '0'.repeat(72);

/** Returns the cost, which each bcrypt hash contains: `$2b$10$…`. */
function costOf(world: World, email: string): number | 'no such user' {
  const hash = world.stolenUsers().find((user) => user.email === email)?.passwordHash;
  return hash === undefined ? 'no such user' : Number(hash.split('$')[2]);
}

/** Registers, and chooses the password behind the link in the mail. */
async function register(person: Actor, world: World, email: string, password: string): Promise<void> {
  await person.post('/auth/register', { email });
  await person.post('/auth/confirm-email', { token: mailedToken(world.mail(email)[0]), password });
}

export default scenario({
  slug: 'bcrypt-cost-and-72-bytes',
  chapter: 'login',
  title: 'bcrypt cost and the 72-byte limit',
  subtitle: 'Slow on purpose, and only 72 bytes',
  synonyms: ['password hash', 'truncation', 'work factor', 'rounds', 'argon2', 'passphrase'],
  question: 'How much of a long password does the shop check, and what does each guess cost a thief?',
  weakness: 'passwords-cut-and-cheap',
  // The minimum for a real shop; the sandbox normally uses the lowest cost that bcrypt has.
  bcryptCost: 10,
  actors: { carol: 'victim', mallory: 'attacker' },
  references: [
    ...['ASVS V11.4.2', 'ASVS V6.2.8', 'NIST 63B-4 3.1.1.2', 'CWE-916', 'CWE-521', 'CAPEC-16'],
    'kelektiv/node.bcrypt.js#731',
  ],
  steps: [
    {
      title: 'Carol registers with a very long password',
      purpose: 'Exceed what bcrypt reads',
      narration: {
        vulnerable:
          'Her password is 72 zeros followed by “secret”. bcrypt reads the first 72 bytes of a password and silently ignores the rest. She chooses it behind the link in the shop’s mail. This shop does not check the length before it hashes.',
        protected:
          'Her password is 72 zeros followed by “secret”. bcrypt reads the first 72 bytes of a password and silently ignores the rest. She chooses it behind the link in the shop’s mail. This shop checks the length before it hashes, and refuses it.',
        both: 'Her password is 72 zeros followed by “secret”. bcrypt reads the first 72 bytes of a password and silently ignores the rest. She chooses it behind the link in the shop’s mail. A shop has to check the length before it hashes.',
      },
      act: ({ carol, world }) => register(carol, world, 'carol@shop.example', `${long}secret`),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ carol }) => carol.last.status,
        vulnerable: 204,
        protected: 400,
      },
    },
    {
      title: 'Mallory logs in with another ending',
      purpose: 'See what was ignored',
      narration: {
        vulnerable:
          'Mallory knows how Carol’s password begins, from somebody who looked over a shoulder, and guesses an ending: “wrong”. To bcrypt both passwords are the same 72 bytes.',
        protected:
          'Mallory knows how Carol’s password begins, from somebody who looked over a shoulder, and guesses an ending: “wrong”. To bcrypt both would be the same 72 bytes. But the shop has refused that password, so no account has it.',
        both: 'Mallory knows how Carol’s password begins, from somebody who looked over a shoulder, and guesses an ending: “wrong”. To bcrypt both passwords are the same 72 bytes.',
      },
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
      narration: {
        vulnerable:
          'Twenty characters look short, but each key emoji takes four bytes, eighty in all. This shop accepts the password, and bcrypt ignores the last two emoji. A limit of 72 characters would not help: it must count the bytes in UTF-8.',
        protected:
          'Twenty characters look short, but each key emoji takes four bytes, eighty in all. This shop’s limit counts the bytes in UTF-8, and refuses them. A limit of 72 characters would accept this password, and bcrypt would truncate it.',
        both: 'Twenty characters look short, but each key emoji takes four bytes, eighty in all. A limit must count the bytes in UTF-8. A limit of 72 characters would accept this password, and bcrypt would truncate it.',
      },
      act: ({ carol, world }) => register(carol, world, 'dave@shop.example', '🔑'.repeat(20)),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ carol }) => carol.last.status,
        vulnerable: 204,
        protected: 400,
      },
    },
    {
      title: 'Another friend registers with 72 bytes',
      purpose: 'Use the maximum length',
      narration:
        'bcrypt reads all of a password of exactly 72 bytes, so the shop accepts it. A limit of 72 bytes refuses 64 Cyrillic letters, which are 128. To allow longer passwords, hash them with HMAC-SHA-256 first and give bcrypt the result in base64, or use Argon2id, which OWASP recommends for new systems.',
      act: async ({ carol, world }) => {
        await register(carol, world, 'erin@shop.example', `${'0'.repeat(66)}secret`);
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
      title: 'Mallory steals a backup of the user table',
      purpose: 'See what a guess costs',
      narration:
        'Once she has the hashes at home, only bcrypt slows her down. Each hash contains its cost, and each additional step doubles the work: a guess at cost 10 takes 64 times as much as at cost 4.',
      act: () => {},
      ask: {
        question: 'Which cost does the newest hash have?',
        answer: ({ world }) => costOf(world, 'erin@shop.example'),
        vulnerable: 4,
        protected: 10,
      },
    },
  ],
  lesson:
    'Give bcrypt a cost that makes guessing expensive, and refuse a password that it would truncate: it reads only 72 bytes.',
  fix: `const password = z.string().min(8).refine((text) => Buffer.byteLength(text) <= 72);
const passwordHash = await bcrypt.hash(password, 10);
// at login, while the password is available: rehash what was hashed at a lower cost
if (bcrypt.getRounds(user.passwordHash) < 10) user.passwordHash = await bcrypt.hash(password, 10);`,
  notTheFix: [
    'A limit in characters: one character can be four bytes.',
    'A fast hash before bcrypt, as raw bytes: many bcrypt libraries stop at the first zero byte, so give them the digest as base64.',
    'A pause that slows the login down: a thief who has the hashes does not use the login.',
  ],
  repairs: {
    fix: {
      title: 'At most 72 bytes, at the usual cost',
      idea: 'The registration counts the bytes of a password, and each hash costs what it should.',
      because: 'Every byte of a password counts, and each guess at a stolen hash is expensive.',
    },
    decoys: [
      {
        file: 'password-limit-in-characters',
        title: 'At most 72 characters, at the usual cost',
        idea: 'bcrypt reads 72 bytes, so the registration refuses a password of more than 72 characters.',
        because:
          'Twenty emoji are few characters, but eighty bytes. The shop accepts them, and bcrypt ignores the last two.',
        fails: { step: 3, answer: 204 },
      },
      {
        file: 'hashes-cheap',
        title: 'At most 72 bytes',
        idea: 'The registration counts the bytes, and refuses a password of which bcrypt would ignore the end.',
        because:
          'Every byte counts now. But a hash still has cost 4, so a guess at it costs Mallory a sixty-fourth of one at cost 10.',
        fails: { step: 5, answer: 4 },
      },
    ],
  },
});
