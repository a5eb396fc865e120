import type { Actor, LastResponse, World } from './engine/cast.ts';
import { seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const email = 'alice@shop.example';
const wrong = { email, password: 'rabbit-hole-8' };
const attempts = 12;
const lure = 'Your account is locked. Call 0900 666.';

const records = async (world: World) => (await world.keys('sess:')).length;

/** What a page tells the visitor: a message of its own, or the reason in a refusal. */
const told = ({ json }: LastResponse): string => json?.message || json?.error || 'nothing';

/** Each try is a first visit: no cookie is sent and none is kept. */
async function tryList(bot: Actor): Promise<void> {
  for (let number = 1; number <= attempts; number++) {
    await bot.post('/auth/login', { email: `customer${number}@mail.example`, password: '123456' }, { cookie: '' });
  }
}

export default scenario({
  slug: 'flash-message',
  chapter: 'store',
  title: 'Flash messages',
  subtitle: 'A record for every wrong password',
  synonyms: ['connect-flash', 'req.flash', 'failureFlash', 'passport', 'redirect', 'two tabs', 'PRG', 'bots'],
  question: 'The next page shall say “wrong password”. Where does that message wait?',
  weakness: 'flash-messages-in-the-session',
  actors: { alice: { role: 'victim', label: 'Alice, with two tabs' }, mallory: 'attacker' },
  references: ['ASVS V2.4.1', 'CWE-770', 'CWE-362', 'CAPEC-125', 'CAPEC-130'],
  steps: [
    {
      title: 'Alice mistypes her password',
      purpose: 'Say what went wrong',
      narration: {
        vulnerable:
          'The shop redirects her to the form and keeps the message in her session until that page shows it: a flash message. It stores no empty session (saveUninitialized: false), but a message is something to store.',
        protected:
          'The shop answers with the message, and keeps nothing. A shop that redirects her to the form has to keep the message until that page shows it, in her session: a flash message.',
        both: 'The vulnerable shop redirects her to the form and keeps the message in her session until that page shows it: a flash message. The protected one answers with the message. Neither stores an empty session (saveUninitialized: false), but a message is something to store.',
      },
      act: ({ alice }) => alice.post('/auth/login', wrong),
      claims: {
        vulnerable: ['alice gets a session cookie', 'the record of alice is stored', 'alice is answered 200'],
        protected: ['alice gets no session cookie', 'no record is stored', 'alice is answered 401'],
      },
      ask: {
        question: 'What does the page tell her?',
        answer: ({ alice }) => told(alice.last),
        vulnerable: 'E-mail or password is wrong.',
        protected: 'E-mail or password is wrong.',
      },
    },
    {
      title: 'A bot of Mallory’s tries a list of passwords',
      purpose: 'Wrong passwords by the dozen',
      narration: {
        vulnerable:
          'Twelve addresses, one common password each, no cookies: twelve first visits. The bot never comes back to read a message, so nobody takes the messages out again. Each stays for the idle limit.',
        protected:
          'Twelve addresses, one common password each, no cookies: twelve first visits. Each is answered at once, and leaves nothing that somebody would have to read. A message in a session would stay for the idle limit, because the bot never comes back for it.',
        both: 'Twelve addresses, one common password each, no cookies: twelve first visits. The bot never comes back to read a message. Where one was stored, nobody takes it out again, and it stays for the idle limit.',
      },
      act: ({ mallory }) => tryList(mallory),
      claims: { vulnerable: [`${attempts} records are stored`], protected: ['no record is stored'] },
      ask: {
        question: 'How many session records does Redis hold?',
        answer: ({ world }) => records(world),
        vulnerable: attempts + 1,
        protected: 0,
        neutral: false,
      },
    },
    {
      title: 'Alice mistypes it again, and her other tab reloads',
      purpose: 'Whose next page is it?',
      narration: {
        vulnerable:
          'Redis is slow at the moment. The browser follows the redirect at once, before the message is stored. A session belongs to the browser and not to a tab, so the message is for whichever page of hers comes next.',
        protected:
          'Redis is slow at the moment. The message is in the answer to this form, so it cannot be late, and no other tab can get it: a session belongs to the browser and not to a tab.',
        both: 'Redis is slow at the moment. Where the shop redirects her, the browser follows at once, before the message is stored. A session belongs to the browser and not to a tab, so the message is for whichever page of hers comes next.',
      },
      act: async ({ alice, world }) => {
        // One second, so that even on a busy machine the browser has followed before the SET.
        world.slowRedis(seconds(1), 'set');
        await alice.post('/auth/login', wrong);
        await world.slowCommandsArrived();
        world.slowRedis(0);
        await alice.get('/');
      },
      claims: { vulnerable: ['alice sends a session cookie'], protected: ['alice sends no session cookie'] },
      ask: {
        question: 'Which tab says that the password is wrong?',
        answer: ({ alice }) => {
          const tabs = { 'the tab with the form': alice.responses.at(-2)!, 'the other tab': alice.responses.at(-1)! };
          return Object.entries(tabs).find(([, page]) => told(page) !== 'nothing')?.[0] ?? 'none';
        },
        vulnerable: 'the other tab',
        protected: 'the tab with the form',
      },
    },
    {
      title: 'Alice opens a link that Mallory has written',
      purpose: 'Let the address speak',
      narration:
        'The link leads to the real shop, with a message in its query string. A page that shows what its address says speaks with the shop’s voice and Mallory’s words. An address may hold a code, if the shop looks the text up in a fixed list.',
      act: ({ alice }) => alice.visit(`https://shop.example/?message=${encodeURIComponent(lure)}`),
      ask: {
        question: 'What does the shop’s page tell her?',
        answer: ({ alice }) => told(alice.last),
        vulnerable: 'nothing',
        protected: 'nothing',
      },
    },
    {
      title: 'Alice logs in',
      purpose: 'Now there is something to remember',
      narration: {
        vulnerable:
          'She gets a session, because the shop has to remember who she is. Her record from before is deleted, and those of the bot stay.',
        protected: 'She gets a session, because the shop has to remember who she is. It is the only record there is.',
        both: 'She gets a session, because the shop has to remember who she is. In the vulnerable shop, her record from before is deleted, and those of the bot stay.',
      },
      act: ({ alice }) => alice.post('/auth/login', { email, password: 'rabbit-hole-7' }),
      claims: ['alice gets a new session ID', 'the record of alice is stored', 'alice is taken for Alice'],
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: ({ world }) => records(world),
        vulnerable: attempts + 1,
        protected: 1,
        leads: true,
      },
    },
  ],
  lesson:
    'A message to a visitor belongs into the answer: kept in the session, it costs a record for everybody who fails, and appears in any tab.',
  fix: `// The answer to the request carries its message.
res.status(401).json({ error: 'E-mail or password is wrong.' });

// Where a redirect is needed: a code in its address, and the text from a fixed list.
const texts = { 'wrong-password': 'E-mail or password is wrong.' };
res.redirect(303, '/login?error=wrong-password');
const message = Object.hasOwn(texts, req.query.error) ? texts[req.query.error] : undefined;`,
  notTheFix: [
    'saveUninitialized: false: the session is not empty, it holds the message.',
    'Showing messages only to visitors with a cookie: then the first wrong password is answered with silence.',
    'A shorter idle limit: the bot still writes as many records, and customers are logged out sooner.',
  ],
  repairs: {
    fix: {
      title: 'Put the message into the answer',
      idea: 'The answer to the wrong password says what is wrong. No redirect, and nothing to store.',
      because: 'The message is where the click was, and a failed login leaves no record.',
    },
    decoys: [
      {
        file: 'flash-messages-saved-before-redirect',
        title: 'Save the session before the redirect',
        idea: 'The message got lost because the browser was faster than Redis. The shop waits until it is stored.',
        because: 'The right tab shows the message now. But each wrong password of the bot still leaves a record.',
        fails: { step: 2, answer: 13 },
      },
      {
        file: 'message-in-the-address',
        title: 'Put the message into the redirect’s address',
        idea: 'The address of the next page carries the message, so that no session is needed.',
        because: 'It costs no record and reaches the right tab. But anybody can write an address, with any message.',
        fails: { step: 4, answer: lure },
      },
    ],
  },
});
