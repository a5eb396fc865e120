import type { World } from './engine/cast.ts';
import { minutes } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

async function lifeOfRecord(world: World, cookieLeft: number | null | undefined): Promise<string> {
  const [record] = await world.keys('sess:');
  if (!record) return 'there is none';
  if (record.expiresIn === null) return 'for ever';
  // Up to two seconds are rounding: the cookie's end is rounded down to whole seconds, the record's up.
  return Math.abs(record.expiresIn - (cookieLeft ?? 0)) < minutes(1) ? 'as long as the cookie' : 'another time';
}

export default scenario({
  slug: 'version-trap',
  chapter: 'store',
  title: 'Green on the mock, red on Redis',
  question: 'All tests pass on the mock. Does the shop work?',
  weakness: 'store-for-another-client',
  actors: { alice: 'victim' },
  references: ['tj/connect-redis#433', 'fastify/session#346'],
  steps: [
    {
      title: 'Alice puts a hat into her basket',
      purpose: 'Have something stored',
      narration:
        'The one shop was updated: connect-redis 9 passes the time to live as an object, which node-redis understands. This shop has ioredis, which turns the object into the text “[object Object]”. Status and cookie are on their way before anybody has heard from Redis.',
      act: ({ alice }) => alice.post('/basket', { item: 'hat' }),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'A developer looks into Redis',
      purpose: 'What became of the SET',
      narration:
        'A real Redis refuses the odd argument with “ERR syntax error” and stores nothing; the cookie is out already. The mock ignores what it does not know, and stores a record without an end.',
      act: () => {},
      ask: {
        question: 'How long does the record of her session live?',
        answer: ({ alice, world }) => lifeOfRecord(world, alice.expiresIn()),
        vulnerable: { mock: 'for ever', real: 'there is none' },
        protected: 'as long as the cookie',
      },
    },
    {
      title: 'Alice looks into her basket',
      purpose: 'The second request tells',
      narration:
        'She sends a cookie that is signed as it should be. If it names no record, the shop takes her for somebody new, and says nothing about it.',
      act: ({ alice }) => alice.get('/basket'),
      ask: {
        question: 'How many things are in it?',
        answer: ({ alice }) => alice.last.json.basket.length,
        vulnerable: { mock: 1, real: 0 },
        protected: 1,
      },
    },
    {
      title: 'Alice logs in',
      purpose: 'Wait for the store',
      narration:
        'The login saves the session before it answers, so here the error has somewhere to go. A login that does not wait would answer 200 with a cookie, and the next request would be 401.',
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
      purpose: 'Is she logged in',
      narration:
        'On the mock both shops look alike, and a test suite that knows only the mock is green. Play it on both to see the difference.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ alice }) => alice.last.json?.email ?? 'nobody',
        vulnerable: { mock: 'alice@shop.example', real: 'nobody' },
        protected: 'alice@shop.example',
      },
    },
  ],
  lesson: 'A mock tells you what the mock does: test with the store you ship.',
  fix: `"connect-redis": "~8.1.0",  // the last one that speaks to ioredis; from 9 on it is for node-redis
"ioredis": "~5.11.1",`,
  notTheFix: [
    'Types: those of connect-redis 9 take any client.',
    'A test that only logs in: the answer is 200, the cookie is there, the next request fails.',
    'disableTTL: true: the SET goes through, and no record ever ends.',
  ],
});
