import type { Actor, World } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const logIn = (device: Actor) => device.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

/** Alice's id under the old secret, as whoever knows both can write it. */
const forgedFor = (alice: Actor, world: World) =>
  `${alice.cookie()?.name}=${world.sign(sidOf(alice.cookie()) ?? '', 'old')}`;

export default scenario({
  slug: 'secret-rotation',
  chapter: 'store',
  title: 'Change the lock, keep the keys working',
  question: 'Can the secret be changed without throwing everybody out?',
  weakness: 'only-the-newest-secret',
  actors: {
    alice: { role: 'victim', label: 'Alice’s laptop' },
    phone: { role: 'person', label: 'Alice’s phone' },
    mallory: 'attacker',
  },
  references: ['ASVS V13.3.4', 'ASVS V13.3.1', 'ASVS V13.1.4', 'WSTG-SESS-01', 'CWE-547', 'CWE-798', 'CAPEC-196'],
  steps: [
    {
      title: 'Alice logs in on her laptop and her phone',
      purpose: 'Two cookies, one signature',
      narration:
        'Both cookies are signed with the shop’s secret. Somebody has found that secret in an old backup, so it has to be replaced.',
      act: async ({ alice, phone }) => {
        await logIn(alice);
        await logIn(phone);
      },
    },
    {
      title: 'The shop gets a new secret in front of the old one',
      purpose: 'Two secrets for a while',
      narration:
        'The list is [new, old]. The first one signs; all of them are tried when a cookie is checked. The one shop looks at the first entry alone.',
      act: ({ world }) => world.restart({ secrets: ['new', 'old'] }),
    },
    {
      title: 'Alice’s laptop opens the account page',
      purpose: 'An old signature arrives',
      narration:
        'Her cookie carries the old signature. Her record is in Redis as before; all depends on whether the old secret is still tried.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Alice looks at her cookie',
      purpose: 'See it move over',
      narration:
        'This shop sends the cookie again with every answer (rolling), and each time it is signed with the first secret. The id stays the same. Without rolling it would move only when the session changes.',
      act: () => {},
      ask: {
        question: 'Which secret signed the cookie she has now?',
        answer: ({ alice, world }) =>
          alice.cookie()?.value === world.sign(sidOf(alice.cookie()) ?? '', 'new') ? 'the new one' : 'the old one',
        vulnerable: 'the old one',
        protected: 'the new one',
      },
    },
    {
      title: 'Mallory signs Alice’s id with the old secret',
      purpose: 'The price of the overlap',
      narration:
        'She knows the leaked secret and has seen one live id in a dump of Redis. As long as the old secret is accepted, what she signs is accepted as well. This is what an overlap costs: keep it short, and after a leak that is being used have none.',
      act: ({ mallory, alice, world }) => mallory.get('/me', { cookie: forgedFor(alice, world) }),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'The shop drops the old secret, and Mallory signs again',
      purpose: 'Close the window',
      narration:
        'When the longest session is over, every cookie in use has moved over. The list is [new] now, and the leaked secret is worth nothing.',
      act: async ({ mallory, alice, world }) => {
        await world.restart({ secrets: ['new'] });
        await mallory.get('/me', { cookie: forgedFor(alice, world) });
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice’s laptop opens the account page',
      purpose: 'Who came by meanwhile',
      narration: 'Her laptop was there during the overlap. Where it got a new signature then, it notices nothing now.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer the laptop?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Alice’s phone opens the account page',
      purpose: 'Who did not',
      narration: 'The phone lay in a drawer during the overlap, so its cookie still has the old signature.',
      act: ({ phone }) => phone.get('/me'),
      ask: {
        question: 'What does the shop answer the phone?',
        answer: ({ phone }) => phone.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson:
    'A list of secrets signs with its first and accepts them all: put the new one in front, drop the old one soon.',
  fix: `// SESSION_SECRETS="new old" during the overlap, "new" after it.
const secret = process.env.SESSION_SECRETS.split(' ').filter(Boolean);
if (secret.length === 0) throw new Error('SESSION_SECRETS is empty.');
app.use(session({ secret, rolling: true, store }));`,
  notTheFix: [
    'Keeping the old secret in the list for ever: whoever has it can sign for ever.',
    'An empty entry in the list, as from a setting that ends with a space: express-session takes it for a secret, one that everybody knows.',
    'Signing with the new secret in one process while another does not know it yet: first let all of them accept it, [old, new], then sign with it.',
  ],
});
