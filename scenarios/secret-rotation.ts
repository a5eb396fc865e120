import type { Actor, World } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const logIn = (device: Actor) => device.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

/** A Cookie header with Alice's session ID, signed with the old secret: anybody who knows both can build it. */
const forgedFor = (alice: Actor, world: World) =>
  `${alice.cookie()?.name}=${world.sign(sidOf(alice.cookie()) ?? '', 'old')}`;

export default scenario({
  slug: 'secret-rotation',
  chapter: 'store',
  title: 'Secret rotation',
  subtitle: 'Change the lock, keep the keys working',
  synonyms: ['rotate', 'key rotation', 'SESSION_SECRET', 'leaked secret', 'deploy', 'signature'],
  question: 'Can the secret be changed without logging everybody out?',
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
      purpose: 'Two cookies, one secret',
      narration:
        'Both cookies are signed with the shop’s secret. Somebody found it in an old backup, so it must be replaced (secret rotation).',
      act: async ({ alice, phone }) => {
        await logIn(alice);
        await logIn(phone);
      },
    },
    {
      title: 'The shop puts a new secret in front of the old one',
      purpose: 'Two secrets for a while',
      narration:
        'The list is [new, old]. express-session signs with the first secret and accepts signatures of both. One variant passes it only the first entry.',
      act: ({ world }) => world.restart({ secrets: ['new', 'old'] }),
    },
    {
      title: 'Alice’s laptop opens the account page',
      purpose: 'Send an old signature',
      narration:
        'Her cookie carries the old signature. Her record is still in Redis; what matters is whether the shop accepts the old secret.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Alice inspects her cookie',
      purpose: 'Check the signature',
      narration:
        'This shop sets the cookie again with every response (rolling), signed with the first secret. The session ID stays the same. Without rolling, a cookie is re-signed only when its session changes.',
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
      title: 'Mallory signs Alice’s session ID with the old secret',
      purpose: 'The price of the overlap',
      narration:
        'She knows the leaked secret and has seen one active session ID in a dump of Redis. As long as the shop accepts the old secret, it accepts what she signs. Keep the overlap short, and after a leak that is being exploited have none.',
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
      purpose: 'End the overlap',
      narration:
        'When the longest session is over, every cookie in use has been re-signed. The list is [new] now, and the leaked secret is worth nothing.',
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
      purpose: 'Active during the overlap',
      narration: 'If its cookie got the new signature during the overlap, nothing changes for the laptop now.',
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
      purpose: 'Idle during the overlap',
      narration: 'The phone sent nothing during the overlap, so its cookie still has the old signature.',
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
    'The first secret in the list signs, and all are accepted: put the new one in front and drop the old one soon.',
  fix: `// SESSION_SECRETS="new old" during the overlap, "new" after it.
const secret = process.env.SESSION_SECRETS.split(' ').filter(Boolean);
if (secret.length === 0) throw new Error('SESSION_SECRETS is empty.');
app.use(session({ secret, rolling: true, store }));`,
  notTheFix: [
    'Keeping the old secret in the list forever: anybody who has it can sign forever.',
    'An empty entry in the list, as from a setting that ends with a space: express-session accepts it as a secret that everybody knows.',
    'Signing with the new secret in one process while another does not know it yet: first let all accept it, [old, new], then sign with it.',
  ],
  repairs: {
    fix: {
      title: 'New secret first, old one after it',
      idea: 'The first secret of the list signs, all of them are accepted, and each response signs the cookie again.',
      because: 'Whoever visits during the overlap leaves with a cookie that the new secret has signed.',
    },
    decoys: [
      {
        file: 'newest-secret-last',
        title: 'Append the new secret',
        idea: 'The new secret goes to the end of the list, and cookies of every secret in it are accepted.',
        because:
          'The first secret signs, and that is still the old one. When it is dropped, no cookie has the new signature.',
        fails: { step: 7, answer: 401 },
      },
      {
        file: 'cookie-not-renewed',
        title: 'Accept both, send the cookie only at login',
        idea: 'Both secrets are accepted and the new one signs. A response sets the cookie only when it has to.',
        because: 'The laptop was there during the overlap, but no response brought it a new signature.',
        fails: { step: 7, answer: 401 },
      },
    ],
  },
});
