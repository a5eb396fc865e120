import type { Actor, World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const alices = { email: 'alice@shop.example', password: 'rabbit-hole-7' };
const admins = { email: 'admin@shop.example', password: 'ring-of-keys-42' };

const pageOf = (browser: Actor) => browser.last.json?.email ?? 'nobody’s';

/** Both requests have arrived when the app goes on with the first one. */
async function atTheSameMoment(first: Actor, second: Actor, world: World): Promise<void> {
  world.holdRedis('get');
  const one = first.get('/me');
  await world.redisHeld(1);
  const other = second.get('/me');
  await world.redisHeld(2);
  world.releaseRedis();
  await Promise.all([one, other]);
}

export default scenario({
  slug: 'session-in-a-shared-variable',
  chapter: 'running',
  title: 'User in a shared variable',
  subtitle: 'Works until two people use it',
  synonyms: ['app.locals', 'res.locals', 'global variable', 'module variable', 'singleton', 'currentUser', 'req.user'],
  question: 'Why does a customer sometimes see the account of somebody else?',
  weakness: 'user-in-app-locals',
  actors: { alice: 'victim', bob: 'person', admin: 'admin' },
  references: ['CWE-488', 'CWE-362', 'CAPEC-26'],
  steps: [
    {
      title: 'Bob opens the account page',
      purpose: 'A visitor without a login',
      narration: 'Bob has no account. The shop has just started, and nobody has logged in yet.',
      act: ({ bob }) => bob.get('/me'),
      claims: ['bob sends no session cookie', 'bob is answered 401'],
    },
    {
      title: 'Alice logs in and opens her account page',
      purpose: 'What the developer tests',
      narration: {
        vulnerable:
          'The page needs her name in many places, so a developer keeps it at hand: app.locals.user = user. With one browser, as on the developer’s own computer, it cannot go wrong.',
        protected:
          'The page finds out with each request who asks: it takes the user ID from req.session, and looks the user up. With one browser, as on the developer’s own computer, a variable for all requests would look as good.',
        both: 'The page needs her name in many places. In the vulnerable shop, a developer keeps it at hand: app.locals.user = user. With one browser, as on the developer’s own computer, it cannot go wrong. The protected shop asks req.session each time.',
      },
      act: async ({ alice }) => {
        await alice.post('/auth/login', alices);
        await alice.get('/me');
      },
      claims: ['alice gets a session cookie', 'alice is taken for Alice'],
      ask: {
        question: 'Whose page does she see?',
        answer: ({ alice }) => pageOf(alice),
        vulnerable: alices.email,
        protected: alices.email,
      },
    },
    {
      title: 'Bob opens the account page again',
      purpose: 'The same request, a minute later',
      narration: {
        vulnerable:
          'He has done nothing in between, and sends no cookie. Each request gets its own req and res, and its own session. But all of them run in one process, with one app: app.locals is there once, for everybody, and holds Alice.',
        protected:
          'He has done nothing in between, and sends no cookie. Each request gets its own req and res, and its own session. His session names nobody, so the answer is 401, whoever has logged in meanwhile.',
        both: 'He has done nothing in between, and sends no cookie. Each request gets its own req and res, and its own session. But all of them run in one process, with one app: app.locals and the variables of a module are there once, for everybody.',
      },
      act: ({ bob }) => bob.get('/me'),
      claims: {
        vulnerable: ['bob sends no session cookie', 'bob is answered 200'],
        protected: ['bob sends no session cookie', 'bob is answered 401'],
      },
      ask: {
        question: 'Whose page does he see?',
        answer: ({ bob }) => pageOf(bob),
        vulnerable: alices.email,
        protected: 'nobody’s',
      },
    },
    {
      title: 'The admin logs in, and clicks when Alice clicks',
      purpose: 'Two requests at the same moment',
      narration: {
        vulnerable:
          'Node runs one piece of code at a time, but changes between requests at every await. Alice’s request came first. Both wait for Redis to answer. When Alice’s goes on, the admin’s has put another user into the variable.',
        protected:
          'Node runs one piece of code at a time, but changes between requests at every await. Both requests wait for Redis to answer. It does no harm: each goes on with its own req.session, and with nothing that the other one could change.',
        both: 'Node runs one piece of code at a time, but changes between requests at every await. Alice’s request came first. Both wait for Redis to answer; when Alice’s goes on, the admin’s may have changed what they share. They do not share req.session.',
      },
      act: async ({ alice, admin, world }) => {
        await admin.post('/auth/login', admins);
        await atTheSameMoment(alice, admin, world);
      },
      claims: ['alice sends a session cookie', 'admin sends a session cookie', 'alice is taken for Alice'],
      ask: {
        question: 'Whose page does Alice see?',
        answer: ({ alice }) => pageOf(alice),
        vulnerable: admins.email,
        protected: alices.email,
      },
    },
    {
      title: 'Alice and the admin log out, then Bob comes back',
      purpose: 'See what a logout leaves',
      narration: {
        vulnerable:
          'Both records are deleted, and both cookies. The variable knows nothing of sessions: it neither ends with them nor expires. Only a restart would empty it.',
        protected:
          'Both records are deleted, and both cookies. Nothing else in the shop says who was logged in, so nothing is left for Bob.',
        both: 'Both records are deleted, and both cookies. A variable knows nothing of sessions: it neither ends with them nor expires. Only a restart would empty it. Where only the sessions said who was logged in, nothing is left.',
      },
      act: async ({ alice, admin, bob }) => {
        await alice.post('/auth/logout');
        await admin.post('/auth/logout');
        await bob.get('/me');
      },
      claims: [
        'the record of alice is deleted',
        'the record of admin is deleted',
        'alice loses the session cookie',
        'bob sends no session cookie',
      ],
      ask: {
        question: 'Whose page does Bob see?',
        answer: ({ bob }) => pageOf(bob),
        vulnerable: admins.email,
        protected: 'nobody’s',
      },
    },
  ],
  lesson:
    'What belongs to one request stays in req and res: read the user from the session of the request, never from app.locals or a variable of a module.',
  fix: `export const me = (context) =>
  function me(req, res) {
    // req.session was found with the cookie of this request. For templates: res.locals.user, which ends with the response.
    const { id, email, role } = context.users.byId(req.session.userId);
    res.json({ id, email, role });
  };`,
  notTheFix: [
    'One variable for each IP address: everybody behind the same reverse proxy, office or mobile network has the same one.',
    'More processes: each has a variable of its own, so the mistake only becomes harder to find.',
    'A test with one browser: it always passes. Test with two people who take turns.',
  ],
  repairs: {
    fix: {
      title: 'Read the user from the request’s session',
      idea: 'The guard and the page read the session that express-session found for the cookie of this request.',
      because: 'Two requests share nothing, so they may come in any order, and at the same moment.',
    },
    decoys: [
      {
        file: 'user-in-app-locals-until-logout',
        title: 'Empty the variable at the logout',
        idea: 'When a user logs out, nobody is left in app.locals, and the guard refuses everybody.',
        because: 'Between the login and the logout, every visitor is Alice. Bob needed no more.',
        fails: { step: 3, answer: 'alice@shop.example' },
      },
      {
        file: 'user-in-app-locals-per-request',
        title: 'Set the variable anew for each request',
        idea: 'The guard checks the session and then sets app.locals.user, so it is always the user of this request.',
        because:
          'It was, until the first await. While Alice’s page counted her orders, the admin’s request set the variable.',
        fails: { step: 4, answer: 'admin@shop.example' },
      },
    ],
  },
});
