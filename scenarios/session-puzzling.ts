import { scenario } from './engine/scenario.ts';

const email = 'alice@shop.example';

export default scenario({
  slug: 'session-puzzling',
  chapter: 'login',
  title: 'One variable, two meanings',
  question: 'I only typed a name into “forgot password”. Why does the account page open?',
  weakness: 'reset-names-user-in-session',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['WSTG-SESS-08', 'WSTG-ATHN-04', 'CWE-841', 'CWE-501', 'CWE-288', 'CAPEC-74', 'CAPEC-115'],
  steps: [
    {
      title: 'Alice orders a rabbit and logs out',
      purpose: 'Have something to hide',
      narration: 'Her order is in the shop’s books. She logs out, so there is no session of hers that could be stolen.',
      act: async ({ alice }) => {
        await alice.post('/auth/login', { email, password: 'rabbit-hole-7' });
        await alice.post('/basket', { item: 'rabbit' });
        await alice.post('/orders');
        await alice.post('/auth/logout');
      },
      ask: {
        question: 'How many records of sessions does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 0,
        protected: 0,
      },
    },
    {
      title: 'Mallory types Alice’s e-mail into “forgot password”',
      purpose: 'Claim to be somebody',
      narration:
        'Anybody may do that: the mail goes to Alice. A reset takes several pages, so the shop has to remember between them whom it is about, and where it remembers that is the whole story.',
      act: async ({ mallory }) => {
        await mallory.post('/basket', { item: 'hat' });
        await mallory.post('/auth/forgot', { email });
      },
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
      purpose: 'Skip to another door',
      narration:
        'She does not go on with the reset. To the page that resets passwords, userId means “somebody has claimed to be this user”; to the guard of the account page it means “somebody has proved it”.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory reads the orders',
      purpose: 'See what it opens',
      narration:
        'No password was typed and no mail was read. The account page has its guard on its own route, the orders share one with all routes that stand below it; but it is the same guard, so whoever gets past it in one place gets past it everywhere.',
      act: ({ mallory }) => mallory.get('/orders'),
      ask: {
        question: 'What does she see?',
        answer: ({ mallory }) => mallory.last.json?.orders?.[0]?.things.join(', ') ?? 'nothing',
        vulnerable: 'rabbit',
        protected: 'nothing',
      },
    },
    {
      title: 'Alice finds the mail and sets a new password',
      purpose: 'Let the owner react',
      narration:
        'The mail holds a token, a random value that stands for this one reset, and the shop keeps its hash in Redis. It works once: when it is sent a second time, it is refused. Setting a new password also ends every session on Alice’s list.',
      act: async ({ alice, world }) => {
        const token = world.mail(email)[0]?.text;
        await alice.post('/auth/reset', { token, password: 'down-the-hole-8' });
        await alice.post('/auth/reset', { token, password: 'down-the-hole-9' });
      },
      ask: {
        question: 'What are the two uses of the token answered with?',
        answer: ({ alice }) =>
          alice.responses
            .slice(-2)
            .map(({ status }) => status)
            .join(', then '),
        vulnerable: '204, then 400',
        protected: '204, then 400',
      },
    },
    {
      title: 'Mallory opens the account page again',
      purpose: 'See what outlives the password',
      narration:
        'A session gets onto the list of its user by a login. One that no login has made is on no list, so nobody finds it, and not even a new password ends it.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'Only a login writes who somebody is into the session; a reset under way lives somewhere else, under a token that only the owner’s mail holds.',
  fix: `// forgot: nothing goes into the session
const token = randomBytes(32).toString('base64url');
await redis.set(\`reset:\${sha256(token)}\`, user.id, 'PX', lifetime);
mail({ to: user.email, text: token });

// reset: found by the token alone, and only once
const userId = await redis.getdel(\`reset:\${sha256(token)}\`);`,
  notTheFix: [
    'A new password: it ends the sessions that logins have made, and this one was made by none.',
    'Hiding the link to the next page: the attacker types addresses, in whatever order is of use.',
  ],
});
