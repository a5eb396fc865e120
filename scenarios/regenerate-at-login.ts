import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const credentials = { email: 'alice@shop.example', password: 'rabbit-hole-7' };

const named = (things: string[]) => (things.length === 0 ? 'nothing' : things.join(', '));

export default scenario({
  slug: 'regenerate-at-login',
  chapter: 'login',
  title: 'New id, same basket',
  question: 'If a login makes a new session, what becomes of the old one and of what was in it?',
  weakness: 'login-copies-session',
  actors: { mallory: 'attacker', alice: 'victim' },
  references: ['ASVS V7.2.4', 'ASVS V16.5.3', 'WSTG-SESS-03', 'CWE-384', 'CAPEC-61'],
  steps: [
    {
      title: 'Mallory plants her basket’s cookie in Alice’s browser',
      purpose: 'Fix the id',
      narration:
        'Mallory puts a hat into a basket, so the shop stores a record and gives her a cookie for it. She puts the same cookie into Alice’s browser: both now use one session, in which nobody is logged in.',
      act: async ({ mallory, alice }) => {
        await mallory.post('/basket', { item: 'hat' });
        await mallory.plantCookie(alice);
      },
    },
    {
      title: 'Alice logs in',
      purpose: 'Look at the new id',
      narration:
        'Both shops have learned that a login needs a new id, and give her one. A test that only compares the cookie before and after would be content with either.',
      act: ({ alice }) => alice.post('/auth/login', credentials),
      ask: {
        question: 'Does Alice still use the id Mallory knows?',
        answer: ({ mallory, alice }) =>
          sidOf(mallory.cookie()) === sidOf(alice.cookie()) ? 'the same id' : 'a new id',
        vulnerable: 'a new id',
        protected: 'a new id',
      },
    },
    {
      title: 'Alice puts a ring into her basket',
      purpose: 'See that the basket came along',
      narration:
        'The hat from before the login is still there, as customers expect. The things are in a list of their own in Redis, and the session holds only the name of that list. One shop has copied the name into the new session; the other has given the list a new name first, so that the old one leads nowhere.',
      act: ({ alice }) => alice.post('/basket', { item: 'ring' }),
      ask: {
        question: 'What is in Alice’s basket?',
        answer: ({ alice }) => named(alice.last.json.basket),
        vulnerable: 'hat, ring',
        protected: 'hat, ring',
      },
    },
    {
      title: 'Mallory looks into the basket with the old cookie',
      purpose: 'Look for the old record',
      narration:
        'A new id is one half of what regenerate() does; the other half is to delete the old record. Where it was only copied, the old cookie still opens it, and in it stands the name of the basket that Alice is filling.',
      act: ({ mallory }) => mallory.get('/basket'),
      ask: {
        question: 'What does Mallory see?',
        answer: ({ mallory }) => named(mallory.last.json.basket),
        vulnerable: 'hat, ring',
        protected: 'nothing',
      },
    },
    {
      title: 'Mallory adds a crow-bar and Alice orders',
      purpose: 'Write into somebody’s session',
      narration:
        'Mallory is not logged in and need not be. What two sessions both point to, both can change; in the shop that deleted the old record she has only started a new basket of her own.',
      act: async ({ mallory, alice }) => {
        await mallory.post('/basket', { item: 'crow-bar' });
        await alice.post('/orders');
      },
      ask: {
        question: 'What has Alice bought?',
        answer: ({ alice }) => named(alice.last.json.things),
        vulnerable: 'hat, ring, crow-bar',
        protected: 'hat, ring',
      },
    },
    {
      title: 'The store stops writing while Alice logs in again',
      purpose: 'See a login fail honestly',
      narration:
        'Every SET now fails. One shop awaits the writing of the record before it answers; the other leaves it to the end of the response, when the answer is decided and the cookie is on its way.',
      act: async ({ alice, world }) => {
        world.breakRedis('set');
        await alice.post('/auth/login', credentials);
        world.mendRedis();
      },
      ask: {
        question: 'What is the login answered with?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 503,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Compare answer and truth',
      narration:
        'No record was written, so nobody is logged in, whatever the login was answered with. Only one of the two shops told her so.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson:
    'A login deletes the old record and carries over by name what is harmless: regenerate(), copy the basket, save(), answer.',
  fix: `// The same basket under a new name: whoever knows the old one, from a second login with the same session, finds nothing there.
const basketId = req.session.basketId && (await takeBasket(shop, req.session.basketId));
await regenerate(req); // a new id, and the old record is deleted
if (basketId) req.session.basketId = basketId;
req.session.userId = user.id;
req.session.role = user.role;
req.session.loginAt = Date.now();
await save(req); // rejects when the store fails, and then there is no login
res.json({ email: user.email });`,
  notTheFix: [
    'Copying the whole old session into the new one (Object.assign, or keepSessionInfo in Passport): whoever filled the old one chose what is in the new one.',
    'Comparing the cookie before and after the login: a new id says nothing about whether the old record is gone.',
  ],
});
