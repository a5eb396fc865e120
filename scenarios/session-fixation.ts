import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'session-fixation',
  chapter: 'login',
  title: 'Session fixation',
  subtitle: 'The cookie the attacker chose',
  synonyms: ['hijack', 'hijacking', 'session adoption', 'planted cookie', 'regenerate', 'fixed session'],
  question: 'If I choose your session ID before you log in, am I you afterwards?',
  weakness: 'login-keeps-session-id',
  actors: { mallory: 'attacker', alice: 'victim' },
  references: ['ASVS V7.2.4', 'WSTG-SESS-03', 'RFC6265bis 8.4', 'NIST 63B-4 5.1', 'CWE-384', 'CAPEC-61', 'CAPEC-21'],
  steps: [
    {
      title: 'Mallory puts a hat into a basket',
      purpose: 'Get a stored session',
      narration:
        'A visitor who only browses gets no session. The shop has to remember a basket, so it stores a session record and sets a cookie that it has signed. Nobody has logged in yet.',
      act: ({ mallory }) => mallory.post('/basket', { item: 'hat' }),
      claims: ['mallory gets a session cookie', 'the record of mallory is stored'],
    },
    {
      title: 'Mallory plants her cookie in Alice’s browser',
      purpose: 'Plant a session ID',
      narration:
        'She has brief access to Alice’s laptop. Cross-site scripting (XSS) would do as well, though a script cannot set HttpOnly. A subdomain could not, because the cookie’s name begins with __Host-. The signature is genuine, because the shop made it. It proves only that the shop once issued this session ID, not to whom.',
      act: ({ mallory, alice }) => mallory.plantCookie(alice),
      ask: {
        question: 'Do both browsers now hold the same session ID?',
        answer: ({ mallory, alice }) => (sidOf(mallory.cookie()) === sidOf(alice.cookie()) ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'Alice logs in',
      purpose: 'Change of privilege',
      narration: {
        vulnerable:
          'Her password is correct. The request carried the planted cookie, so the shop finds Mallory’s basket session. It records in that very session who Alice is.',
        protected:
          'Her password is correct. The request carried the planted cookie, so the shop finds Mallory’s basket session. It records who Alice is in a new session with a new ID, takes the basket along and deletes the old record.',
        both: 'Her password is correct. The request carried the planted cookie, so the shop finds Mallory’s basket session. It must record who Alice is either in that session or in a new one.',
      },
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: {
        vulnerable: [
          'alice sends the session ID of mallory',
          'alice keeps the session ID',
          'the record of mallory is changed',
        ],
        protected: [
          'alice sends the session ID of mallory',
          'alice gets a new session ID',
          'the record of mallory is deleted',
        ],
      },
      ask: {
        question: 'Does Alice still use the session ID Mallory knows?',
        answer: ({ mallory, alice }) =>
          sidOf(mallory.cookie()) === sidOf(alice.cookie()) ? 'the same ID' : 'a new ID',
        vulnerable: 'the same ID',
        protected: 'a new ID',
      },
    },
    {
      title: 'Mallory opens the account page',
      purpose: 'Use the session ID she planted',
      narration: {
        vulnerable:
          'Mallory sends the cookie she has had all along. She saw no password and stole nothing. In session fixation, the victim logs in to the attacker’s session.',
        protected:
          'Mallory sends the cookie she has had all along. Its record is gone: the login began a session with a new ID, which she does not know. The shop refuses her.',
        both: 'Mallory sends the cookie she has had all along. She saw no password and stole nothing. In the vulnerable shop, the victim has logged in to the attacker’s session. In the protected one, the login began a session with a new ID, which she does not know.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See what Alice notices',
      narration: {
        vulnerable:
          'To Alice everything looks right: she is logged in, and the hat from the planted basket is still there. Redis shows what is wrong: the planted session ID still names a record, and that is hers.',
        protected:
          'Alice is logged in, and the hat from the planted basket is still there. Redis shows that nothing else is left of it: the planted session ID names no record.',
        both: 'To Alice both variants look alike: she is logged in, and the hat from the planted basket is still there. Redis shows the difference: whether the planted session ID still names a record.',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'Does the planted session ID still have a record in Redis?',
        answer: async ({ mallory, world }) =>
          (await world.keys(`sess:${sidOf(mallory.cookie())}`)).length > 0 ? 'yes' : 'no',
        vulnerable: 'yes',
        protected: 'no',
      },
    },
  ],
  lesson: 'A login is a change of privilege, so it needs a new session ID: req.session.regenerate() before any write.',
  fix: `req.session.regenerate((error) => { // a new session ID; the old record is deleted
  if (error) return next(error);
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.save((error) => (error ? next(error) : res.json({ email: user.email })));
});`,
  notTheFix: [
    'saveUninitialized: false: a visitor who only browses gets no cookie to plant, but one basket is enough, or the attacker’s own login.',
    'Accepting only session IDs that the shop has signed: the shop signed this one.',
    'Emptying the session at login and keeping its ID: the ID is what the attacker knows.',
  ],
  repairs: {
    fix: {
      title: 'New session ID, then write',
      idea: 'The login discards the old session, and writes who Alice is into a new one.',
      because: 'The record that Mallory knows is deleted before anything is written that she could use.',
    },
    decoys: [
      {
        file: 'login-empties-session',
        title: 'Empty the session, then write',
        idea: 'Nothing that Mallory prepared is left in the session when Alice is written into it.',
        because: 'Mallory needs nothing in the session. She knows its ID, and the login keeps it.',
        fails: { step: 4, answer: 'alice@shop.example' },
      },
      {
        file: 'login-writes-before-new-id',
        title: 'Write, then move to a new session ID',
        idea: 'Alice gets a session ID that Mallory has never seen, with everything that was in the old session.',
        because:
          'Alice was written into the old record first, and nothing deletes that record. Now two records name her.',
        fails: { step: 4, answer: 'alice@shop.example' },
      },
    ],
  },
});
