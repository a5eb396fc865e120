import type { Actor, World } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

/** Eighty characters, nine times as many bytes when percent-encoded: a cookie's value is ASCII. */
const longName = '帽子'.repeat(40);

/** The basket that the shop's page shows: from the cookie if there is one, else from the response. */
const shownBasket = (actor: Actor): string[] => {
  const cookie = actor.cookie('basket');
  return cookie ? JSON.parse(decodeURIComponent(cookie.value)) : actor.last.json.basket;
};

const recordOf = async (actor: Actor, world: World): Promise<string> => {
  const [record] = await world.keys(`sess:${sidOf(actor.cookie())}`);
  return record ? String(record.value.data) : '';
};

export default scenario({
  slug: 'session-data-size-and-secrets',
  chapter: 'store',
  title: 'What belongs in a session',
  subtitle: 'What you put in the box',
  synonyms: ['password in session', 'large session', 'serialization', 'personal data', 'memory'],
  question: 'Who else can read what the shop stores in a session?',
  weakness: 'everything-in-the-session',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: [
    ...['ASVS V3.3.5', 'ASVS V14.3.3', 'RFC6265bis 5.6', 'NIST 63B-4 5.1.1'],
    ...['CWE-312', 'CWE-315', 'CWE-770', 'CWE-789', 'CAPEC-31', 'CAPEC-130'],
  ],
  subject: ['sess:', 'basket:'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Store who she is',
      narration: {
        vulnerable:
          'The shop copies her whole row from the database into the session, because the pages may need some of it.',
        protected:
          'The shop stores her user ID and her role in the session. Whatever else a page needs, it reads from the database.',
        both: 'One variant stores her user ID and her role in the session. The other copies her whole row from the database, because the pages may need some of it.',
      },
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie'],
    },
    {
      title: 'Mallory reads a copy of the data in Redis',
      purpose: 'A second place that can leak',
      narration:
        'A backup, a replica or access with redis-cli is enough: the data in Redis is plain text to anybody who can read it, and is seldom protected like the database.',
      act: () => {},
      ask: {
        question: 'Does she find the hash of Alice’s password?',
        answer: async ({ alice, world }) => ((await recordOf(alice, world)).includes('$2b$') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory sends Alice’s session ID as a cookie',
      purpose: 'An ID is not a cookie',
      narration:
        'The name of the key ends with the session ID. A session cookie is that ID with a signature, and the secret for it is not in Redis, so the dump alone logs nobody in.',
      act: ({ alice, mallory }) => mallory.get('/me', { cookie: `${alice.cookie()?.name}=${sidOf(alice.cookie())}` }),
      claims: ['mallory sends the cookie __Host-sid', 'Redis does not get GET'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice puts six hats with Japanese names into her basket',
      purpose: 'Exceed the size limit',
      narration: {
        vulnerable:
          'The shop copies the list into a cookie, so that its pages need no request. A browser refuses a cookie whose name and value exceed 4096 bytes: it reports no error and keeps the previous cookie.',
        protected:
          'The shop keeps the list in Redis and shows what it finds there. A copy in a cookie would have a limit: a browser refuses a cookie whose name and value exceed 4096 bytes, reports no error and keeps the previous cookie.',
        both: 'One variant keeps the list in Redis and shows what it finds there. The other also copies it into a cookie, so that its pages need no request. A browser refuses a cookie whose name and value exceed 4096 bytes: it reports no error and keeps the previous cookie.',
      },
      act: async ({ alice }) => {
        for (let hat = 0; hat < 6; hat++) await alice.post('/basket', { item: longName });
      },
      claims: { vulnerable: ['alice refuses a cookie: bytes long'], protected: [] },
      ask: {
        question: 'How many hats does the page show her?',
        answer: ({ alice }) => shownBasket(alice).length,
        vulnerable: 5,
        protected: 6,
        neutral: false,
      },
    },
    {
      title: 'Mallory adds five very long items to a basket',
      purpose: 'Store without a limit',
      narration: {
        vulnerable:
          'First a hat, then five texts of ten thousand letters each; no login is needed. This shop has no limit: all of it goes into the session record, and is read from Redis, parsed and compared again with every request of that session.',
        protected:
          'First a hat, then five texts of ten thousand letters each; no login is needed. This shop accepts items of at most 80 characters, so it answers 400 and stores none of the texts.',
        both: 'First a hat, then five texts of ten thousand letters each; no login is needed. Without a limit, all of it goes into the session record, and is read from Redis, parsed and compared again with every request of that session.',
      },
      act: async ({ mallory }) => {
        await mallory.post('/basket', { item: 'hat' });
        for (let times = 0; times < 5; times++) await mallory.post('/basket', { item: 'x'.repeat(10_000) });
      },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 400,
      },
    },
    {
      title: 'Mallory opens the front page',
      purpose: 'Load it with every request',
      narration: {
        vulnerable:
          'The front page needs none of this data, but the whole record is still transferred from Redis to the shop. She could repeat this in as many sessions as she likes.',
        protected:
          'The front page needs nothing of a basket, and the record holds only its ID. So the record stays small, whatever she sends.',
        both: 'The front page needs nothing of a basket. Where one is in the session record, the whole record is still transferred from Redis to the shop. She could repeat this in as many sessions as she likes.',
      },
      act: ({ mallory }) => mallory.get('/'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'How big is her record?',
        answer: async ({ mallory, world }) =>
          (await recordOf(mallory, world)).length > 50_000 ? 'more than 50 kB' : 'less than 50 kB',
        vulnerable: 'more than 50 kB',
        protected: 'less than 50 kB',
      },
    },
  ],
  lesson: 'Keep little in a session and nothing secret: IDs, with the data itself elsewhere and limited in size.',
  fix: `req.session.userId = user.id;
req.session.role = user.role;

const item = z.object({ item: z.string().min(1).max(80) });`,
  notTheFix: [
    'Encrypting the records: the process that reads them has the key, the size stays, and data you do not store needs no key.',
    'Moving the data into a cookie: a browser drops one of more than 4096 bytes without an error, and shows a smaller one to anybody with the laptop.',
  ],
  repairs: {
    fix: {
      title: 'IDs in the session, data elsewhere',
      idea: 'The session holds the user’s ID and role, and items of a limited length are in a list in Redis.',
      because: 'The record is small and holds no secret, however much anybody puts into a basket.',
    },
    decoys: [
      {
        file: 'session-without-the-hash',
        title: 'Everything except the hash',
        idea: 'The user is copied without the password hash, and the basket is in the session instead of a cookie.',
        because:
          'Nothing in the record is secret. But every visitor can make her record as large as she likes, and each request reads all of it.',
        fails: { step: 6, answer: 'more than 50 kB' },
      },
      {
        file: 'basket-in-a-cookie',
        title: 'The basket in a cookie',
        idea: 'The session holds IDs, and a basket costs the shop no memory. Items have a limited length.',
        because:
          'The sixth hat made the cookie too large. The browser kept the old one, and neither Alice nor the shop was told.',
        fails: { step: 4, answer: 5 },
      },
    ],
  },
});
