import type { World } from './engine/cast.ts';
import { minutes } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

async function lifeOfRecord(world: World, cookieLeft: number | null | undefined): Promise<string> {
  const [record] = await world.keys('sess:');
  if (!record) return 'there is none';
  if (record.expiresIn === null) return 'for ever';
  // Up to two seconds are rounding: the cookie's expiry is rounded down to whole seconds, the record's TTL up.
  return Math.abs(record.expiresIn - (cookieLeft ?? 0)) < minutes(1) ? 'as long as the cookie' : 'another time';
}

export default scenario({
  slug: 'version-trap',
  chapter: 'running',
  title: 'connect-redis and ioredis versions',
  subtitle: 'Green on the mock, red on Redis',
  synonyms: ['connect-redis 9', 'node-redis', 'upgrade', 'dependencies', 'ioredis-mock', 'TypeError', 'TTL'],
  question: 'All tests pass on the mock. Does the shop work?',
  weakness: 'store-for-another-client',
  actors: { alice: 'victim' },
  setup: { bareMock: true },
  references: ['tj/connect-redis#433', 'fastify/session#346'],
  subject: ['sess:', 'basket:'],
  steps: [
    {
      title: 'Alice puts a hat into her basket',
      purpose: 'Create a session',
      narration: {
        vulnerable:
          'This shop was updated: connect-redis 9 passes the time to live (TTL) as an object, which node-redis understands. The shop uses ioredis, which turns the object into the text “[object Object]”. Status and cookie are sent before Redis has replied.',
        protected:
          'This shop stays with connect-redis 8, which passes the time to live (TTL) as text and number, as ioredis wants them. Version 9 passes an object, which only node-redis understands. Status and cookie are sent before Redis has replied.',
        both: 'One variant was updated: connect-redis 9 passes the time to live (TTL) as an object, which node-redis understands. This shop uses ioredis, which turns the object into the text “[object Object]”. Status and cookie are sent before Redis has replied.',
      },
      act: ({ alice }) => alice.post('/basket', { item: 'hat' }),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'A developer checks Redis',
      purpose: 'The result of SET',
      narration:
        'A real Redis rejects the unknown argument with “ERR syntax error” and stores nothing, but the cookie has already been sent. The package ioredis-mock, which answers here on the mock, ignores arguments it does not know and stores a record without a TTL.',
      act: () => {},
      ask: {
        question: 'How long does her session record live?',
        answer: ({ alice, world }) => lifeOfRecord(world, alice.expiresIn()),
        vulnerable: { mock: 'for ever', real: 'there is none' },
        protected: 'as long as the cookie',
      },
    },
    {
      title: 'Alice opens her basket',
      purpose: 'Send a second request',
      narration:
        'Her cookie is correctly signed. If it names no record, the shop treats her as a new visitor and reports no error.',
      act: ({ alice }) => alice.get('/basket'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'How many items are in it?',
        answer: ({ alice }) => alice.last.json.basket.length,
        vulnerable: { mock: 1, real: 0 },
        protected: 1,
      },
    },
    {
      title: 'Alice logs in',
      purpose: 'Wait for the store',
      narration:
        'The login saves the session before it answers, so here the error can be reported. A login that does not wait would answer 200 with a cookie, and the next request would get 401.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: { mock: 200, real: 500 },
        protected: 200,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Check the login',
      narration:
        'On the mock the mistake changes nothing, and a test suite that uses only the mock passes. Play the scenario on both stores to see the difference.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ alice }) => alice.last.json?.email ?? 'nobody',
        vulnerable: { mock: 'alice@shop.example', real: 'nobody' },
        protected: 'alice@shop.example',
      },
    },
  ],
  lesson: 'A mock shows only what the mock does: test with the store you use in production.',
  fix: `"connect-redis": "~8.1.0",  // the last version for ioredis; node-redis works with 9 and later
"ioredis": "~5.11.1",`,
  notTheFix: [
    'TypeScript: the types of connect-redis 9 accept any client.',
    'A test that only fills a basket: the answer is 200, the cookie is set, and the next request has lost it.',
    'disableTTL: true: SET succeeds, but no record ever expires.',
  ],
  repairs: {
    fix: {
      title: 'Go back to connect-redis 8',
      idea: 'Version 8 passes the time to live as ioredis expects it. The range ~8.1.0 keeps version 9 out.',
      because: 'Redis accepts the SET, and each record lives as long as its cookie.',
    },
    decoys: [
      {
        file: 'store-without-time-to-live',
        title: 'Store without a time to live',
        idea: 'The error is about the time to live, so the option disableTTL leaves it out of the SET.',
        because:
          'Redis accepts the SET and the shop works. But no record ever ends: Redis fills, and no idle limit holds.',
        fails: { step: 2, answer: 'for ever' },
      },
      {
        file: 'store-errors-ignored',
        title: 'Ignore errors of the store',
        idea: 'A failed SET must not fail a page, so the store reports none.',
        because:
          'No page fails, and nothing else changes: the record is not stored as it should be, and now nobody is told.',
        fails: { step: 2, answer: 'for ever' },
      },
    ],
  },
});
