import { mailedToken } from './engine/mailedToken.ts';
import { scenario } from './engine/scenario.ts';

const email = 'alice@shop.example';

export default scenario({
  slug: 'session-puzzling',
  chapter: 'login',
  title: 'Session puzzling',
  subtitle: 'One variable, two meanings',
  synonyms: ['session variable overloading', 'password reset', 'forgot password'],
  question: 'I only entered an e-mail address under “forgot password”. Why does the account page open?',
  weakness: 'reset-names-user-in-session',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['WSTG-SESS-08', 'WSTG-ATHN-04', 'CWE-841', 'CWE-501', 'CWE-288', 'CAPEC-74', 'CAPEC-115'],
  subject: ['sess:', 'reset:'],
  steps: [
    {
      title: 'Alice orders a rabbit and logs out',
      purpose: 'Create private data',
      narration: 'The shop stores her order. She logs out, so there is no session of hers to steal.',
      act: async ({ alice }) => {
        await alice.post('/auth/login', { email, password: 'rabbit-hole-7' });
        await alice.post('/basket', { item: 'rabbit' });
        await alice.post('/orders');
        await alice.post('/auth/logout');
      },
      claims: ['the record of alice is deleted'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 0,
        protected: 0,
      },
    },
    {
      title: 'Mallory enters Alice’s e-mail under “forgot password”',
      purpose: 'Claim to be Alice',
      narration:
        'Anybody may do that: the e-mail goes to Alice. A reset takes several pages, so the shop has to remember between them which user it is for. What matters is where the shop stores that.',
      act: async ({ mallory }) => {
        await mallory.post('/basket', { item: 'hat' });
        await mallory.post('/auth/forgot', { email });
      },
      claims: ['mallory sends a session cookie', 'a mail goes to alice@shop.example'],
      ask: {
        question: 'Which fields does Mallory’s session hold now?',
        answer: async ({ world }) => {
          const [record] = await world.keys('sess:');
          const data = record?.value.type === 'string' ? JSON.parse(record.value.data) : {};
          return Object.keys(data)
            .filter((field) => field !== 'cookie')
            .sort()
            .join(', ');
        },
        vulnerable: 'basketId, userId',
        protected: 'basketId',
      },
    },
    {
      title: 'Mallory opens the account page',
      purpose: 'Skip to another page',
      narration: {
        vulnerable:
          'She does not continue the reset. To the reset pages, userId means “somebody claims to be this user”; to the guard of the account page, it means “somebody has proved it”. This confusion is called session puzzling.',
        protected:
          'She does not continue the reset. Her session holds her basket and no userId: which user the reset is for stands in Redis, with the hash of the token. The guard of the account page finds nobody, and answers 401.',
        both: 'She does not continue the reset. If it has put a userId into her session, that means “somebody claims to be this user”; to the guard of the account page, it means “somebody has proved it”. This confusion is called session puzzling.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory reads the orders',
      purpose: 'See what else opens',
      narration: {
        vulnerable:
          'She typed no password and read no e-mail. The account page has its guard on its own route, and the order routes share one guard. Both use the same guard, so anybody who passes it in one place passes it everywhere.',
        protected:
          'The account page has its guard on its own route, and the order routes share one. It is the same guard: it looks for a userId in the session, finds none, and answers 401 here too.',
        both: 'She typed no password and read no e-mail. The account page has its guard on its own route, and the order routes share one guard. Both use the same guard, so anybody who passes it in one place passes it everywhere.',
      },
      act: ({ mallory }) => mallory.get('/orders'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'What does she see?',
        answer: ({ mallory }) => mallory.last.json?.orders?.[0]?.things.join(', ') ?? 'nothing',
        vulnerable: 'rabbit',
        protected: 'nothing',
      },
    },
    {
      title: 'Alice uses the e-mail to set a new password',
      purpose: 'Let the owner react',
      narration:
        'The e-mail contains a token, a random value for this one reset. Redis holds a digest of it and of the version of her password, so after a new password the same token has another digest. It works once; sent a second time, it is refused. Setting a new password also ends every session on Alice’s list.',
      act: async ({ alice, world }) => {
        const token = mailedToken(world.mail(email)[0]);
        await alice.post('/auth/reset', { token, password: 'down-the-hole-8' });
        await alice.post('/auth/reset', { token, password: 'down-the-hole-9' });
      },
      claims: ['alice is answered 400'],
      ask: {
        question: 'How many times does the token work?',
        answer: ({ alice }) => alice.responses.slice(-2).filter(({ status }) => status === 204).length,
        vulnerable: 1,
        protected: 1,
      },
    },
    {
      title: 'Mallory opens the account page again',
      purpose: 'See what survives the reset',
      narration: {
        vulnerable:
          'A login adds the session to its user’s list. A session that no login created is on no list, so the shop does not find it, and not even a new password ends it.',
        protected:
          'Her session was never on Alice’s list, so the new password did not end it. It did not have to: there is still no userId in it, and the guard answers 401.',
        both: 'A login adds the session to its user’s list. A session that no login created is on no list, so not even a new password ends it. That matters only if such a session names a user.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'Only a login writes the user’s identity into the session; a pending reset is stored elsewhere, under a token that only the owner’s e-mail contains.',
  fix: `// forgot: store nothing in the session
const token = \`\${user.id}.\${randomBytes(32).toString('base64url')}\`;
await redis.set(\`reset:\${user.id}\`, sha256(token), 'PX', lifetime);
mail({ to: user.email, text: resetLink(context, token) });

// reset: find the user by the token alone, and only once
const userId = token.split('.')[0];
const taken = await redis.eval(deleteIfEqual, 1, \`reset:\${userId}\`, sha256(token));`,
  notTheFix: [
    'A new password: it ends the sessions that logins created, and no login created this one.',
    'Hiding the link to the next page: the attacker types URLs in any order she likes.',
  ],
  repairs: {
    fix: {
      title: 'Keep the reset out of the session',
      idea: 'The pending reset is stored under a token that only the e-mail contains, and the guard requires a login.',
      because: 'Nothing that a visitor types into a form becomes part of who the shop thinks she is.',
    },
    decoys: [
      {
        file: 'reset-user-checked-by-guard',
        title: 'Check the user in the guard',
        idea: 'The guard looks the user up for each request, and refuses one who does not exist or is disabled.',
        because:
          'Alice exists and is not disabled. The guard checks who is named in the session, not who wrote the name.',
        fails: { step: 3, answer: 'alice@shop.example' },
      },
      {
        file: 'reset-refused-on-one-page',
        title: 'Require a login on the account page',
        idea: 'Only a login stores the time of the login. The account page refuses a session without it.',
        because: 'The account page is closed. The list of orders has the same guard as before, and still opens.',
        fails: { step: 4, answer: 'rabbit' },
      },
    ],
  },
});
