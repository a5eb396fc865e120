import type { World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const email = 'alice@shop.example';
const password = 'rabbit-hole-7';

/** Returns the user that the newest session record names as logged in. */
async function loggedIn(world: World): Promise<string> {
  const records = await world.keys('sess:');
  const named = records.some(({ value }) => value.type === 'string' && JSON.parse(value.data).userId === 1);
  return named ? email : 'nobody';
}

export default scenario({
  slug: 'second-factor-half-way',
  chapter: 'login',
  title: 'Second factor: half logged in',
  subtitle: 'The password is right, the code is missing',
  synonyms: [
    '2FA',
    'MFA',
    'two-factor',
    'multi-factor',
    'TOTP',
    'OTP',
    'one-time password',
    'authenticator app',
    'bypass',
  ],
  question: 'Somebody knows my password, but does not have my phone. What can they open?',
  weakness: 'code-asked-by-the-page',
  setup: { secondFactor: [email] },
  actors: { alice: 'victim', mallory: 'attacker' },
  references: [
    'ASVS V6.5.1',
    'ASVS V7.2.4',
    'WSTG-ATHN-11',
    'WSTG-ATHN-04',
    'CWE-841',
    'CWE-288',
    'CWE-602',
    'CWE-307',
    'CAPEC-115',
    'CAPEC-140',
    'RFC 6238 section 5.2',
  ],
  subject: ['sess:', 'throttle:code:'],
  steps: [
    {
      title: 'Alice enters her password',
      purpose: 'Prove the first factor',
      narration:
        'Alice’s account needs two things: the password, and a code of six digits from the authenticator app on her phone. The shop now asks for the code. Until she enters it, the shop must remember that she is half way.',
      act: ({ alice }) => alice.post('/auth/login', { email, password }),
      claims: ['alice gets a session cookie', 'the record of alice is stored', 'alice is answered 200'],
      ask: {
        question: 'Who is logged in, according to the session record?',
        answer: ({ world }) => loggedIn(world),
        vulnerable: email,
        protected: 'nobody',
      },
    },
    {
      title: 'Alice enters the code and orders a rabbit',
      purpose: 'Prove the second factor',
      narration:
        'The app on her phone computes the code from a secret that it shares with the shop, and from the time. The code is right, so the shop starts a session of Alice, with a new session ID. Now she may order.',
      act: async ({ alice, world }) => {
        await alice.post('/auth/second-factor', { code: world.authenticatorCode(email) });
        await alice.post('/basket', { item: 'rabbit' });
        await alice.post('/orders');
      },
      claims: ['alice gets a new session ID', 'alice is answered 201', 'alice is taken for Alice'],
    },
    {
      title: 'Mallory enters Alice’s password',
      purpose: 'Stop half way',
      narration:
        'Alice uses the same password on another site, and that site was hacked. Mallory has no phone of hers, so she gets as far as the question for the code. To the shop, she is as far as Alice was in step 1.',
      act: ({ mallory }) => mallory.post('/auth/login', { email, password }),
      claims: ['mallory gets a session cookie', 'the record of mallory is stored', 'mallory is answered 200'],
    },
    {
      title: 'Mallory opens the account page',
      purpose: 'Leave the code out',
      narration: {
        vulnerable:
          'She closes the form for the code and types another address. The guard of the account page knows nothing of forms: it asks the session record who is logged in. This record names Alice since the password was right.',
        protected:
          'She closes the form for the code and types another address. The guard of the account page knows nothing of forms: it asks the session record who is logged in. This record says only whose code is pending, so the answer is 401.',
        both: 'She closes the form for the code and types another address. The guard of the account page knows nothing of forms: it asks the session record who is logged in.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: {
        vulnerable: ['mallory sends a session cookie', 'mallory is answered 200'],
        protected: ['mallory sends a session cookie', 'mallory is answered 401'],
      },
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
          'Every page asks the same question of the session record. This record names Alice, so all of them open, unless each one also remembers to look whether a code is pending.',
        protected:
          'Every page asks the same question of the session record, and gets the same answer: nobody is logged in. No page has to know that there are codes.',
        both: 'Every page asks the same question of the session record. If the record names Alice, all of them open, unless each one also remembers to look whether a code is pending.',
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
      title: 'Mallory tries six codes',
      purpose: 'Replay and guess the code',
      narration:
        'The first is the one that Alice typed, which Mallory saw: it is refused, because a code counts once, and for a minute at most. The others are guesses. A program guesses six digits within hours, so wrong codes are counted, for the account and not for the session.',
      act: async ({ mallory, world }) => {
        const used = world.authenticatorCodeBefore(email);
        for (const code of [used, '314159', '271828', '161803', '141421', '173205']) {
          await mallory.post('/auth/second-factor', { code });
        }
      },
      claims: ['mallory keeps the session ID', 'mallory is answered 429'],
      ask: {
        question: 'What does the shop answer to the sixth code?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 429,
        protected: 429,
      },
    },
    {
      title: 'Mallory turns the second factor off',
      purpose: 'Get rid of the code',
      narration: {
        vulnerable:
          'This change needs a password that was typed a moment ago, and Mallory has typed it. In a session that counts as logged in, nothing else protects it, and the next login needs no code.',
        protected:
          'This change needs a login and a password that was typed a moment ago. Mallory has typed it, but her session is half way and counts as no login: 401.',
        both: 'This change needs a password that was typed a moment ago, and Mallory has typed it. In a session that counts as logged in, nothing else protects it, and the next login would need no code.',
      },
      act: ({ mallory }) => mallory.post('/account/second-factor/remove'),
      claims: {
        vulnerable: ['mallory is answered 200', 'a mail goes to alice@shop.example', 'the record of alice is deleted'],
        protected: ['mallory is answered 401', 'no mail is sent', 'the record of alice stays'],
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
  ],
  lesson:
    'Between the password and the code, the session names nobody: write the user into it when everything is proved, under a new session ID.',
  fix: `// POST /auth/login: the password is right, and the user has a second factor
await regenerate(req);
req.session.pending = { userId: user.id, credentialVersion, passwordAt: now() };
await save(req); // session.userId stays empty

// POST /auth/second-factor { code }
const user = userAwaited(context, req); // from session.pending, for five minutes
const { waitSeconds, correct } = await attempt(redis, { account: codeKey(user, device) },
  async () => takeCode(context, user, code)); // each code once
if (correct) await startSession(context, req, user); // a new session ID; now userId`,
  notTheFix: [
    'A page that shows only the form for the code: attackers send requests without the page.',
    'A mark such as “code pending” beside the user: every route has to check it, and one forgets.',
    'Codes that are valid for 30 seconds: a program sends thousands of guesses in that time if nobody counts them.',
  ],
  repairs: {
    fix: {
      title: 'Name the user when the code is right',
      idea: 'After the password, the session stores whose code it waits for, and not who is logged in.',
      because:
        'Every guard asks who is logged in. Half way, the answer is nobody, so no route has to know of the code.',
    },
    decoys: [
      {
        file: 'code-asked-by-one-route',
        title: 'Refuse the account page without the code',
        idea: 'A login leads to the account page. It refuses a session whose code is pending.',
        because: 'The account page is closed. The record still names Alice, and the list of orders asks for no more.',
        fails: { step: 5, answer: 'rabbit' },
      },
      {
        file: 'codes-not-counted',
        title: 'Name the user later, accept any number of codes',
        idea: 'Half way, the session names nobody. Wrong codes need no counter: every 30 seconds there is a new code.',
        because:
          'The shop answers the sixth wrong code as it did the first. At a hundred guesses a second, one is right within hours.',
        fails: { step: 6, answer: 401 },
      },
    ],
  },
});
