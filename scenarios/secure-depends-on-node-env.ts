import type { Actor } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const cafe = 'http://shop.example';

const logIn = (actor: Actor, email: string, password: string) => actor.post('/auth/login', { email, password });
const logInAdmin = (admin: Actor) => logIn(admin, 'admin@shop.example', 'ring-of-keys-42');
const isSecure = (actor: Actor) => (actor.cookie()?.secure ? 'yes' : 'no');

/** What somebody on the network reads of a request that came unencrypted. */
const readBy = ({ last }: Actor) => (last.by === cafe ? last.text : '');

export default scenario({
  slug: 'secure-depends-on-node-env',
  chapter: 'running',
  title: 'Secure cookie and NODE_ENV',
  subtitle: 'A condition that nobody checks',
  synonyms: [
    'NODE_ENV',
    'production',
    'environment variable',
    'process.env',
    'app.get("env")',
    'secure: true',
    'deploy',
    'Docker',
    'systemd',
    'insecure default',
    'hijack',
  ],
  question: 'Is secure: process.env.NODE_ENV === "production" safe?',
  weakness: 'secure-in-production-only',
  setup: { environment: { NODE_ENV: 'production' } },
  // In the café's network, Mallory answers unencrypted requests in the shop's place and reads what arrives.
  sites: { [cafe]: ({ headers }) => ({ body: headers.cookie ?? '' }) },
  actors: {
    admin: { role: 'person', label: 'The admin' },
    alice: 'victim',
    mallory: 'attacker',
  },
  cookieAttributes: ['Secure'],
  references: [
    'ASVS V3.3.1',
    'WSTG-SESS-02',
    'RFC6265bis 8.3',
    'NIST 63B-4 5.1.1',
    'CWE-614',
    'CWE-1188',
    'CWE-319',
    'CAPEC-102',
  ],
  steps: [
    {
      title: 'The admin logs in before the release',
      purpose: 'Check the cookie once',
      narration:
        'The shop runs with NODE_ENV=production, as it should. The admin opens the developer tools, and looks for the attribute Secure: a browser sends a Secure cookie over https only.',
      act: ({ admin }) => logInAdmin(admin),
      claims: ['admin gets a session cookie'],
      ask: {
        question: 'Is the admin’s session cookie Secure?',
        answer: ({ admin }) => isSecure(admin),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'The shop moves to a new server',
      purpose: 'Lose a variable',
      narration:
        'The code is the same. But the new service file says only node main.js, and sets no NODE_ENV. Express then takes the environment for “development”. The shop starts, and nothing warns.',
      act: ({ world }) => world.restart({ environment: { NODE_ENV: '' } }),
      claims: ['the app restarts'],
    },
    {
      title: 'Alice logs in',
      purpose: 'See whether anybody notices',
      narration:
        'The address begins with https as before, and the login answers 200. A page shows no difference between a cookie with Secure and one without.',
      act: ({ alice }) => logIn(alice, 'alice@shop.example', 'rabbit-hole-7'),
      claims: ['alice is answered 200', 'alice gets a session cookie'],
      ask: {
        question: 'Is Alice’s session cookie Secure?',
        answer: ({ alice }) => isSecure(alice),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
    {
      title: 'Alice opens an old http:// bookmark in a café',
      purpose: 'Send one unencrypted request',
      narration: {
        vulnerable:
          'Mallory runs the café’s network, and answers what is unencrypted. HSTS would make the browser ask over https instead. But here that header also depends on NODE_ENV, so Alice’s browser has never received it.',
        protected:
          'Mallory runs the café’s network, and answers what is unencrypted. But Alice’s browser has received HSTS from the shop, whatever NODE_ENV says, and asks over https. It would also send no Secure cookie over http.',
        both: 'Mallory runs the café’s network, and answers what is unencrypted. HSTS would make the browser ask over https instead. Where that header also depends on NODE_ENV, Alice’s browser has never received it.',
      },
      act: ({ alice }) => alice.visit('http://shop.example/me'),
      claims: {
        vulnerable: ['alice sends a session cookie', 'alice is answered by http://shop.example'],
        protected: ['alice is answered by app'],
      },
      ask: {
        question: 'Can Mallory read the session ID?',
        answer: ({ alice }) => (readBy(alice).includes(sidOf(alice.cookie()) ?? '-') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory sends the cookies she read',
      purpose: 'Use the session',
      narration: 'She sends whatever she read to the real shop, over https.',
      act: ({ mallory, alice }) => mallory.get('/me', { cookie: readBy(alice) }),
      claims: { vulnerable: ['mallory sends the session ID of alice'], protected: ['mallory sends no session cookie'] },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'A developer’s settings reach the server',
      purpose: 'Make the opposite mistake',
      narration: {
        vulnerable:
          'Somebody copies a developer’s .env: NODE_ENV=development and LOCAL_DEVELOPMENT=yes, for an address that the whole network reaches. This shop starts with them, and its cookie stays without Secure. Then the admin logs in again.',
        protected:
          'Somebody copies a developer’s .env: NODE_ENV=development and LOCAL_DEVELOPMENT=yes, for an address that the whole network reaches. This shop knows what its settings are for: it refuses to start with these, and the old process goes on. Then the admin logs in again.',
        both: 'Somebody copies a developer’s .env: NODE_ENV=development and LOCAL_DEVELOPMENT=yes, for an address that the whole network reaches. An app that knows what its settings are for refuses to start with these, and the old process goes on. Then the admin logs in again.',
      },
      act: async ({ admin, world }) => {
        await world.restart({
          environment: { NODE_ENV: 'development', LOCAL_DEVELOPMENT: 'yes', HOST: '0.0.0.0' },
        });
        await logInAdmin(admin);
      },
      claims: {
        vulnerable: ['the app restarts', 'admin gets a session cookie'],
        protected: ['the app refuses to start', 'admin gets a session cookie'],
      },
      ask: {
        question: 'Is the admin’s new cookie Secure?',
        answer: ({ admin }) => isSecure(admin),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
  ],
  lesson:
    'A protection that a variable must switch on is off wherever somebody forgot the variable: be secure without it, and let the exception fail loudly.',
  fix: `cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: true } // whatever the environment

// The exception has a name of its own, and cannot leave the developer's machine.
const { LOCAL_DEVELOPMENT, HOST = '127.0.0.1', NODE_ENV } = process.env;
if (LOCAL_DEVELOPMENT === 'yes' && (HOST !== '127.0.0.1' || NODE_ENV === 'production')) {
  throw new Error('LOCAL_DEVELOPMENT is for one machine alone.');
}`,
  notTheFix: [
    'NODE_ENV=production in the Dockerfile: right for speed, but the next way to start the app does not read it.',
    'Refusing to start without NODE_ENV: it finds the missing value, and neither the wrong one nor "Production " with a space.',
    'A test that runs with NODE_ENV=test: it takes the same branch as development, and never sees the cookie of production.',
    'secure: false for localhost: Chromium and Firefox accept a Secure cookie from http://localhost. It is express-session that sends none over http, until it is told that a proxy ends TLS.',
  ],
  repairs: {
    fix: {
      title: 'Always Secure',
      idea: 'No variable decides about Secure. Development has a setting of its own, with which the app starts on loopback only.',
      because: 'A variable that is missing or wrong cannot make the cookie insecure.',
    },
    decoys: [
      {
        file: 'secure-unless-development',
        title: 'Secure unless NODE_ENV is development',
        idea: 'The condition is turned around: without NODE_ENV the cookie is Secure, as it should be by default.',
        because:
          'A missing variable is harmless now. A wrong one is not: with a developer’s settings, the server sends cookies without Secure, and starts without a word.',
        fails: { step: 6, answer: 'no' },
      },
      {
        file: 'secure-auto-without-proxy',
        title: 'Let express-session decide',
        idea: 'With secure: "auto", the cookie is Secure on an https connection, in every environment.',
        because: 'The connection from the proxy to the app is http, so the cookie is never Secure.',
        fails: { step: 1, answer: 'no' },
      },
    ],
  },
});
