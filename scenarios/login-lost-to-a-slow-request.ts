import type { LastResponse, World } from './engine/cast.ts';
import { minutes } from './engine/durations.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

/** The first tab's pending request, from the step that sends it to the step that awaits its response. */
const slowAnswer = new WeakMap<World, Promise<LastResponse>>();

export default scenario({
  slug: 'login-lost-to-a-slow-request',
  chapter: 'lifetime',
  title: 'Rolling cookie race',
  subtitle: 'The late answer that undid a login',
  synonyms: ['race condition', 'Set-Cookie overwritten', 'parallel requests', 'not logged in', 'logged out'],
  question: 'I have just logged in, and a moment later I am logged out again. Why?',
  weakness: 'session-on-every-route',
  actors: { alice: 'victim' },
  references: ['CWE-362', 'CAPEC-26', 'expressjs/session#923'],
  subject: ['sess:', 'stock'],
  steps: [
    {
      title: 'Alice puts a hat into a basket',
      purpose: 'Start an anonymous session',
      narration:
        'The basket starts her first session. She is not logged in; her cookie names an anonymous session record.',
      act: ({ alice }) => alice.post('/basket', { item: 'hat' }),
      claims: ['alice gets a session cookie', 'the record of alice is stored'],
    },
    {
      title: 'Her first tab requests the stock',
      purpose: 'Start a slow request',
      narration: {
        vulnerable:
          'The stock list is the same for everybody, and today it is slow. The request left with the cookie of the basket’s session. Every route of this shop has a session, so the shop has already read its record.',
        protected:
          'The stock list is the same for everybody, and today it is slow. The request left with the cookie of the basket’s session. The list needs no session, so its route stands before the session middleware, and nobody reads the record.',
        both: 'The stock list is the same for everybody, and today it is slow. The request left with the cookie of the basket’s session. In the variant where every route has a session, the shop has already read its record.',
      },
      act: async ({ alice, world }) => {
        world.holdRedis('hgetall');
        // The tab waits for as long as a learner may spend on this step.
        const answer = alice.get('/stock', { patience: minutes(30) });
        answer.catch(() => {});
        slowAnswer.set(world, answer);
        await world.redisHeld();
      },
      claims: ['alice sends a session cookie'],
    },
    {
      title: 'Alice logs in from a second tab',
      purpose: 'Get a new session ID',
      narration:
        'Tabs share one cookie jar. The login issues a new session ID and deletes the old record, and the jar stores the new cookie. But a response to a request with the old cookie is still to come.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a new session ID', 'the record of alice is deleted'],
      ask: {
        question: 'Does the cookie in her jar name a record?',
        answer: async ({ alice, world }) =>
          (await world.keys(`sess:${sidOf(alice.cookie())}`)).length > 0 ? 'yes' : 'no',
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'The late response arrives in the first tab',
      purpose: 'Responses in the wrong order',
      narration: {
        vulnerable:
          'With rolling: true, express-session sends the cookie again with each response of a route that has a session, and this late response still carries the session it began with. A browser does not know which cookie is newer: the last to arrive wins.',
        protected:
          'The route has no session, so its response sets no cookie, however late it is. A route with a session would send the cookie it began with, and a browser does not know which cookie is newer: the last to arrive wins.',
        both: 'With rolling: true, express-session sends the cookie again with each response of a route that has a session, and a late response still carries the session it began with. A browser does not know which cookie is newer: the last to arrive wins.',
      },
      act: async ({ world }) => {
        world.releaseRedis();
        await slowAnswer.get(world);
      },
      claims: { vulnerable: ['alice gets a session cookie'], protected: ['alice gets no session cookie'] },
      ask: {
        question: 'Did the late response set a session cookie?',
        answer: ({ alice }) => (alice.last.headers['set-cookie'] ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice opens her account',
      purpose: 'See who is logged in',
      narration: {
        vulnerable:
          'The request carries the cookie in the jar, which the late response has overwritten. The old session ID names nothing, because the login deleted its record. Her new record still exists in Redis, but her browser no longer holds its ID.',
        protected:
          'The request carries the cookie in the jar. It is the one from the login, because no response has overwritten it, and its record is in Redis.',
        both: 'The request carries the cookie in the jar. The old session ID names nothing, because the login deleted its record. Her new record still exists in Redis; what matters is whether her browser still holds its ID.',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Redis still has the record of her login',
      purpose: 'Find the cause',
      narration: {
        vulnerable:
          'Only the basket’s record was deleted. Alice’s cookie was overwritten, which looks to her like a logout that nobody requested. It happens to users with a slow network, and to every slow route that has a session.',
        protected:
          'Only the basket’s record was deleted, and Alice holds the cookie of the other one. The risk remains for slow routes that need a session, such as an order: a late response of such a route would overwrite it.',
        both: 'Only the basket’s record was deleted. If Alice’s cookie was overwritten, it looks to her like a logout that nobody requested. It happens to users with a slow network, and to every slow route that has a session, such as an order: there the risk remains.',
      },
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'Which is true?',
        answer: async ({ alice, world }) => {
          const records = await world.keys('sess:');
          const held = records.some(({ name }) => name === `sess:${sidOf(alice.cookie())}`);
          return `${records.length} record, ${held ? 'and she holds its cookie' : 'and nobody holds its cookie'}`;
        },
        vulnerable: '1 record, and nobody holds its cookie',
        protected: '1 record, and she holds its cookie',
      },
    },
  ],
  lesson:
    'A late response may overwrite the new cookie with an old one: routes that need no session should not have one.',
  fix: `// public routes before the session middleware: no record is read, and no cookie is sent
app.use('/assets', assets());
app.get('/stock', showStock(context));

app.use(session({ ...sessionOptions, rolling: true, store }));`,
  notTheFix: [
    'rolling: false alone: a slow request that changes its session still sends the old cookie again.',
    'Keeping the old record for a while: the anonymous session’s cookie would be back and valid, but still not logged in.',
  ],
  repairs: {
    fix: {
      title: 'No session where none is needed',
      idea: 'The stock comes before the session middleware: it is the same for everybody.',
      because: 'The late response has no session, so it sets no cookie and cannot overwrite a newer one.',
    },
    decoys: [
      {
        file: 'login-leaves-the-old-record',
        title: 'Keep the old record after the login',
        idea: 'Requests that are still running keep their session, so a late response never names a session that is gone.',
        because:
          'The late cookie names a record again, but that of the anonymous session. Alice has lost her login just the same.',
        fails: { step: 5, answer: 401 },
      },
      {
        file: 'login-keeps-id-for-late-responses',
        title: 'Keep the session ID at login',
        idea: 'If the ID stays the same, the old cookie is the new cookie, and it does not matter which one arrives last.',
        because:
          'Alice stays logged in. But anyone who knew the ID of her basket’s session would now be logged in as well: that is session fixation.',
        fails: { step: 4, answer: 'yes' },
      },
    ],
  },
});
