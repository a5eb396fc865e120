import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'logout-replay',
  chapter: 'logout',
  title: 'Logged out, or just out of sight',
  question: 'I logged out. Is a copy of my cookie still worth anything?',
  weakness: 'logout-clears-only-the-cookie',
  actors: { alice: 'victim', mallory: 'attacker' },
  sites: { 'https://evil.example': () => ({ body: '<img src="https://shop.example/auth/logout">' }) },
  references: ['ASVS V7.4.1', 'ASVS V7.4.4', 'WSTG-SESS-06', 'NIST 63B-4 5.1', 'CWE-613', 'CWE-294', 'CAPEC-60'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Make a session',
      narration:
        'From now on there are two things: a record in Redis that says who she is, and a cookie in her browser with the name of that record. A logout has to decide which of the two it ends.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 1,
        protected: 1,
      },
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Have it in two places',
      narration:
        'A browser extension, a backup or a proxy’s log will do. The value is text: nothing that happens to Alice’s browser changes what Mallory wrote down.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Another site tries to log Alice out',
      purpose: 'Nobody else may press it',
      narration:
        'A page of evil.example contains an image whose address is the shop’s logout. An image is fetched with GET, and this shop logs out by POST only, so the request does nothing. (Nor does her cookie travel with it.)',
      act: async ({ alice }) => {
        await alice.on('https://evil.example').image('https://shop.example/auth/logout');
        await alice.get('/me');
      },
      ask: {
        question: 'Who does the shop think Alice is?',
        answer: ({ alice }) => alice.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'alice@shop.example',
      },
    },
    {
      title: 'Alice logs out',
      purpose: 'End the session',
      narration:
        'Both shops answer 204 and tell her browser to drop the cookie. Redis gets to hear of it in one of them only: the other sets req.session to null, which to express-session means “do not save”, not “delete”.',
      act: ({ alice }) => alice.post('/auth/logout'),
      ask: {
        question: 'Is her record still in Redis?',
        answer: async ({ world }) => ((await world.keys('sess:')).length > 0 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Look from the browser',
      narration:
        'Her browser has no session cookie any more and sends none. From here both shops look as they should, and a test that stops at this step proves nothing.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'What is in her browser, and what does the shop answer?',
        answer: ({ alice }) => `${alice.cookie() ? 'a cookie' : 'no cookie'}, ${alice.last.status}`,
        vulnerable: 'no cookie, 401',
        protected: 'no cookie, 401',
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Look from outside the browser',
      narration:
        'The signature is as good as ever: it says that the shop once issued this id, not that the session still runs. That is decided by whether a record of that name can be found.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice presses logout a second time',
      purpose: 'Harmless to repeat',
      narration:
        'A second tab still shows the button. There is nothing left to end from her side, so the shop simply says yes again: an error here would only teach people to distrust the button.',
      act: ({ alice }) => alice.post('/auth/logout'),
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 204,
        protected: 204,
      },
    },
    {
      title: 'Alice logs in anew, and out again while the store cannot delete',
      purpose: 'A logout that fails',
      narration:
        'For a moment the deletion does not get through to Redis. A shop that waits for it hears of that and says so (503); her cookie stays, and she can press the button once more. A shop that never asks Redis, or does not wait for the answer, says that all is done.',
      act: async ({ alice, world }) => {
        await alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        world.breakRedis('del');
        await alice.post('/auth/logout');
        world.mendRedis();
      },
      ask: {
        question: 'What does the shop answer, and does she keep the cookie?',
        answer: ({ alice }) => `${alice.last.status}, ${alice.cookie() ? 'yes' : 'no'}`,
        vulnerable: '204, no',
        protected: '503, yes',
      },
    },
  ],
  lesson: 'Clearing the cookie hides a session from one browser; destroying the record ends it for everybody.',
  fix: `await new Promise((resolve, reject) =>
  req.session.destroy((error) => (error ? reject(error) : resolve())));
res.clearCookie('__Host-sid', { path: '/', secure: true, httpOnly: true, sameSite: 'lax' });
res.status(204).end();`,
  notTheFix: [
    'req.session.destroy() without waiting for it: the answer is 204 whether or not the record is gone, and an error that nobody waits for ends the process.',
    'HttpOnly: it keeps a script from reading the cookie, and does nothing about a copy that was made elsewhere.',
    'A shorter expiry of the cookie: a Cookie header carries no expiry, so the copy has none.',
    'Clear-Site-Data: it is a wish to the browser that logs out, and no other browser hears of it.',
  ],
});
