import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'eviction-logs-everyone-out',
  chapter: 'running',
  title: 'Redis eviction policy',
  subtitle: 'When the cache pushes the sessions out',
  synonyms: ['OOM', 'maxmemory', 'allkeys-lru', 'noeviction', 'volatile-ttl', 'out of memory', 'cache', 'logged out'],
  question: 'What does a full Redis evict: the cache or the sessions?',
  setup: {
    vulnerable: { ownRedis: ['maxmemory 4mb', 'maxmemory-policy volatile-lru'] },
    protected: { ownRedis: ['maxmemory 4mb', 'maxmemory-policy noeviction'] },
  },
  needsRealRedis: 'The mock has no memory limit, so it evicts nothing.',
  actors: { alice: 'victim', crowd: { role: 'person', label: 'Thirty visitors' } },
  references: ['CWE-770', 'CAPEC-130'],
  steps: [
    {
      title: 'Thirty visitors fill their baskets',
      purpose: 'Sessions worth keeping',
      narration:
        'Each visitor gets a session record with a time to live (TTL). The shop’s Redis has a memory limit, as every Redis should, and other programs use it as well.',
      act: async ({ crowd }) => {
        for (let visitor = 0; visitor < 30; visitor++) await crowd.post('/basket', { item: 'hat' }, { cookie: '' });
      },
      claims: ['30 records are stored'],
    },
    {
      title: 'Alice logs in',
      purpose: 'One more session',
      narration: 'Her record is the thirty-first. All of them were used within the last minute.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['the record of alice is stored'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 31,
        protected: 31,
      },
    },
    {
      title: 'A job fills its cache in the same Redis',
      purpose: 'Exceed the memory limit',
      narration: {
        vulnerable:
          'The job writes twice as much as the limit allows, without a TTL. This Redis evicts keys that have one (volatile-lru), and session records do. So they go first, all of them. Then nothing is left to evict, and Redis refuses the other writes of the job.',
        protected:
          'The job writes twice as much as the limit allows, without a TTL. This Redis evicts nothing (noeviction). It refuses each write for which there is no room, and keeps the session records.',
        both: 'The job writes twice as much as the limit allows, without a TTL. The eviction policy decides what Redis does: evict keys that have a TTL (volatile-lru) as long as there are any, or refuse the write (noeviction). Session records normally have a TTL.',
      },
      act: ({ world }) => world.fillRedis(800, 10_000),
      claims: { vulnerable: ['the record of alice is deleted'], protected: ['the record of alice stays'] },
      ask: {
        question: 'How many session records are left?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 0,
        protected: 31,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'See what the job did to her session',
      narration: {
        vulnerable:
          'Her cookie is valid, and she was active a moment ago. But her record is gone, and a store cannot tell an evicted record from one that never existed.',
        protected:
          'Her cookie is valid, and her record is still there. The job has to handle the writes that Redis refused, as a cache can.',
        both: 'Her cookie is valid, and she was active a moment ago. Where Redis refused the writes, the job has to handle the errors, as a cache can. A store cannot tell an evicted record from one that never existed.',
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
  ],
  lesson:
    'Do not keep sessions in a Redis that evicts keys: give them their own Redis, with noeviction and memory to spare.',
  fix: `# redis.conf of a Redis that holds only sessions
maxmemory 256mb
maxmemory-policy noeviction`,
  notTheFix: [
    'allkeys-lru: it evicts the keys that were not used for the longest time, such as the session of a user who is at lunch.',
    'Another database number in the same Redis: the memory limit applies to the whole server.',
  ],
  // No `repairs`: what is wrong is the configuration of Redis, and no part of the app could put it right.
});
