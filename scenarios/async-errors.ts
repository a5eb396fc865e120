import { seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const login = { email: 'alice@shop.example', password: 'rabbit-hole-7' };

export default scenario({
  slug: 'async-errors',
  chapter: 'login',
  title: 'An error that nobody answers',
  question: 'An async login fails because the store does. Who tells the person at the other end?',
  weakness: 'express-4',
  actors: { alice: 'victim', phone: { role: 'person', label: 'Alice’s phone' } },
  references: ['ASVS V16.5.2', 'ASVS V16.5.3', 'CWE-400'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'While all is well',
      narration:
        'The login is an async function: it waits for bcrypt and for the store. One shop runs on Express 5, the other runs the very same code on Express 4. As long as nothing fails, nobody can tell them apart.',
      act: ({ alice }) => alice.post('/auth/login', login),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Redis takes no more writes',
      purpose: 'Let the store fail',
      narration: 'Each SET is an error from now on. Whatever awaits one gets a rejected promise.',
      act: ({ world }) => world.breakRedis('set'),
    },
    {
      title: 'Alice logs in on her phone',
      purpose: 'A handler that rejects',
      narration:
        'In the middle of the login, await throws, and the promise of the handler rejects. Express 5 waits for that promise and hands the error to the error handler. Express 4 calls the handler and never looks at what it returns. The phone gives up after two seconds.',
      act: ({ phone }) => phone.post('/auth/login', login, { patience: seconds(2) }),
      ask: {
        question: 'What does the phone get?',
        answer: ({ phone }) => (phone.last.by === 'nobody' ? 'no answer' : phone.last.status),
        vulnerable: 'no answer',
        protected: 503,
      },
    },
    {
      title: 'The phone asks for a mail to reset the password',
      purpose: 'A handler that was wrapped',
      narration:
        'This handler rejects in the same way: it awaits a SET, too. In the shop on Express 4 somebody has wrapped this one by hand, in a function that gives a rejection to next(err), and so the error handler hears of it. On Express 5 nobody had to.',
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
      purpose: 'Who was told?',
      narration:
        'A rejected promise that nobody handles is an unhandledRejection, and Node ends the whole process for it: everybody’s requests with it. Only where something listens for that event, as error trackers do and as this lab does, the process lives on and one person waits for ever.',
      act: () => {},
      ask: {
        question: 'How many rejected promises did nobody handle?',
        answer: ({ world }) => world.unhandled().length,
        vulnerable: 1,
        protected: 0,
      },
    },
    {
      title: 'Alice opens her account on the laptop',
      purpose: 'What still works',
      narration:
        'Reading and renewing her record needs no SET. Without that listener there would be no process left to answer her: one failed login would have ended the shop for all.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Redis is well again; the phone tries once more',
      purpose: 'No login left half done',
      narration:
        'The login that failed left no record in either shop, and now the same handler succeeds. The framework changed nothing but what becomes of an error.',
      act: async ({ phone, world }) => {
        world.mendRedis();
        await phone.post('/auth/login', login);
      },
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
  ],
  lesson:
    'Express 5 forwards a rejected async handler to the error handler by itself; on Express 4 each one needs catch(next).',
  fix: `// Express 5: nothing to do. On Express 4, around every async handler and middleware:
const forwarded = (handler) => (req, res, next) => handler(req, res, next).catch(next);
app.post('/auth/login', forwarded(login(shop)));`,
  notTheFix: [
    'An error handler with four parameters: it is there in both shops, and on Express 4 nobody calls it for a rejected promise.',
    'process.on("unhandledRejection", log): the process lives on, and whoever sent the request still waits.',
  ],
});
