import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'first-login',
  chapter: 'cookie',
  title: 'How a session works',
  subtitle: 'Log in, and watch',
  synonyms: [
    'login',
    'sign in',
    'basics',
    'getting started',
    'introduction',
    'stateless',
    'express-session',
    'tutorial',
  ],
  question: 'HTTP forgets. How does the shop know me on the next request?',
  weakness: 'logout-clears-only-the-cookie',
  actors: { alice: 'person', bob: 'person' },
  references: ['ASVS V7.2.1', 'WSTG-SESS-01', 'RFC6265bis 8.4', 'NIST 63B-4 5.1'],
  steps: [
    {
      title: 'Alice opens her account page',
      purpose: 'Be a stranger',
      narration:
        'Nobody attacks in this lesson. HTTP has no memory: each request stands alone, and this one does not say who sends it. The shop answers 401, stores nothing, and sets no cookie.',
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends no session cookie', 'alice gets no session cookie', 'alice is answered 401'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ alice }) => alice.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice logs in',
      purpose: 'Prove who she is, once',
      narration:
        'The shop checks her password, and has to remember that it was correct. It writes a record into Redis, with her user number, and sends the name of that record, the session ID, to her browser as a cookie. Record and cookie together are the session.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice is answered 200', 'alice gets a session cookie', 'the record of alice is stored'],
      ask: {
        question: 'Does her browser now hold a session cookie?',
        answer: ({ alice }) => (alice.cookie() ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'Alice opens her account page again',
      purpose: 'Be recognized without a password',
      narration:
        'Her browser adds the shop’s cookie to each request by itself. The shop takes the session ID out of it, reads the record of that name, and finds her user number there.',
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends a session cookie', 'Redis gets GET', 'alice is answered 200'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ alice }) => alice.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Bob opens the account page',
      purpose: 'Ask from another browser',
      narration:
        'The same page, a moment later, from another browser. It holds no session cookie, and the shop recognizes a browser by nothing else: not by its network address, and not by who asked before.',
      act: ({ bob }) => bob.get('/me'),
      claims: ['bob sends no session cookie', 'bob is answered 401'],
      ask: {
        question: 'Who does the shop think he is?',
        answer: ({ bob }) => bob.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice logs out',
      purpose: 'End the session',
      narration: {
        vulnerable:
          'A session has two halves, so a logout has two tasks: the shop tells her browser to delete the cookie, and it deletes the record. This shop does only the first. To Alice it looks the same, and half of the session is left.',
        protected:
          'A session has two halves, so a logout has two tasks: the shop tells her browser to delete the cookie, and it deletes the record. This shop does both. The first one alone would look the same to Alice.',
        both: 'A session has two halves, so a logout has two tasks: the shop tells her browser to delete the cookie, and it deletes the record. The first one alone looks the same to Alice, and leaves half of the session behind.',
      },
      act: ({ alice }) => alice.post('/auth/logout'),
      claims: {
        vulnerable: ['alice loses the session cookie'],
        protected: ['alice loses the session cookie', 'the record of alice is deleted'],
      },
      ask: {
        question: 'How many session records are left in Redis?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 1,
        protected: 0,
      },
    },
    {
      title: 'Alice opens her account page once more',
      purpose: 'Be a stranger again',
      narration: {
        vulnerable:
          'Her browser has no session cookie any more, so the shop does not know her. But the record is left: it still says “Alice” to anyone who sends its ID. What that means is the subject of the other lessons: who else gets the cookie, and how long the record lives.',
        protected:
          'Her browser has no session cookie any more, so the shop does not know her. The record is gone as well, so nobody else can use its ID. The other lessons show how such an ID gets into wrong hands, and what a record that is left means.',
        both: 'Her browser has no session cookie any more, so the shop does not know her. Where the record is left, it still says “Alice” to anyone who sends its ID. What that means is the subject of the other lessons: who else gets the cookie, and how long the record lives.',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends no session cookie', 'alice is answered 401'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ alice }) => alice.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'A session has two halves: a cookie in the browser with an ID, and a record on the server that says whose ID it is. A logout must end both.',
  fix: `req.session.destroy((error) => { // deletes the record
  if (error) return next(error);
  res.clearCookie(cookieName, cookieAttributes).status(204).end();
});`,
  notTheFix: [
    'Sending the password with each request: every request then carries the one secret that must not leak, and costs a password hash.',
    'Recognizing a visitor by the IP address: everybody in an office shares one, and it changes while a phone moves.',
  ],
  // No `repairs`: the lesson is an introduction, and what it does not help with is no patch of its weakness. logout-replay offers
  // repairs of the same weakness.
});
