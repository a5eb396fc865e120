import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const credentials = { email: 'alice@shop.example', password: 'rabbit-hole-7' };

const named = (things: string[]) => (things.length === 0 ? 'nothing' : things.join(', '));

export default scenario({
  slug: 'regenerate-at-login',
  chapter: 'login',
  title: 'Session regeneration',
  subtitle: 'New ID, same basket',
  synonyms: ['req.session.regenerate', 'new session ID', 'keep basket', 'old session', 'passport', 'keepSessionInfo'],
  question: 'If a login creates a new session, what happens to the old one and its contents?',
  weakness: 'login-copies-session',
  actors: { mallory: 'attacker', alice: 'victim' },
  references: ['ASVS V7.2.4', 'ASVS V16.5.3', 'WSTG-SESS-03', 'CWE-384', 'CAPEC-61'],
  subject: ['sess:', 'basket:'],
  steps: [
    {
      title: 'Mallory plants her basket’s cookie in Alice’s browser',
      purpose: 'Plant a session ID',
      narration:
        'Mallory puts a hat into a basket, so the shop stores a session record and gives her a cookie for it. With a minute at Alice’s keyboard, she puts the same cookie into Alice’s browser: both now use one session, in which nobody is logged in.',
      act: async ({ mallory, alice }) => {
        await mallory.post('/basket', { item: 'hat' });
        await mallory.plantCookie(alice);
      },
      claims: ['the record of mallory is stored'],
    },
    {
      title: 'Alice logs in',
      purpose: 'Compare the session IDs',
      narration:
        'The shop issues a new session ID at login. A test that only compares the cookie before and after the login passes here.',
      act: ({ alice }) => alice.post('/auth/login', credentials),
      claims: {
        vulnerable: ['alice gets a new session ID', 'the record of mallory stays'],
        protected: ['alice gets a new session ID', 'the record of mallory is deleted'],
      },
      ask: {
        question: 'Does Alice still use the session ID Mallory knows?',
        answer: ({ mallory, alice }) =>
          sidOf(mallory.cookie()) === sidOf(alice.cookie()) ? 'the same ID' : 'a new ID',
        vulnerable: 'a new ID',
        protected: 'a new ID',
      },
    },
    {
      title: 'Alice puts a ring into her basket',
      purpose: 'Check that the basket remains',
      narration: {
        vulnerable:
          'The hat from before the login is still there, as customers expect. The basket is a separate list in Redis, and the session holds only that list’s ID. The login has copied the ID into the new session, so both sessions lead to the same list.',
        protected:
          'The hat from before the login is still there, as customers expect. The basket is a separate list in Redis, and the session holds only that list’s ID. The login has first given the list a new ID, so that the old one leads nowhere.',
        both: 'The hat from before the login is still there, as customers expect. The basket is a separate list in Redis, and the session holds only that list’s ID. One variant has copied the ID into the new session; the other has first given the list a new ID, so that the old one leads nowhere.',
      },
      act: ({ alice }) => alice.post('/basket', { item: 'ring' }),
      ask: {
        question: 'What is in Alice’s basket?',
        answer: ({ alice }) => named(alice.last.json.basket),
        vulnerable: 'hat, ring',
        protected: 'hat, ring',
      },
    },
    {
      title: 'Mallory opens the basket with the old cookie',
      purpose: 'Look for the old record',
      narration: {
        vulnerable:
          'A new session ID is one half of what regenerate() does; the other half is deleting the old record. This login only copied it. So the old cookie still opens the old record, and that holds the ID of the basket that Alice is filling.',
        protected:
          'A new session ID is one half of what regenerate() does; the other half is deleting the old record. So the old cookie names no record any more: the shop does not know Mallory, and shows an empty basket.',
        both: 'A new session ID is one half of what regenerate() does; the other half is deleting the old record. If the record was only copied, the old cookie still opens it, and it holds the ID of the basket that Alice is filling.',
      },
      act: ({ mallory }) => mallory.get('/basket'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'What does Mallory see?',
        answer: ({ mallory }) => named(mallory.last.json.basket),
        vulnerable: 'hat, ring',
        protected: 'nothing',
      },
    },
    {
      title: 'Mallory adds a crow-bar, and Alice orders',
      purpose: 'Try to change another user’s basket',
      narration: {
        vulnerable:
          'Mallory is not logged in and need not be. Two sessions point to one basket, so both can change it: what she puts in, Alice orders.',
        protected:
          'Mallory is not logged in and need not be. If two sessions pointed to one basket, both could change it. The old record is deleted, so she has only started a new basket of her own.',
        both: 'Mallory is not logged in and need not be. If two sessions point to one basket, both can change it. In the variant that deleted the old record, she has only started a new basket of her own.',
      },
      act: async ({ mallory, alice }) => {
        await mallory.post('/basket', { item: 'crow-bar' });
        await alice.post('/orders');
      },
      claims: { vulnerable: ['mallory keeps the session ID'], protected: ['mallory gets a new session ID'] },
      ask: {
        question: 'What did Alice buy?',
        answer: ({ alice }) => named(alice.last.json.things),
        vulnerable: 'hat, ring, crow-bar',
        protected: 'hat, ring',
      },
    },
    {
      title: 'Alice logs in again while Redis refuses writes',
      purpose: 'Test a failing login',
      narration: {
        vulnerable:
          'Every SET now fails. This login writes the session at the end of the response, when the answer is decided and the cookie is on its way.',
        protected: 'Every SET now fails. This login waits until the record is written before it answers.',
        both: 'Every SET now fails. One variant waits until the record is written before it answers; the other writes it at the end of the response, when the answer is decided and the cookie is on its way.',
      },
      act: async ({ alice, world }) => {
        world.breakRedis('set');
        await alice.post('/auth/login', credentials);
        world.mendRedis();
      },
      claims: { vulnerable: ['alice is answered 200'], protected: ['alice is answered 503'] },
      ask: {
        question: 'What does the login answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 503,
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Check the login’s answer',
      narration: {
        vulnerable:
          'No session record was written, so nobody is logged in, although the login answered 200. Nothing told Alice.',
        protected:
          'No session record was written, so nobody is logged in. The login has told Alice, so this page does not surprise her.',
        both: 'No session record was written, so nobody is logged in, whatever the login answered. Only one variant reported this to Alice.',
      },
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
    'A login deletes the old session record and copies only what is harmless: regenerate(), copy the basket, save(), answer.',
  fix: `// Give the basket a new ID, so that a second login with the same old session finds nothing under the old ID.
const basketId = req.session.basketId && (await takeBasket(context, req.session.basketId));
await regenerate(req); // a new session ID; the old record is deleted
if (basketId) req.session.basketId = basketId;
req.session.userId = user.id;
req.session.role = user.role;
req.session.loginAt = Date.now();
await save(req); // rejects if the store fails; then there is no login
res.json({ email: user.email });`,
  notTheFix: [
    'Copying the whole old session into the new one (Object.assign, or keepSessionInfo in Passport): an attacker who filled the old one chose what is in the new one.',
    'Comparing the cookie before and after the login: a new session ID does not show that the old record is deleted.',
  ],
  repairs: {
    fix: {
      title: 'Take the basket along, and save first',
      idea: 'The login deletes the old record, gives the basket a new ID, and answers when the new record is saved.',
      because: 'The old cookie leads nowhere, the basket is still there, and a login that failed says so.',
    },
    decoys: [
      {
        file: 'login-forgets-basket',
        title: 'Take nothing along, and save first',
        idea: 'Nothing from before the login gets into the new session, so an attacker can have prepared nothing.',
        because:
          'The old cookie leads nowhere. But customers lose what they put into the basket before they logged in.',
        fails: { step: 3, answer: 'ring' },
      },
      {
        file: 'login-answers-before-saving',
        title: 'Take the basket along, and answer',
        idea: 'The old record is deleted, the basket’s ID is copied, and express-session saves at the end of the response.',
        because:
          'Mallory’s cookie leads nowhere. But a login whose record cannot be written is still answered with 200.',
        fails: { step: 6, answer: 200 },
      },
    ],
  },
});
