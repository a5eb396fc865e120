import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const hats = 'http://localhost:3001';
const rabbits = 'http://localhost:3002';
const logIn = (dev: Actor, origin: string) =>
  dev.on(origin).post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

/** An app as one has it while developing: http, on a port of its own, with a secret of its own. */
const weakness = 'cookie-over-http';

export default scenario({
  slug: 'localhost-ports',
  chapter: 'cookie',
  title: 'Two apps on one localhost',
  question: 'I log in to one app, and am logged out of the other. Why?',
  setup: {
    vulnerable: { apps: { [hats]: { weakness }, [rabbits]: { weakness } } },
    protected: {
      apps: { [hats]: { weakness, cookieName: 'hats.sid' }, [rabbits]: { weakness, cookieName: 'rabbits.sid' } },
    },
  },
  actors: { dev: { role: 'person', label: 'A developer' } },
  references: ['expressjs/session#364', 'RFC6265bis 8.5'],
  steps: [
    {
      title: 'The developer logs in to the hats app',
      purpose: 'A session on port 3001',
      narration:
        'Two apps run side by side at http://localhost, on two ports and with two secrets, as one has them while developing. This one sets its session cookie.',
      act: ({ dev }) => logIn(dev, hats),
      ask: {
        question: 'Which host does the browser file the cookie under?',
        answer: ({ dev }) => (dev.cookie('connect.sid') ?? dev.cookie('hats.sid'))?.domain ?? 'none',
        vulnerable: 'localhost',
        protected: 'localhost',
      },
    },
    {
      title: 'The developer opens the rabbits app',
      purpose: 'Another port of the same host',
      narration:
        'A cookie belongs to a host, and a port is no part of that. So the browser sends the cookie of the one app to the other, which has no use for it: it was signed with another secret.',
      act: ({ dev }) => dev.on(rabbits).get('/me'),
      ask: {
        question: 'What does the rabbits app answer?',
        answer: ({ dev }) => dev.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'The developer logs in to the rabbits app',
      purpose: 'A session on port 3002',
      narration:
        'The login is answered with a session cookie. For the browser it is the same cookie as before when name, host and path are the same: then it replaces the one that is there.',
      act: ({ dev }) => logIn(dev, rabbits),
      ask: {
        question: 'How many session cookies does localhost have now?',
        answer: ({ dev }) => dev.cookiesFor(hats).filter(({ name }) => name.endsWith('.sid')).length,
        vulnerable: 1,
        protected: 2,
      },
    },
    {
      title: 'The developer goes back to the hats app',
      purpose: 'Return to the first one',
      narration: 'Nobody has logged out there. What the app answers is decided by the cookie it is sent.',
      act: ({ dev }) => dev.on(hats).get('/me'),
      ask: {
        question: 'What does the hats app answer?',
        answer: ({ dev }) => dev.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'The developer looks into Redis',
      purpose: 'See that nothing has expired',
      narration:
        'The search for the reason usually begins here, at the store and its time to live. Both records are alive; one of them may have nobody left who knows its id.',
      act: () => {},
      ask: {
        question: 'How many session records are there?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'The developer logs in to the hats app again',
      purpose: 'See it swing back',
      narration: 'That gives the hats app a session again. Then the developer looks at the rabbits app.',
      act: async ({ dev }) => {
        await logIn(dev, hats);
        await dev.on(rabbits).get('/me');
      },
      ask: {
        question: 'What does the rabbits app answer?',
        answer: ({ dev }) => dev.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
  ],
  lesson: 'Cookies know no ports: give the session cookie of each app a name of its own.',
  fix: `session({ ...options, name: 'hats.sid' }) // http://localhost:3001
session({ ...options, name: 'rabbits.sid' }) // http://localhost:3002`,
  notTheFix: [
    'Another secret for each app: it is the reason why the other one’s cookie is of no use, not a reason to keep two.',
    'Another prefix for the keys in Redis: the records never were in each other’s way; the cookies are.',
  ],
});
