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
    admin: 'admin',
  },
  references: ['ASVS V13.3.4', 'ASVS V13.3.1', 'WSTG-SESS-01', 'CWE-547', 'CWE-798', 'CAPEC-196'],
  steps: [
    {
      title: 'Alice logs in on her laptop and her phone',
      purpose: 'Two cookies, one secret',
      narration:
        'Both cookies are signed with the shop’s secret. It is a year old, so the shop replaces it, as it does every year (secret rotation).',
      act: async ({ alice, phone }) => {
        await logIn(alice);
        await logIn(phone);
      },
    },
    {
      title: 'The shop puts a new secret in front of the old one',
      purpose: 'Two secrets for a while',
      narration: {
        vulnerable:
          'The list is [new, old]. express-session signs with the first secret and accepts signatures of both. But this shop passes it only the first entry.',
        protected:
          'The list is [new, old]. express-session signs with the first secret and accepts signatures of both.',
        both: 'The list is [new, old]. express-session signs with the first secret and accepts signatures of both. One variant passes it only the first entry.',
      },
      act: ({ world }) => world.restart({ secrets: ['new', 'old'] }),
    },
    {
      title: 'Alice’s laptop opens the account page',
      purpose: 'Send an old signature',
      narration: {
        vulnerable:
          'Her cookie carries the old signature. Her record is still in Redis, but this shop does not accept the old secret: to it the cookie is forged.',
        protected:
          'Her cookie carries the old signature. The shop accepts it, because the old secret is in its list, and finds her record in Redis.',
        both: 'Her cookie carries the old signature. Her record is still in Redis; what matters is whether the shop accepts the old secret.',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: {
        vulnerable: ['alice sends a session cookie', 'Redis does not get GET'],
        protected: ['alice sends a session cookie', 'alice gets a session cookie'],
      },
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
      narration: {
        vulnerable:
          'This shop sets the cookie again with every response in a session (rolling). But it took her request for one without a session, so her cookie still has the old signature.',
        protected:
          'This shop sets the cookie again with every response (rolling), signed with the first secret. The session ID stays the same. Without rolling, a cookie is re-signed only when its session changes.',
        both: 'This shop sets the cookie again with every response in a session (rolling), signed with the first secret. The session ID stays the same. Without rolling, a cookie is re-signed only when its session changes.',
      },
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
      narration: {
        vulnerable:
          'Suppose the old secret has leaked: Mallory has it from a backup, and one session ID from a dump of Redis. This shop accepts only the new secret, so what she signs is worthless at once.',
        protected:
          'Suppose the old secret has leaked: Mallory has it from a backup, and one session ID from a dump of Redis. As long as the shop accepts the old secret, it accepts what she signs. And it sends her a cookie with the new signature (rolling).',
        both: 'Suppose the old secret has leaked: Mallory has it from a backup, and one session ID from a dump of Redis. As long as the shop accepts the old secret, it accepts what she signs. And it sends her a cookie with the new signature (rolling).',
      },
      act: async ({ mallory, alice, world }) => {
        mallory.writeCookie(`${forgedFor(alice, world)}; Path=/; Secure`);
        await mallory.get('/me');
      },
      claims: {
        vulnerable: ['mallory sends the session ID of alice', 'mallory gets no session cookie'],
        protected: ['mallory sends the session ID of alice', 'mallory gets a session cookie'],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'The shop drops the old secret, and Mallory sends what she has',
      purpose: 'End the overlap',
      narration: {
        vulnerable:
          'The list is [new] now, which changes nothing for this shop: it never accepted what the old secret signed. After a leak that is right. For a scheduled rotation it is the reason why Alice is logged out.',
        protected:
          'The list is [new] now, and nothing that the old secret signed is accepted. But the cookie that the shop has re-signed for Mallory is. So an overlap is for a scheduled rotation. After a leak there is none, or all sessions end as well.',
        both: 'The list is [new] now, and nothing that the old secret signed is accepted. But a cookie that the shop has re-signed for Mallory is. So an overlap is for a scheduled rotation. After a leak there is none, or all sessions end as well.',
      },
      act: async ({ mallory, world }) => {
        await world.restart({ secrets: ['new'] });
        await mallory.get('/me');
      },
      claims: ['mallory sends the session ID of alice'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Alice’s laptop opens the account page',
      purpose: 'Active during the overlap',
      narration: {
        vulnerable:
          'Its cookie never got the new signature, because this shop had no overlap. The laptop stays logged out until Alice logs in again.',
        protected: 'Its cookie got the new signature during the overlap, so nothing changes for the laptop now.',
        both: 'If its cookie got the new signature during the overlap, nothing changes for the laptop now.',
      },
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
      narration: {
        vulnerable:
          'The phone’s cookie has the old signature as well. Each device is logged out when the secret changes.',
        protected: 'The phone sent nothing during the overlap, so its cookie still has the old signature.',
        both: 'The phone sent nothing during the overlap, so its cookie still has the old signature.',
      },
      act: ({ phone }) => phone.get('/me'),
      ask: {
        question: 'What does the shop answer the phone?',
        answer: ({ phone }) => phone.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'An admin ends all sessions, and Mallory tries again',
      purpose: 'What a leak needs',
      narration:
        'A cookie names a record, however it was signed. Without the records, every cookie is worthless, and everybody logs in again under the new secret.',
      act: async ({ admin, mallory }) => {
        await admin.post('/auth/login', { email: 'admin@shop.example', password: 'ring-of-keys-42' });
        await admin.post('/admin/sessions/end-all');
        await mallory.get('/me');
      },
      claims: ['the record of alice is deleted', 'mallory sends a session cookie'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'The first secret in the list signs, and all are accepted: put the new one in front and drop the old one soon. After a leak, end all sessions, too.',
  fix: `// SESSION_SECRETS="new old" during the overlap, "new" after it.
const secret = process.env.SESSION_SECRETS.split(' ').filter(Boolean);
if (secret.length === 0) throw new Error('SESSION_SECRETS is empty.');
app.use(session({ secret, rolling: true, resave: false, saveUninitialized: false, store }));`,
  notTheFix: [
    'Keeping the old secret in the list forever: anybody who has it can sign forever.',
    'An empty entry in the list, as from a setting that ends with a space: express-session accepts it as a secret that everybody knows.',
    'Signing with the new secret in one process while another does not know it yet: first let all accept it, [old, new], then sign with it.',
  ],
  repairs: {
    fix: {
      title: 'New secret first, old one after it',
      idea: 'The first secret of the list signs, all of them are accepted, and each response signs the cookie again.',
      because: 'Anyone who visits during the overlap leaves with a cookie that the new secret has signed.',
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
