import { seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const login = { email: 'alice@shop.example', password: 'rabbit-hole-7' };

export default scenario({
  slug: 'async-errors',
  chapter: 'running',
  title: 'Async errors, Express 4 and 5',
  subtitle: 'An error that nobody answers',
  synonyms: ['unhandled rejection', 'error handler', 'hanging request', 'Express 5', 'crash', 'redis down'],
  question: 'An async login fails because the session store does. Who answers the user?',
  weakness: 'express-4',
  actors: { alice: 'victim', phone: { role: 'person', label: 'Alice’s phone' } },
  references: ['ASVS V16.5.2', 'ASVS V16.5.3', 'ASVS V16.5.4', 'CWE-400'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Log in without an error',
      narration: {
        vulnerable:
          'The login is an async function: it awaits bcrypt and the session store. This shop runs it on Express 4, which was made before promises. As long as nothing fails, nobody notices.',
        protected:
          'The login is an async function: it awaits bcrypt and the session store. This shop runs it on Express 5. As long as nothing fails, Express 4 would behave alike.',
        both: 'The login is an async function: it awaits bcrypt and the session store. One variant runs on Express 5, the other runs the same code on Express 4. As long as nothing fails, they behave alike.',
      },
      act: ({ alice }) => alice.post('/auth/login', login),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Redis refuses writes',
      purpose: 'Make the store fail',
      narration: 'From now on each SET is an error. Code that awaits one gets a rejected promise.',
      act: ({ world }) => world.breakRedis('set'),
    },
    {
      title: 'Alice logs in on her phone',
      purpose: 'Run a handler that rejects',
      narration: {
        vulnerable:
          'During the login, an await throws, so the handler’s promise rejects. Express 4 calls the handler and ignores what it returns: nobody passes the error to the error handler. The phone gives up after two seconds.',
        protected:
          'During the login, an await throws, so the handler’s promise rejects. Express 5 awaits that promise and passes the error to the error handler, which answers 503.',
        both: 'During the login, an await throws, so the handler’s promise rejects. Express 5 awaits that promise and passes the error to the error handler. Express 4 calls the handler and ignores what it returns, and the phone gives up after two seconds.',
      },
      act: ({ phone }) => phone.post('/auth/login', login, { patience: seconds(2) }),
      claims: {
        vulnerable: ['no record is stored', 'phone gets no answer'],
        protected: ['no record is stored', 'phone is answered 503'],
      },
      ask: {
        question: 'What does the phone get?',
        answer: ({ phone }) => (phone.last.by === 'nobody' ? 'no answer' : phone.last.status),
        vulnerable: 'no answer',
        protected: 503,
      },
    },
    {
      title: 'The phone requests an e-mail to reset the password',
      purpose: 'Run a handler that is wrapped',
      narration: {
        vulnerable:
          'This handler awaits a SET too, and rejects in the same way. Somebody has wrapped this one in a function that passes a rejection to next(err), so the error handler receives it. Express 5 needs no wrapper.',
        protected:
          'This handler awaits a SET too, and rejects in the same way. Express 5 passes the rejection to the error handler. On Express 4 each handler needs a wrapper that passes a rejection to next(err).',
        both: 'This handler awaits a SET too, and rejects in the same way. In the Express 4 variant, somebody has wrapped this one in a function that passes a rejection to next(err), so the error handler receives it. Express 5 needs no wrapper.',
      },
      act: ({ phone }) => phone.post('/auth/forgot', { email: login.email }, { patience: seconds(2) }),
      ask: {
        question: 'What does the phone get?',
        answer: ({ phone }) => (phone.last.by === 'nobody' ? 'no answer' : phone.last.status),
        vulnerable: 503,
        protected: 503,
      },
    },
    {
      title: 'Operations looks for the error',
      purpose: 'Find the missing error',
      narration:
        'A rejected promise that nobody handles is an unhandledRejection, and Node.js ends the whole process for it, with everybody’s requests. If something listens for that event, as error trackers and this sandbox do, the process survives and one user waits forever.',
      act: () => {},
      ask: {
        question: 'How many promise rejections did nobody handle?',
        answer: ({ world }) => world.unhandled().length,
        vulnerable: 1,
        protected: 0,
        leads: true,
      },
    },
    {
      title: 'Alice opens her account on the laptop',
      purpose: 'See what still works',
      narration:
        'Reading and renewing her session record needs no SET. On Express 4 without that listener, no process would be left to answer her: one failed login would have ended the shop for everybody.',
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends a session cookie', 'Redis gets GET', 'Redis gets EXPIRE', 'Redis does not get SET'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Redis works again; the phone tries once more',
      purpose: 'Check for a half-finished login',
      narration:
        'The failed login left no session record, and now the same handler succeeds. The framework decides only what happens to an error.',
      act: async ({ phone, world }) => {
        world.mendRedis();
        await phone.post('/auth/login', login);
      },
      claims: ['phone gets a session cookie'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
  ],
  lesson:
    'Express 5 passes the rejection of an async handler to the error handler by itself; on Express 4 each one needs catch(next).',
  fix: `// Express 5 needs nothing. On Express 4, wrap every async handler and middleware:
const forwarded = (handler) => (req, res, next) => handler(req, res, next).catch(next);
app.post('/auth/login', forwarded(login(context)));`,
  notTheFix: [
    'An error handler with four parameters: the app has one, but Express 4 does not call it for a rejected promise.',
    'process.on("unhandledRejection", log): the process survives, but the client still waits.',
  ],
  repairs: {
    fix: {
      title: 'Let each rejection reach the error handler',
      idea: 'Express 5 awaits what a handler returns, and passes a rejection to the error handler.',
      because: 'The phone is answered at once, and no rejection is left over.',
    },
    decoys: [
      {
        file: 'rejections-caught-and-logged',
        title: 'Catch and log what a handler rejects with',
        idea: 'Each async handler has a catch that writes the error to the log, so nothing is unhandled.',
        because: 'The process is safe, and the log has the error. But nobody answers: the phone waits as before.',
        fails: { step: 3, answer: 'no answer' },
      },
      {
        file: 'requests-end-after-a-second',
        title: 'Answer 503 after a second',
        idea: 'A timer answers each request that has no answer by then, so that nobody waits forever.',
        because:
          'The phone gets its 503. The rejection is still unhandled, and without a listener it ends the process.',
        fails: { step: 5, answer: 1 },
      },
    ],
  },
});
