import type { Actor, World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

/** So many requests, each as if it were somebody's first: no cookie is sent and none is kept. */
async function strangers(who: Actor, count: number, path: string): Promise<void> {
  for (let times = 0; times < count; times++) await who.get(path, { cookie: '' });
}

const records = async (world: World) => (await world.keys('sess:')).length;

export default scenario({
  slug: 'save-uninitialized-flood',
  chapter: 'store',
  title: 'Fifty thousand empty sessions',
  question: 'What does it cost to be looked at by somebody without a cookie?',
  weakness: 'session-for-every-visitor',
  actors: { mallory: { role: 'attacker', label: 'Mallory’s bot' }, alice: 'victim' },
  references: ['ASVS V2.4.1', 'CWE-770', 'CWE-1188', 'CAPEC-125', 'CAPEC-130'],
  steps: [
    {
      title: 'A bot asks for the front page fifty times',
      purpose: 'Fifty first visits',
      narration:
        'It keeps no cookies, so each request is a first visit. saveUninitialized decides whether a session that nobody has written anything into is stored. A real bot does not stop at fifty.',
      act: ({ mallory }) => strangers(mallory, 50, '/'),
      ask: {
        question: 'How many session records does Redis hold?',
        answer: ({ world }) => records(world),
        vulnerable: 50,
        protected: 0,
      },
    },
    {
      title: 'The bot tries twenty pages that do not exist',
      purpose: 'Errors count as well',
      narration:
        'The session is made before anybody looks at the path, so it makes no difference that the answer is an error. Load balancers that ask “are you alive?” without a cookie are strangers, too.',
      act: ({ mallory }) => strangers(mallory, 20, '/wp-login.php'),
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: ({ world }) => records(world),
        vulnerable: 70,
        protected: 0,
      },
    },
    {
      title: 'Alice looks at the front page',
      purpose: 'The visitor who only looks',
      narration:
        'She does nothing the shop would have to remember. A cookie she gets all the same is one that can be used to follow her around, and to be planted in somebody else’s browser.',
      act: ({ alice }) => alice.get('/'),
      ask: {
        question: 'Does she get a cookie?',
        answer: ({ alice }) => (alice.cookie() ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice puts a hat into her basket',
      purpose: 'Something to remember',
      narration:
        'Now there is something to store, and both shops have a record and a cookie for her. Nothing is lost by waiting until here.',
      act: ({ alice }) => alice.post('/basket', { item: 'hat' }),
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: ({ world }) => records(world),
        vulnerable: 71,
        protected: 1,
      },
    },
  ],
  lesson: 'Do not store a session for somebody who has nothing to remember: saveUninitialized: false.',
  fix: `app.use(session({
  // Its default is true.
  saveUninitialized: false,
  // …
}));`,
  notTheFix: [
    'A short time to live: it changes how many empty records there are at once, not that each request makes one.',
    'Refusing known bots: whoever wants to fill the store calls itself a browser.',
  ],
});
