import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'eviction-logs-everyone-out',
  chapter: 'store',
  title: 'When the cache pushes the sessions out',
  question: 'What does a full Redis throw away: the cache or the sessions?',
  setup: {
    vulnerable: { ownRedis: ['maxmemory 4mb', 'maxmemory-policy volatile-lru'] },
    protected: { ownRedis: ['maxmemory 4mb', 'maxmemory-policy noeviction'] },
  },
  needsRealRedis: 'The mock has no memory limit, so it throws nothing away.',
  actors: { alice: 'victim', crowd: { role: 'person', label: 'Thirty visitors' } },
  references: ['ASVS V13.2.6', 'CWE-770', 'CAPEC-130'],
  steps: [
    {
      title: 'Thirty visitors fill their baskets',
      purpose: 'Sessions worth keeping',
      narration:
        'Each of them gets a record with a time to live. The shop’s Redis has a memory limit, as every Redis should, and is used by others as well.',
      act: async ({ crowd }) => {
        for (let visitor = 0; visitor < 30; visitor++) await crowd.post('/basket', { item: 'hat' }, { cookie: '' });
      },
    },
    {
      title: 'Alice logs in',
      purpose: 'One more session',
      narration: 'Her record is the thirty-first. Every one of them was used within the last minute.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 31,
        protected: 31,
      },
    },
    {
      title: 'A job fills its cache in the same Redis',
      purpose: 'Run out of memory',
      narration:
        'It writes twice as much as the limit allows, without a time to live. What Redis does then is a setting: make room by throwing away keys that have a time to live (volatile-lru), or refuse the write (noeviction). A session record has a time to live by its nature.',
      act: ({ world }) => world.fillRedis(800, 10_000),
      ask: {
        question: 'How many session records are left?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 0,
        protected: 31,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Logged out by a neighbour',
      narration:
        'Her cookie is good, and she was here a moment ago. Where the job got the error instead, it is the job that has to cope, as a cache can. To a store, a record that was thrown away and one that never was are the same.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
  ],
  lesson: 'Sessions do not share a Redis that evicts: give them one of their own, with noeviction and room to spare.',
  fix: `# redis.conf of the Redis that holds sessions, and nothing else
maxmemory 256mb
maxmemory-policy noeviction`,
  notTheFix: [
    'allkeys-lru: it throws away what was not used for the longest time, and that is the session of whoever is at lunch.',
    'Another database number in the same Redis: the memory limit is that of the whole server.',
  ],
});
