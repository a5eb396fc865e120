import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'logout-replay',
  chapter: 'logout',
  title: 'Logout on the server',
  subtitle: 'Logged out, or just out of sight',
  synonyms: ['sign out', 'log out', 'log me out', 'destroy', 'replay', 'stolen cookie', 'revoke', 'token revocation'],
  question: 'I logged out. Does a copy of my session cookie still work?',
  weakness: 'logout-clears-only-the-cookie',
  actors: { alice: 'victim', mallory: 'attacker' },
  sites: { 'https://evil.example': () => ({ body: '<img src="https://shop.example/auth/logout">' }) },
  openPages: ['https://evil.example'],
  references: ['ASVS V7.4.1', 'WSTG-SESS-06', 'NIST 63B-4 5.1', 'CWE-613', 'CWE-294', 'CAPEC-60'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Create a session',
      narration:
        'Two things now exist: a session record in Redis that says who she is, and a cookie in her browser with the session ID that names this record. A logout has to decide which of the two it ends.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie', 'the record of alice is stored'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 1,
        protected: 1,
      },
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Keep a copy of the cookie',
      narration:
        'A browser extension, a backup or a proxy log is enough for that. The value is text: nothing that happens in Alice’s browser changes Mallory’s copy.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Another site tries to log Alice out',
      purpose: 'Block logout by other sites',
      narration:
        'A page of evil.example contains an image whose URL is the shop’s logout. SameSite=Lax holds the cookie back, so the shop does not know who asks, and answers 401. With the cookie, it would end nothing either: browsers fetch images with GET, and this shop logs out by POST only.',
      act: async ({ alice }) => {
        await alice.on('https://evil.example').image('https://shop.example/auth/logout');
        await alice.get('/me');
      },
      claims: ['alice holds a cookie back: SameSite'],
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
      narration: {
        vulnerable:
          'The shop answers 204 and tells her browser to delete the cookie. It sets req.session to null, which to express-session means “do not save”, not “delete”.',
        protected:
          'The shop answers 204 and tells her browser to delete the cookie. It also deletes the session record.',
        both: 'Both variants answer 204 and tell her browser to delete the cookie. Only one of them also deletes the session record. The other sets req.session to null, which to express-session means “do not save”, not “delete”.',
      },
      act: ({ alice }) => alice.post('/auth/logout'),
      claims: {
        vulnerable: ['alice loses the session cookie', 'the record of alice stays'],
        protected: ['alice loses the session cookie', 'the record of alice is deleted'],
      },
      ask: {
        question: 'Is her session record still in Redis?',
        answer: async ({ world }) => ((await world.keys('sess:')).length > 0 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice opens her account page',
      purpose: 'Check from the browser',
      narration:
        'Her browser no longer has a session cookie and sends none. Seen from the browser, the shop behaves correctly, and a test that stops at this step proves nothing.',
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends no session cookie', 'alice has no session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Replay the copied cookie',
      narration: {
        vulnerable:
          'The signature is still valid: it proves that the shop once issued this session ID. The record of that name still exists, so to the shop the session is active.',
        protected:
          'The signature is still valid: it proves that the shop once issued this session ID, not that the session is still active. The record of that name was deleted, so the copy means nobody.',
        both: 'The signature is still valid: it proves that the shop once issued this session ID, not that the session is still active. The session is active if a record of that name exists.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends the session ID of alice'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice clicks logout a second time',
      purpose: 'Repeat the logout',
      narration:
        'A second tab still shows the button. Alice’s browser has no session left to end, so the shop reports success again. An error would only teach users to distrust the button.',
      act: ({ alice }) => alice.post('/auth/logout'),
      claims: ['alice sends no session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 204,
        protected: 204,
      },
    },
    {
      title: 'Alice logs in and out again while Redis cannot delete',
      purpose: 'A logout that fails',
      narration: {
        vulnerable:
          'For a moment the deletion does not reach Redis. This shop notices nothing, because its logout never asks Redis to delete. It answers 204, and Alice’s browser drops the cookie.',
        protected:
          'For a moment the deletion does not reach Redis. This shop waits for it, notices the error and answers 503. Alice keeps her cookie and can try again.',
        both: 'For a moment the deletion does not reach Redis. A shop that waits for it notices the error and answers 503; Alice keeps her cookie and can try again. A shop that never asks Redis, or does not wait for the reply, reports success.',
      },
      act: async ({ alice, world }) => {
        await alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        world.breakRedis('del');
        await alice.post('/auth/logout');
        world.mendRedis();
      },
      claims: {
        vulnerable: ['alice is answered 204', 'alice has no session cookie'],
        protected: ['alice is answered 503', 'alice has a session cookie'],
      },
      ask: {
        question: 'Does Alice keep the cookie, so that she can try again?',
        answer: ({ alice }) => (alice.cookie() ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'yes',
      },
    },
  ],
  lesson: 'Clearing the cookie removes it from one browser; destroying the session record ends the session everywhere.',
  fix: `await new Promise((resolve, reject) =>
  req.session.destroy((error) => (error ? reject(error) : resolve())));
res.clearCookie('__Host-sid', { path: '/', secure: true, httpOnly: true, sameSite: 'lax' });
res.status(204).end();`,
  notTheFix: [
    'req.session.destroy() without waiting for it: the answer is 204 whether or not the record was deleted, and an unhandled error ends the process.',
    'HttpOnly: it keeps a script from reading the cookie, but does nothing about a copy that was made another way.',
    'A shorter expiry of the cookie: a Cookie header carries no expiry, so the copy has none.',
    'Clear-Site-Data: it asks only the browser that logs out, and no other browser receives it.',
  ],
  repairs: {
    fix: {
      title: 'Destroy the session, then answer',
      idea: 'The logout waits until the record is deleted, clears the cookie and answers.',
      because: 'Without the record every copy is worthless, and a logout that failed does not claim success.',
    },
    decoys: [
      {
        file: 'logout-clears-site-data',
        title: 'Clear everything in the browser',
        idea: 'Clear-Site-Data makes the browser delete its cookies, its cache and its storage, all at once.',
        because:
          'It asks only the browser that logs out. Mallory’s copy is elsewhere, and its record is still in Redis.',
        fails: { step: 6, answer: 'alice@shop.example' },
      },
      {
        file: 'logout-does-not-wait',
        title: 'Destroy the session, answer at once',
        idea: 'The record is deleted in the background, so nobody has to wait for Redis to log out.',
        because:
          'The copy is worthless as long as Redis works. When the deletion fails, the shop still reports success.',
        fails: { step: 8, answer: 'no' },
      },
    ],
  },
});
