import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'session-fixation',
  chapter: 'login',
  title: 'The cookie the attacker chose',
  question: 'If I choose your session id before you log in, am I you afterwards?',
  weakness: 'login-keeps-session-id',
  actors: { mallory: 'attacker', alice: 'victim' },
  references: ['ASVS V7.2.4', 'WSTG-SESS-03', 'RFC6265bis 8.4', 'NIST 63B-4 5.1', 'CWE-384', 'CAPEC-61', 'CAPEC-21'],
  steps: [
    {
      title: 'Mallory puts a hat into a basket',
      purpose: 'Get a stored session',
      narration:
        'A visitor who only looks gets no session. A basket has to be remembered, so the shop stores a record and hands out a cookie that is signed by the shop itself. Nobody has logged in yet.',
      act: ({ mallory }) => mallory.post('/basket', { item: 'hat' }),
    },
    {
      title: 'Mallory plants her cookie in Alice’s browser',
      purpose: 'Fix the id',
      narration:
        'How it gets there differs: a script hole, a minute alone with the laptop, or a subdomain where the cookie’s name does not begin with __Host-. The signature is genuine, because the shop made it. All it proves is that the shop once issued this id, not to whom.',
      act: ({ mallory, alice }) => mallory.plantCookie(alice),
      ask: {
        question: 'Do both browsers now hold the same session id?',
        answer: ({ mallory, alice }) => (sidOf(mallory.cookie()) === sidOf(alice.cookie()) ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'Alice logs in',
      purpose: 'Change of privilege',
      narration:
        'Her password is right. The request carried the planted cookie, so the shop finds Mallory’s basket session and has to decide where to write down who Alice is: into that session, or into a new one.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'Does Alice still use the id Mallory knows?',
        answer: ({ mallory, alice }) =>
          sidOf(mallory.cookie()) === sidOf(alice.cookie()) ? 'the same id' : 'a new id',
        vulnerable: 'the same id',
        protected: 'a new id',
      },
    },
    {
      title: 'Mallory opens the account page',
      purpose: 'Use the fixed id',
      narration:
        'She sends the cookie she has had all along. She never saw a password, and nothing of Alice’s was stolen: the session came to her.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See that the fix costs nothing',
      narration:
        'For Alice both shops look alike: she is logged in, and the hat from the planted basket is still there. Only Redis shows the difference, in whether the planted id still names a record.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'Is the id Mallory planted still a key in Redis?',
        answer: async ({ mallory, world }) =>
          (await world.keys(`sess:${sidOf(mallory.cookie())}`)).length > 0 ? 'yes' : 'no',
        vulnerable: 'yes',
        protected: 'no',
      },
    },
  ],
  lesson:
    'A login is a change of privilege, so it needs a new id: req.session.regenerate() before anything is written.',
  fix: `req.session.regenerate((error) => { // a new id, and the old record is deleted
  if (error) return next(error);
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.save((error) => (error ? next(error) : res.json({ email: user.email })));
});`,
  notTheFix: [
    'saveUninitialized: false: a visitor who only looks gets no cookie to plant, but one basket is enough, or the attacker’s own login.',
    'Taking only ids that the shop has signed: this one is signed by the shop.',
    'Emptying the session at login and keeping its id: the id is what the attacker knows.',
  ],
});
