import type { Actor } from './engine/cast.ts';
import { seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const open = (actor: Actor) => actor.get('/', { patience: seconds(2) });
const got = (actor: Actor) => (actor.last.by === 'nobody' ? 'no answer' : actor.last.status);

export default scenario({
  slug: 'string-max-age',
  chapter: 'lifetime',
  title: 'A lifetime read from the environment',
  question: 'The idle limit comes from a setting. When do I learn that the setting is no number?',
  weakness: 'max-age-as-text',
  actors: { operator: { role: 'person', label: 'Operations' }, alice: 'victim' },
  references: ['expressjs/session#709', 'ASVS V7.3.1'],
  steps: [
    {
      title: 'Operations looks whether the shop is up',
      purpose: 'A start that told nothing',
      narration:
        'Both shops were started with SESSION_IDLE_MS=1800000. One made a number of it, the other put it into the cookie’s options as it came: text, like everything in an environment. Both started without a word, and a check of a route that needs no session is content.',
      act: ({ operator }) => operator.get('/stock'),
      ask: {
        question: 'What does the check get?',
        answer: ({ operator }) => operator.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'The first visitor comes',
      purpose: 'The option is used at last',
      narration:
        'For each visitor without a cookie express-session makes a session, and only there does it look at maxAge: text is a TypeError. The error handler wants to say so, but the answer has to pass the half-made session, which throws once more. Alice gives up after two seconds. With no error handler of its own the app would not hang: the second throw ends the process.',
      act: ({ alice }) => open(alice),
      ask: {
        question: 'What does Alice get?',
        answer: ({ alice }) => got(alice),
        vulnerable: 'no answer',
        protected: 200,
      },
    },
    {
      title: 'Operations reads the access log',
      purpose: 'A failure that leaves no line',
      narration:
        'The front of the shop writes a line for each answer. A request without an answer has none, so there is nothing to be seen there.',
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
      purpose: 'Fail at start',
      narration:
        'Now the setting is wrong for everybody. A shop that checks its settings refuses to start and says which one it is, and the processes that were running go on. The other one starts, and takes the place of those that ran.',
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
  ],
  lesson:
    'Settings are text: turn them into numbers before there is an app, and let the start fail, not the first visitor.',
  fix: `const milliseconds = z.string().regex(/^[1-9]\\d*$/).transform(Number);
const { SESSION_IDLE_MS } = z.object({ SESSION_IDLE_MS: milliseconds }).parse(process.env);

session({ cookie: { maxAge: SESSION_IDLE_MS, ...cookieAttributes }, ...rest });`,
  notTheFix: [
    'Number(process.env.X) alone: "30m" becomes NaN, and with NaN no cookie is sent and the store deletes the record it was to write.',
    'A health check of a route that needs no session: it is answered while nobody can open the shop.',
  ],
});
