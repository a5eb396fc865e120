import type { Actor } from './engine/cast.ts';
import { seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const open = (actor: Actor) => actor.get('/', { patience: seconds(1) });
const got = (actor: Actor) => (actor.last.by === 'nobody' ? 'no answer' : actor.last.status);

export default scenario({
  slug: 'string-max-age',
  chapter: 'running',
  title: 'maxAge as text',
  subtitle: 'A lifetime read from the environment',
  synonyms: ['environment variable', 'NaN', 'configuration', 'timeout', 'parse', 'expires'],
  question: 'The idle timeout is an environment variable. When do I learn that it is not a number?',
  weakness: 'max-age-as-text',
  actors: { operator: { role: 'person', label: 'Operations' }, alice: 'victim' },
  references: ['expressjs/session#709'],
  steps: [
    {
      title: 'Operations checks that the shop is up',
      purpose: 'A start without an error',
      narration: {
        vulnerable:
          'The shop started with SESSION_IDLE_MS=1800000 and without an error. It put the value into the cookie options as text, the type of every environment variable. A health check of a route without a session succeeds.',
        protected:
          'The shop started with SESSION_IDLE_MS=1800000 and without an error. It converted the value to a number: every environment variable is text. A health check of a route without a session succeeds.',
        both: 'Both variants started with SESSION_IDLE_MS=1800000 and without an error. One converted the value to a number; the other put it into the cookie options as text, the type of every environment variable. A health check of a route without a session succeeds.',
      },
      act: ({ operator }) => operator.get('/stock'),
      ask: {
        question: 'What does the health check get?',
        answer: ({ operator }) => operator.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'The first visitor arrives',
      purpose: 'Use the option',
      narration: {
        vulnerable:
          'express-session checks maxAge only when it creates a session for a visitor without a cookie: text throws a TypeError. The error handler tries to answer, but the response passes through the incomplete session, which throws again. Alice gives up after a second. Without its own error handler the app would not hang: the second error would end the process.',
        protected:
          'express-session checks maxAge only when it creates a session for a visitor without a cookie, so the health check could not have found a mistake. Text would throw a TypeError here; this shop has a number, and answers.',
        both: 'express-session checks maxAge only when it creates a session for a visitor without a cookie: text throws a TypeError. The error handler of the vulnerable shop tries to answer, but the response passes through the incomplete session, which throws again. Alice gives up after a second. Without its own error handler the app would not hang: the second error would end the process.',
      },
      act: ({ alice }) => open(alice),
      claims: { vulnerable: ['alice gets no answer'], protected: ['alice is answered 200'] },
      ask: {
        question: 'What does Alice get?',
        answer: ({ alice }) => got(alice),
        vulnerable: 'no answer',
        protected: 200,
      },
    },
    {
      title: 'Operations reads the access log',
      purpose: 'Compare requests and log lines',
      narration: {
        vulnerable:
          'The shop’s access log gets a line when a response ends. Alice’s request got no response, so it has no line, and the log does not show the failure.',
        protected:
          'The shop’s access log gets a line when a response ends: here, for both requests. A request without a response would have no line, and the log would not show the failure.',
        both: 'The shop’s access log gets a line when a response ends. A request without a response has none, so the log does not show the failure.',
      },
      act: () => {},
      ask: {
        question: 'How many of the two requests are in the log?',
        answer: ({ world }) => world.accessLog().length,
        vulnerable: 1,
        protected: 2,
      },
    },
    {
      title: 'Operations deploys SESSION_IDLE_MS=30m',
      purpose: 'Fail at startup',
      narration: {
        vulnerable:
          'Now the value is wrong: it is no number at all. This shop starts with it, and its new processes replace the old ones. One that validates its settings would refuse to start and name the wrong one.',
        protected:
          'Now the value is wrong: it is no number at all. This shop validates its settings, refuses to start and names the wrong one, and its old processes keep running.',
        both: 'Now the value is wrong in both variants. The variant that validates its settings refuses to start and names the wrong one, and its old processes keep running. The other starts, and its new processes replace the old ones.',
      },
      act: async ({ alice, world }) => {
        await world.restart({ environment: { SESSION_IDLE_MS: '30m' } });
        await open(alice);
      },
      ask: {
        question: 'What does Alice get now?',
        answer: ({ alice }) => got(alice),
        vulnerable: 'no answer',
        protected: 200,
      },
    },
    {
      title: 'Alice logs in, and opens her account page',
      purpose: 'Use what the lifetime is for',
      narration: {
        vulnerable:
          'The page that Alice opened needs no session, and fails all the same. Her login fails as well, and so does every page of every visitor without a cookie.',
        protected:
          'The page that Alice opened needs no session, so it says little about its lifetime. A login does: her cookie and her record get the 30 minutes of the old processes, and her next request finds both.',
        both: 'The page that Alice opened needs no session, so it says little about its lifetime. A login does: only where cookie and record get a lifetime, her next request finds both.',
      },
      act: async ({ alice }) => {
        await alice.post(
          '/auth/login',
          { email: 'alice@shop.example', password: 'rabbit-hole-7' },
          { patience: seconds(1) },
        );
        await alice.get('/me', { patience: seconds(1) });
      },
      claims: { vulnerable: ['alice gets no answer'], protected: ['alice gets a session cookie'] },
      ask: {
        question: 'What does her account page answer?',
        answer: ({ alice }) => got(alice),
        vulnerable: 'no answer',
        protected: 200,
      },
    },
  ],
  lesson:
    'Environment variables are text: convert numbers before the app is created, so that startup fails, not the first request.',
  fix: `const milliseconds = z.string().regex(/^[1-9]\\d*$/).transform(Number);
const { SESSION_IDLE_MS } = z.object({ SESSION_IDLE_MS: milliseconds }).parse(process.env);

session({ cookie: { maxAge: SESSION_IDLE_MS, ...cookieAttributes }, ...rest });`,
  notTheFix: [
    'Number(process.env.X) alone: "30m" becomes NaN, and with NaN no cookie is sent and the store deletes the record instead of writing it.',
    'A health check of a route without a session: it succeeds while nobody can open the shop.',
  ],
  repairs: {
    fix: {
      title: 'Check the settings before the app is created',
      idea: 'A schema turns each text into a number, and refuses to start the app with any other text.',
      because: 'The app does not start with “30m” and names the setting. The processes from before keep running.',
    },
    decoys: [
      {
        file: 'max-age-by-number',
        title: 'Convert the text with Number()',
        idea: 'maxAge becomes a number, as express-session wants it.',
        because: 'Of “30m” Number() makes NaN. The shop starts and answers, but no login lasts until the next request.',
        fails: { step: 5, answer: 401 },
      },
      {
        file: 'max-age-or-zero',
        title: 'Convert the text, or take 0',
        idea: 'Number() makes the number, and where it makes NaN, the shop takes 0: maxAge is a number in any case.',
        because: 'Of “30m” it makes 0: the shop starts and answers, but each cookie has expired before it arrives.',
        fails: { step: 5, answer: 401 },
      },
    ],
  },
});
