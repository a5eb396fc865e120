import type { Actor, World } from './engine/cast.ts';
import { hours, minutes, seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const logIn = (alice: Actor) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });

/** Fills a basket thirty times, each time as somebody new: no cookie is sent, and none is kept. */
async function thirtyBaskets(bot: Actor): Promise<void> {
  for (let times = 0; times < 30; times++) await bot.post('/basket', { item: 'hat' }, { cookie: '' });
}

/** How many session records there are, wherever the shop keeps them. */
const recordCount = async (world: World) => world.memoryRecords().length + (await world.keys('sess:')).length;

export default scenario({
  slug: 'memory-store-grows',
  chapter: 'store',
  title: 'MemoryStore leaks memory',
  subtitle: 'A night after which nothing is forgotten',
  synonyms: [
    'memory leak',
    'MemoryStore is not designed for a production environment',
    'heap out of memory',
    'OOM',
    'memorystore',
    'checkPeriod',
    'prune',
    'bot',
    'restart every night',
  ],
  question: 'When does a session that has expired leave the memory of the shop?',
  weakness: 'sessions-in-memory',
  actors: { alice: 'victim', mallory: { role: 'attacker', label: 'Mallory’s bot' } },
  references: ['CWE-770', 'CAPEC-125', 'CAPEC-130', 'expressjs/session#128'],
  times: { idle: minutes(30), absolute: hours(8), night: hours(9) },
  inRealTime: { idle: seconds(4), absolute: seconds(5), night: seconds(6) },
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'One session to keep',
      narration: {
        vulnerable:
          'The shop stores a session record. express-session puts it into MemoryStore, a table in the memory of the process, because it was given no other store.',
        protected:
          'The shop stores a session record. express-session would put it into MemoryStore, a table in the memory of the process, but this shop gives it a store in Redis.',
        both: 'The shop stores a session record. express-session puts it into MemoryStore, a table in the memory of the process, unless it gets another store. The other variant gives it a store in Redis.',
      },
      act: ({ alice }) => logIn(alice),
      claims: {
        vulnerable: ['alice gets a session cookie', 'no record is stored'],
        protected: ['alice gets a session cookie', 'the record of alice is stored'],
      },
    },
    {
      title: 'A bot fills thirty baskets',
      purpose: 'Thirty sessions for nobody',
      narration:
        'The bot keeps no cookies, so each basket is the first one of a new visitor and gets a session. Nobody will ever send the cookies of these sessions. A real bot does not stop at thirty.',
      act: ({ mallory }) => thirtyBaskets(mallory),
      claims: { vulnerable: ['no record is stored'], protected: ['30 records are stored'] },
      ask: {
        question: 'How many session records does the shop hold, in memory or in Redis?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 31,
        protected: 31,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Check that she is logged in',
      narration: 'The bot has not disturbed her: the shop finds her record among the others.',
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends a session cookie', 'alice is answered 200'],
    },
    {
      title: 'The night passes',
      purpose: 'Let everything expire',
      narration:
        'Nobody uses the shop for {night}, and a session lasts {idle} without a request. Redis deletes each record when its time to live (TTL) is over. MemoryStore looks at the expiry of a record only when a request asks for it.',
      act: ({ world }) => world.letPass(world.times.night),
      claims: { vulnerable: [], protected: ['the record of alice expires'] },
      ask: {
        question: 'How many session records does the shop hold in the morning?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 31,
        protected: 0,
      },
    },
    {
      title: 'Alice logs in again',
      purpose: 'Add the next day to it',
      narration: {
        vulnerable:
          'Her new session does not take the place of an expired one. So the memory of the process grows with each visitor of each day, until the process has no memory left and ends.',
        protected:
          'Her new session is the only one: Redis has deleted the others when their time was over. What the shop stores depends on the visitors of the last {idle}, and not on all before.',
        both: 'Her new session does not take the place of an expired one in MemoryStore. So the memory of the process grows with each visitor of each day, until the process has no memory left and ends. Redis has deleted what had expired.',
      },
      act: ({ alice }) => logIn(alice),
      claims: {
        vulnerable: ['alice gets a new session ID', 'no record is stored'],
        protected: ['alice gets a new session ID', 'the record of alice is stored'],
      },
      ask: {
        question: 'How many session records does the shop hold now?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 32,
        protected: 1,
      },
    },
    {
      title: 'The shop restarts its process',
      purpose: 'The usual remedy',
      narration: {
        vulnerable:
          'Many run such an app with a restart every night, or at a limit of memory. It frees the memory, and loses the valid sessions as well. Alice opens her account page afterwards.',
        protected:
          'The process holds no session, so a restart loses none. Alice opens her account page afterwards, and her record is in Redis. An app with MemoryStore is often restarted every night, and loses the valid sessions with the expired ones.',
        both: 'Many run an app with MemoryStore with a restart every night, or at a limit of memory. It frees the memory, and loses the valid sessions as well. Alice opens her account page afterwards.',
      },
      act: async ({ world, alice }) => {
        await world.restart();
        await alice.get('/me');
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer Alice?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
  ],
  lesson:
    'MemoryStore forgets a session only when somebody asks for it again; keep sessions in a store that lets them expire.',
  fix: `// The store gives each record a time to live (TTL), and Redis deletes it when that is over.
app.use(session({
  // …
  store: new RedisStore({ client: redis, prefix: 'sess:' }),
}));`,
  notTheFix: [
    'A shorter maxAge: the records expire earlier, and stay just as long.',
    'A timer that calls store.all(), which removes what has expired, or the package memorystore, which has such a timer: the memory stops growing. But each restart still logs everybody out, and a second process knows none of the sessions.',
    'More memory: it takes a few days longer.',
  ],
  repairs: {
    fix: {
      title: 'Keep the records in Redis',
      idea: 'Each record gets a time to live, and the store is not part of the process.',
      because: 'In the morning the records are gone, although nobody has asked for them. Alice’s survives the restart.',
    },
    decoys: [
      {
        file: 'sessions-in-memory-up-to-twenty',
        title: 'At most twenty records',
        idea: 'When there are too many, a new record takes the place of the oldest one. The memory cannot grow.',
        because:
          'The memory stays small. But the bot pushes Alice’s record out: anybody can log everybody out with twenty requests.',
        fails: { step: 3, status: 401 },
      },
      {
        file: 'sessions-in-memory-expire-soon',
        title: 'Sessions for one minute',
        idea: 'With a maxAge of one minute the records expire soon, so there are never many.',
        because: 'They have all expired, and they are all still there: nobody has asked for them.',
        fails: { step: 4, answer: 31 },
      },
    ],
  },
});
