import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const hats = 'http://localhost:3001';
const rabbits = 'http://localhost:3002';
const logIn = (dev: Actor, origin: string) =>
  dev.on(origin).post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

/** A usual app in development: on http, with its own port and its own secret. */
const weakness = 'cookie-over-http';

export default scenario({
  slug: 'localhost-ports',
  chapter: 'running',
  title: 'Cookies ignore ports',
  subtitle: 'Two apps on one localhost',
  synonyms: ['localhost', 'development', 'port', '3000', 'cookie name', 'logged out'],
  question: 'Why does a login to one app log me out of the other?',
  setup: {
    vulnerable: { apps: { [hats]: { weakness }, [rabbits]: { weakness } } },
    protected: {
      apps: { [hats]: { weakness, cookieName: 'hats.sid' }, [rabbits]: { weakness, cookieName: 'rabbits.sid' } },
    },
  },
  actors: { dev: { role: 'person', label: 'A developer' } },
  references: ['expressjs/session#364', 'ASVS V3.5.4', 'RFC6265bis 8.5'],
  steps: [
    {
      title: 'The developer logs in to the hats app',
      purpose: 'A session on port 3001',
      narration:
        'Two apps run side by side at http://localhost, on two ports and with two secrets, as is usual in development. This one sets its session cookie.',
      act: ({ dev }) => logIn(dev, hats),
      claims: ['dev gets a session cookie'],
      ask: {
        question: 'For which host does the browser store the cookie?',
        answer: ({ dev }) => (dev.cookie('connect.sid') ?? dev.cookie('hats.sid'))?.domain ?? 'none',
        vulnerable: 'localhost',
        protected: 'localhost',
      },
    },
    {
      title: 'The developer opens the rabbits app',
      purpose: 'Another port of the same host',
      narration:
        'A cookie belongs to a host, and the port is not part of it. So the browser sends one app’s cookie to the other app, which cannot use it: it was signed with another secret.',
      act: ({ dev }) => dev.on(rabbits).get('/me'),
      claims: ['dev sends a session cookie', 'Redis does not get GET'],
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
        'The login sets a session cookie. If name, host and path match an existing cookie, the browser treats it as the same cookie and replaces the old value.',
      act: ({ dev }) => logIn(dev, rabbits),
      claims: ['dev gets a session cookie'],
      ask: {
        question: 'How many session cookies does localhost have now?',
        answer: ({ dev }) => dev.cookiesFor(hats).filter(({ name }) => name.endsWith('.sid')).length,
        vulnerable: 1,
        protected: 2,
        leads: true,
      },
    },
    {
      title: 'The developer returns to the hats app',
      purpose: 'Try the first app again',
      narration: 'Nobody logged out of the hats app. What it answers depends on the cookie it receives.',
      act: ({ dev }) => dev.on(hats).get('/me'),
      claims: ['dev sends a session cookie'],
      ask: {
        question: 'What does the hats app answer?',
        answer: ({ dev }) => dev.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'The developer checks Redis',
      purpose: 'See that nothing has expired',
      narration:
        'The search for the cause usually begins here, in the store and its TTLs. Both session records still exist, but perhaps no browser holds the session ID of one.',
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
      purpose: 'See the roles reversed',
      narration: 'That gives the hats app a session again. Then the developer opens the rabbits app.',
      act: async ({ dev }) => {
        await logIn(dev, hats);
        await dev.on(rabbits).get('/me');
      },
      claims: ['dev sends a session cookie'],
      ask: {
        question: 'What does the rabbits app answer?',
        answer: ({ dev }) => dev.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
  ],
  lesson: 'Cookies ignore ports: give the session cookie of each app its own name.',
  fix: `session({ ...options, name: 'hats.sid' }) // http://localhost:3001
session({ ...options, name: 'rabbits.sid' }) // http://localhost:3002`,
  notTheFix: [
    'A separate secret for each app: it makes the other app’s cookie useless, but the browser still keeps only one.',
    'A separate key prefix in Redis: the records never collided; the cookies do.',
  ],
});
