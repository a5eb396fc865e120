import { seconds } from './engine/durations.ts';
import { scenario } from './engine/scenario.ts';

const login = { email: 'alice@shop.example', password: 'rabbit-hole-7', goTo: '/me' };

export default scenario({
  slug: 'redirect-before-save',
  chapter: 'login',
  title: 'save() before redirect',
  subtitle: 'Login that needs two clicks',
  synonyms: ['redirect', 'req.session.save', 'not logged in', 'race', 'log in twice', '401'],
  question: 'My password was correct. Why am I not logged in on the page I am redirected to?',
  weakness: 'login-answers-before-saving',
  actors: { alice: 'victim', phone: { role: 'person', label: 'Alice’s phone' } },
  references: ['ASVS V16.5.3', 'CWE-362', 'CAPEC-26', 'expressjs/session#360'],
  steps: [
    {
      title: 'Redis writes become slow',
      purpose: 'Make a race condition visible',
      narration:
        'Redis is busy, and a SET takes a second to arrive; reads are as fast as ever. In a quiet shop the write usually wins the race against the next request, so the bug appears as a complaint and not as a failed test.',
      // One second, so that even on a busy machine the next request arrives before the SET.
      act: ({ world }) => world.slowRedis(seconds(1), 'set'),
    },
    {
      title: 'Alice logs in and is redirected to her account',
      purpose: 'Redirect after a login',
      narration: {
        vulnerable:
          'A login often answers with a redirect, and a browser follows it as soon as the headers arrive. By default, express-session writes the session record when the response ends, and sends the headers without waiting for the write.',
        protected:
          'A login often answers with a redirect, and a browser follows it as soon as the headers arrive. This login calls save() and waits for Redis before it answers. It takes a second longer, and the record is there when the browser asks for the next page.',
        both: 'A login often answers with a redirect, and a browser follows it as soon as the headers arrive. By default, express-session writes the session record when the response ends, and does not wait for the write. The protected login calls save() and waits before it answers.',
      },
      act: ({ alice }) => alice.post('/auth/login', login),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'What does the page she is redirected to answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Alice opens her account again',
      purpose: 'Try a second click',
      narration: {
        vulnerable:
          'By now the record has arrived. Her cookie was correct all along: it named a record that was still being written.',
        protected: 'Nothing changes for Alice: the record was there before the redirect, and her cookie names it.',
        both: 'By now the record is in Redis in both variants. Her cookie was correct all along; where the first page was refused, it named a record that was still being written.',
      },
      act: async ({ alice, world }) => {
        await world.slowCommandsArrived();
        await alice.get('/me');
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'What does the shop answer now?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
    {
      title: 'Now Redis writes fail',
      purpose: 'Make the write fail',
      narration: 'From now on, each SET fails, as if Redis could not be reached. Reads still work.',
      act: ({ world }) => {
        world.slowRedis(0);
        world.breakRedis('set');
      },
    },
    {
      title: 'Alice logs in on her phone',
      purpose: 'Log in while writes fail',
      narration: {
        vulnerable:
          'The shop answers first and stores later. When the SET fails, it has already sent the redirect, with a cookie for a record that will never exist.',
        protected:
          'The shop stores first. The SET fails while the login still waits for it, so the shop can report the error: 503, and no session cookie.',
        both: 'A shop that answers first and stores later has already sent the redirect when the error occurs, with a cookie for a record that will never exist. A shop that stores first can still report the error.',
      },
      act: ({ phone }) => phone.post('/auth/login', login),
      claims: {
        vulnerable: ['no record is stored', 'phone gets a session cookie'],
        protected: ['no record is stored'],
      },
      ask: {
        question: 'What status does the phone end up with?',
        answer: ({ phone }) => phone.last.status,
        vulnerable: 401,
        protected: 503,
      },
    },
    {
      title: 'Redis works again; the phone tries once more',
      purpose: 'See what that login left behind',
      narration: {
        vulnerable:
          'The phone opens the account with the cookie from its login. No record was written, so the login has logged nobody in. Alice saw no error, only a page that asks her to log in right after her login.',
        protected:
          'The phone has no session cookie, because the login failed. It has logged nobody in, and Alice knows: the error told her to try again.',
        both: 'The phone opens the account with whatever cookie it has. No record was written, so a login that failed has logged nobody in. The difference is what Alice saw: an error that says to try again, or a page that asks her to log in right after her login.',
      },
      act: async ({ phone, world }) => {
        world.mendRedis();
        await phone.get('/me');
      },
      claims: { vulnerable: ['phone sends a session cookie'], protected: ['phone sends no session cookie'] },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ phone }) => phone.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson:
    'Save the session, wait until it is saved, and only then answer: the next request may be faster than the store.',
  fix: `await regenerate(req);
req.session.userId = user.id;
// rejects if the store fails; then there is no login
await save(req);
res.redirect(303, '/me');`,
  notTheFix: [
    'A pause before the redirect: it makes every login slow, and is too short when the store is slower still.',
    'res.json instead of res.redirect: a client that waits for the last byte is late enough, but the status is still sent before the record is written, so it is 200 even if the store then fails.',
  ],
  repairs: {
    fix: {
      title: 'Save, wait, then redirect',
      idea: 'The login waits until the store has confirmed the record. If the store fails, so does the login.',
      because: 'The record exists before the browser learns where to go next.',
    },
    decoys: [
      {
        file: 'login-pauses-before-redirect',
        title: 'Save, pause, then redirect',
        idea: 'The login starts to write the record, and redirects after 200 milliseconds: more than Redis usually needs.',
        because: 'This write needs a second. The redirect is followed before the record arrives.',
        fails: { step: 2, answer: 401 },
      },
      {
        file: 'login-ignores-a-failed-save',
        title: 'Save and wait, log errors',
        idea: 'The login waits for the record. An error of the store goes to the log, and does not become an error page.',
        because:
          'Slow writes are no problem now. But when the write fails, the phone is redirected as if it had worked, and nobody is logged in.',
        fails: { step: 5, answer: 401 },
      },
    ],
  },
});
