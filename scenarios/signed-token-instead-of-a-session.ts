import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const logIn = (alice: Actor) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
const aliceId = 1;

/** The cookie that proves her login: a token in one variant, a session ID in the other. */
const loginCookie = (alice: Actor) => alice.cookie('__Host-token') ?? alice.cookie()!;

export default scenario({
  slug: 'signed-token-instead-of-a-session',
  chapter: 'logout',
  title: 'Signed token (JWT) or session',
  subtitle: 'Logged out, banned, and still in',
  synonyms: [
    'JWT',
    'JSON Web Token',
    'bearer token',
    'access token',
    'refresh token',
    'stateless',
    'jsonwebtoken',
    'deny list',
    'blacklist',
    'token revocation',
    'localStorage',
  ],
  question: 'A signed token says who I am. How does the shop end my login before the token expires?',
  weakness: 'token-believed-until-it-expires',
  actors: { alice: 'victim', mallory: 'attacker', admin: 'admin' },
  references: ['ASVS V7.4.1', 'ASVS V7.4.2', 'WSTG-SESS-06', 'CWE-613', 'CAPEC-60', 'RFC 7519 section 4.1.4'],
  subject: ['sess:', 'denied:'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Two ways to remember a login',
      narration:
        'A session stores a record, and the cookie is a random ID that names it. A signed token (JSON Web Token, JWT) stores nothing: the cookie itself says “user 1, customer, valid for an hour”. The signature keeps her from changing that.',
      act: ({ alice }) => logIn(alice),
      claims: {
        vulnerable: ['alice gets a session cookie', 'no record is stored'],
        protected: ['alice gets a session cookie', 'the record of alice is stored'],
      },
    },
    {
      title: 'Alice opens her account page while Redis is down',
      purpose: 'What a token is good for',
      narration:
        'For a moment the shop does not reach Redis. A session needs it with every request. To check a token, the shop needs only its key: no lookup, and nothing that can be down. That is why services use tokens between each other.',
      act: async ({ alice, world }) => {
        world.breakRedis();
        await alice.get('/me');
        world.mendRedis();
      },
      claims: {
        vulnerable: ['alice sends a session cookie', 'Redis does not get GET'],
        protected: ['alice sends a session cookie'],
      },
      ask: {
        question: 'What does the shop answer her?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 503,
        neutral: true,
      },
    },
    {
      title: 'Mallory copies the cookie',
      purpose: 'Keep a copy for later',
      narration: 'A shared computer or a backup is enough for that. Token or session ID: anyone who sends it is Alice.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice, loginCookie(alice)),
    },
    {
      title: 'Alice logs out',
      purpose: 'End the login',
      narration: {
        vulnerable:
          'Her browser deletes the cookie. Of a session, the server could also delete the record. Of this token, the server has nothing.',
        protected:
          'Her browser deletes the cookie. A session also has something on the server that can be deleted: its record.',
        both: 'Her browser deletes the cookie. A session also has something on the server that can be deleted: its record. Of the token, the server has nothing.',
      },
      act: ({ alice }) => alice.post('/auth/logout'),
      claims: {
        vulnerable: ['alice is answered 204', 'alice loses the session cookie'],
        protected: ['alice is answered 204', 'alice loses the session cookie', 'the record of alice is deleted'],
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Replay after the logout',
      narration: {
        vulnerable:
          'The signature of her copy is valid, as it was before. It proves that the shop once wrote this, but not that it still holds.',
        protected:
          'The signature of her copy is valid, as it was before. But it only names a record, and the record is gone.',
        both: 'The signature of her copy is valid, as it was before. It proves that the shop once wrote this, but not that it still holds.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice logs in again, and Mallory copies again',
      purpose: 'A second login to end',
      narration: 'Alice uses the same computer, so Mallory gets this cookie as well. This time nobody logs out.',
      act: async ({ alice, mallory }) => {
        await logIn(alice);
        await mallory.copyCookie(alice, loginCookie(alice));
      },
      claims: ['alice gets a session cookie', 'mallory gets a new session ID'],
    },
    {
      title: 'The admin disables Alice’s account',
      purpose: 'Ban the account, now',
      narration: {
        vulnerable:
          'Alice has called the shop. It marks her account as disabled, and deletes the session records on her list. A login by token is on no list.',
        protected:
          'Alice has called the shop. It marks her account as disabled, and deletes the session records on her list.',
        both: 'Alice has called the shop. Both variants mark her account as disabled, and delete the session records on her list. A login by token is on no list.',
      },
      act: async ({ admin }) => {
        await admin.post('/auth/login', { email: 'admin@shop.example', password: 'ring-of-keys-42' });
        await admin.post(`/admin/users/${aliceId}/disable`);
      },
      claims: { vulnerable: ['admin is answered 200'], protected: ['the record of alice is deleted'] },
      ask: {
        question: 'How many of her logins did the shop end?',
        answer: ({ admin }) => admin.last.json.ended,
        vulnerable: 0,
        protected: 1,
        neutral: false,
      },
    },
    {
      title: 'Mallory sends the second copy',
      purpose: 'Replay after the ban',
      narration: {
        vulnerable:
          'The token repeats what was true at the login: Alice, customer. It knows nothing of the ban, and would know nothing of another role. It lets Mallory in until it expires.',
        protected:
          'Her second copy names a record that the ban has deleted. Nothing in the cookie says who she is, so nothing in it can be out of date.',
        both: 'The token repeats what was true at the login: Alice, customer. It knows nothing of the ban, and would know nothing of another role. It lets Mallory in until it expires.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends the session ID of alice'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'A signed token holds until it expires, whatever happens meanwhile; to end it earlier, the server must look something up with every request, and that is what a session does.',
  fix: `// At login: the cookie gets a random ID, and the record in Redis says whose it is.
await regenerate(req);
req.session.userId = user.id;
// At logout:
await destroy(req);
// When the account is disabled:
context.users.update(user.id, { disabled: true, credentialVersion: user.credentialVersion + 1 });
const ended = await context.sessionIndex.endWhere(user.id, () => true);`,
  notTheFix: [
    'A token that expires after some minutes, with a refresh token that is looked up: the logout and the ban work within minutes, not at once. That is a choice, not the same.',
    'A list of denied tokens, a date per user before which no token counts, or a key per user: each of them is state that every request looks up, as it would a session. What was won is gone.',
    'localStorage in place of a cookie: the shop believes the copy just the same, and every script of the page can make one.',
  ],
  repairs: {
    fix: {
      title: 'A random ID in the cookie, a record in Redis',
      idea: 'Each request looks the record up. To end a login, the shop deletes its record.',
      because:
        'The logout and the ban both end what the copies name, at once. The price is a lookup with every request.',
    },
    decoys: [
      {
        file: 'tokens-denied-after-logout',
        title: 'A list of tokens that logged out',
        idea: 'The logout puts the ID of the token on a list in Redis, and each request looks there.',
        because:
          'The logout works, at the price of a lookup with every request. But the ban puts nothing on the list: it knows the user, not her tokens.',
        fails: { step: 8, answer: 'alice@shop.example' },
      },
      {
        file: 'token-for-five-minutes',
        title: 'A token for five minutes',
        idea: 'A copy is worthless after five minutes, and no request needs a lookup.',
        because: 'The copy works for the rest of the five minutes: after the logout, and after the ban.',
        fails: { step: 5, answer: 'alice@shop.example' },
      },
    ],
  },
});
