import type { Actor } from './engine/cast.ts';
import { minutes, seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

/** What the page's timer sends. */
const poll = (page: Actor) => page.get('/session/left');

export default scenario({
  slug: 'timeout-warning',
  chapter: 'lifetime',
  title: 'A moment to say I am still here',
  question: 'How does a page know that the session is about to end, without keeping it alive by asking?',
  weakness: 'session-on-every-route',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['WCAG 2.2.1', 'ASVS V7.3.1', 'WSTG-SESS-07', 'CWE-613'],
  times: { idle: minutes(30), poll: minutes(10), warning: minutes(1) },
  inRealTime: { idle: seconds(9), poll: seconds(3), warning: seconds(5) },
  steps: [
    {
      title: 'Alice logs in and begins a long form',
      purpose: 'Work without requests',
      narration:
        'Typing sends nothing, so to the server she is idle, and after {idle} the session ends and the form is lost. Some people need longer than others; they must be warned and must be able to ask for more time.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
    },
    {
      title: 'The page asks how long is left',
      purpose: 'A question that should change nothing',
      narration:
        'It asks {poll} after the login. In a route behind the session middleware every request renews the record, also one that only asks. A route before it checks the signature of the cookie by itself and asks Redis for the time to live.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.poll);
        await poll(alice);
      },
      ask: {
        question: 'Did the question renew the record?',
        answer: async ({ world }) => {
          const [record] = await world.keys('sess:');
          return (record?.expiresIn ?? 0) > world.times.idle - world.times.poll / 2 ? 'yes' : 'no';
        },
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'It asks again, and once more near the end',
      purpose: 'Warn in time',
      narration:
        'Less than {warning} before the end the page should show its warning. A question that renews what it asks about always hears of a long time, so that page has nothing to warn of.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.poll);
        await poll(alice);
        await world.letPass(world.times.idle - 2 * world.times.poll - world.times.warning / 2);
        await poll(alice);
      },
      ask: {
        question: 'What does the page do?',
        answer: ({ alice, world }) => (alice.last.json.left <= world.times.warning ? 'it warns' : 'it is silent'),
        vulnerable: 'it is silent',
        protected: 'it warns',
      },
    },
    {
      title: 'Alice answers: I am still here',
      purpose: 'Extend on purpose',
      narration:
        'Her click is a request of its own, made by a person and not by a timer. It goes through the session, so it renews the record, and the answer sends the cookie again.',
      act: ({ alice }) => alice.post('/session/extend'),
      ask: {
        question: 'What has its full time again?',
        answer: async ({ alice, world }) => {
          const [record] = await world.keys('sess:');
          const full = (left: number | null | undefined) => (left ?? 0) > world.times.idle / 2;
          return full(record?.expiresIn) && full(alice.expiresIn()) ? 'record and cookie' : 'not both';
        },
        vulnerable: 'record and cookie',
        protected: 'record and cookie',
      },
    },
    {
      title: 'Alice sends the form',
      purpose: 'Nothing is lost',
      narration: 'The session is alive, so what she typed arrives.',
      act: ({ alice }) => alice.post('/orders'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 201,
        protected: 201,
      },
    },
    {
      title: 'Alice goes home; the page stays open',
      purpose: 'Nobody is there to answer',
      narration:
        'Somebody copies the cookie from the screen she left. The page goes on asking every {poll}, for longer than {idle}. Nobody clicks on the warning, should there be one.',
      act: async ({ alice, mallory, world }) => {
        await mallory.copyCookie(alice);
        const polls = Math.floor(world.times.idle / world.times.poll) + 1;
        for (let asked = 0; asked < polls; asked++) {
          await world.letPass(world.times.poll);
          await poll(alice);
        }
      },
      ask: {
        question: 'Is her record still in Redis?',
        answer: async ({ world }) => ((await world.keys('sess:')).length > 0 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Try outside of the browser',
      narration:
        'A tab that nobody looks at must not count as somebody being there. Where the question renewed the session, the idle limit never came, tonight or any night that the tab is open.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'Warn before the end and let a person extend it; the page’s own question about the time must not renew the session.',
  fix: `// before app.use(session(…)): nothing here is touched
app.get('/session/left', async (req, res) => {
  const sid = sessionIdOf(req, shop); // the cookie's signature, checked with cookie-signature
  // Where there is an absolute limit as well, the nearer of the two.
  res.json({ left: sid ? Math.max(0, await redis.pttl(\`sess:\${sid}\`)) : 0 });
});`,
  notTheFix: [
    'Polling a cheap route: however cheap, behind the session middleware each request says that somebody is there when nobody is.',
    'A timer in the page alone: a second tab renews the session and the first one warns of an end that does not come.',
  ],
});
