import type { Actor } from './engine/cast.ts';
import { minutes, seconds } from './engine/durations.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (device: Actor) => device.post('/auth/login', { email: 'alice@shop.example', password });

/** What the list Mallory read last calls the session of Alice's laptop: an id where ids are shown, else a handle. */
const nameOfLaptop = (mallory: Actor): string => {
  const listed = mallory.last.json.sessions.find(({ device }: { device: string }) => device.includes('laptop'));
  return listed.sid ?? listed.handle;
};

export default scenario({
  slug: 'session-listing',
  chapter: 'logout',
  title: 'Where am I logged in',
  question: 'What may a list of my sessions show, and what must it not?',
  weakness: 'session-list-gives-ids-away',
  actors: {
    laptop: { role: 'victim', label: 'Alice’s laptop' },
    tablet: { role: 'person', label: 'Alice’s tablet' },
    mallory: 'attacker',
  },
  references: ['ASVS V7.5.2', 'WSTG-SESS-11', 'CWE-613', 'CWE-522', 'CAPEC-593'],
  times: { idle: minutes(30), away: minutes(20) },
  inRealTime: { idle: seconds(8), away: seconds(5) },
  steps: [
    {
      title: 'Alice logs in on her tablet',
      purpose: 'A session to forget',
      narration:
        'Beside the record the shop writes down when this login was and which browser it came from. The tablet goes into a drawer. Its session will end {idle} after its last request.',
      act: ({ tablet }) => logIn(tablet),
    },
    {
      title: 'After {away} the laptop logs in, and so does Mallory',
      purpose: 'One session too many',
      narration:
        'Mallory has guessed Alice’s password. The shop cannot tell her from Alice; a list of sessions is how Alice herself could.',
      act: async ({ laptop, mallory, world }) => {
        await world.letPass(world.times.away);
        await logIn(laptop);
        await logIn(mallory);
      },
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 3,
        protected: 3,
      },
    },
    {
      title: 'Another {away} pass',
      purpose: 'Let one record end',
      narration:
        'The tablet was left alone for longer than {idle}, so Redis drops its record by itself. Nobody is told, and the list beside the records still has three entries.',
      act: ({ world }) => world.letPass(world.times.away),
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'Alice opens the list on her laptop',
      purpose: 'Find the stranger',
      narration:
        'Mallory’s browser is on it in both shops. One of them asks Redis for each entry whether there is still a record, and marks the session that asks; the other prints what was once written down.',
      act: ({ laptop }) => laptop.get('/sessions'),
      ask: {
        question: 'How many sessions does the list show?',
        answer: ({ laptop }) => laptop.last.json.sessions.length,
        vulnerable: 3,
        protected: 2,
      },
    },
    {
      title: 'Mallory opens the list too',
      purpose: 'Read it with other eyes',
      narration:
        'She is logged in as Alice, so it is her list as well. A script that got into a page could read it just so, although HttpOnly keeps the cookie from it. To end a session one needs a name for it, and the id is the worst one.',
      act: ({ mallory }) => mallory.get('/sessions'),
      ask: {
        question: 'Does the answer contain the id of the laptop’s session?',
        answer: ({ mallory, laptop }) =>
          mallory.last.text.includes(sidOf(laptop.cookie()) ?? 'no cookie') ? 'yes' : 'no',
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice logs out all other devices',
      purpose: 'Throw the stranger out',
      narration:
        'She saw a browser that is not hers. Mallory’s record is gone with this, in both shops, and Alice believes the matter to be settled.',
      act: ({ laptop }) => laptop.post('/sessions/end-others', { password }),
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 1,
        protected: 1,
      },
    },
    {
      title: 'Mallory puts what the list said into her cookie',
      purpose: 'Try the name as a key',
      narration:
        'She sends it as it stands. The shop signs its ids and takes no unsigned one, so a leaked id is half a key: one more thing has to go wrong.',
      act: async ({ mallory }) => {
        const name = nameOfLaptop(mallory);
        mallory.editCookie(() => name);
        await mallory.get('/me');
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory signs it with the shop’s secret',
      purpose: 'The second mistake',
      narration:
        'The secret was in an old backup. With it she can sign whatever she likes; what she still needs is an id that is alive. A hash of the id is of no use: it signs well, and no record has that name.',
      act: async ({ mallory, world }) => {
        mallory.editCookie((name) => world.sign(name, 'old'));
        await mallory.get('/me');
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'Show people their living sessions under names that are no keys: a hash of the id, joined with what Redis still has.',
  fix: `const handle = createHash('sha256').update(sid).digest('base64url').slice(0, 16);
const alive = (await load(store, sid)) !== undefined;
return { handle, device, loginAt, current: sid === req.sessionID };`,
  notTheFix: [
    'HttpOnly: it hides the cookie from scripts, and an id in a JSON answer is no cookie.',
    'Signed cookies: they make a leaked id worthless only as long as the secret has never leaked.',
    'Showing only half of the id: what is left to guess is half of what was meant to be unguessable.',
  ],
});
