import type { Actor, World } from './engine/cast.ts';
import { minutes, seconds } from './engine/durations.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const archive = 'https://archive.example';
const login = { email: 'alice@shop.example', password: 'rabbit-hole-7' };

/** Reports what the request after a pause renewed: the session record, the cookie, both or neither. */
async function renewedBy(actor: Actor, world: World<'idle' | 'pause'>): Promise<string> {
  const [record] = await world.keys(`sess:${sidOf(actor.cookie())}`);
  const { idle, pause } = world.times;
  const renewed = (left: number | null | undefined) => (left ?? 0) > idle - pause + seconds(1);
  if (renewed(record?.expiresIn)) return renewed(actor.expiresIn()) ? 'record and cookie' : 'only the record';
  return renewed(actor.expiresIn()) ? 'only the cookie' : 'nothing';
}

export default scenario({
  slug: 'rolling-refresh',
  chapter: 'lifetime',
  title: 'Rolling refresh (sliding expiration)',
  subtitle: 'Who renews what',
  synonyms: [
    'sliding',
    'sliding session',
    'rolling: true',
    'renew',
    'touch',
    'timeout',
    'keep logged in',
    'logged out',
  ],
  question: 'I use the shop all the time. Why does it log me out?',
  weakness: 'cookie-not-renewed',
  setup: { apps: { [archive]: { weakness: 'records-not-renewed' } } },
  actors: { alice: 'victim', mallory: 'attacker', tablet: { role: 'victim', label: 'Alice’s tablet' } },
  references: ['ASVS V7.3.1', 'WSTG-SESS-07', 'CWE-613'],
  times: { idle: minutes(30), pause: minutes(20) },
  inRealTime: { idle: seconds(7), pause: seconds(4) },
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Start both lifetimes',
      narration:
        'Her session cookie and its record in Redis both expire after {idle}. From now on each is renewed by its own mechanism.',
      act: ({ alice }) => alice.post('/auth/login', login),
      claims: ['alice gets a session cookie'],
    },
    {
      title: 'Mallory copies the cookie’s value',
      purpose: 'Keep a copy without an expiry',
      narration: 'The copy will show whether the server itself still accepts the session when no browser is involved.',
      act: ({ mallory, alice }) => mallory.copyCookie(alice),
    },
    {
      title: 'Alice returns after {pause}',
      purpose: 'See what a request renews',
      narration:
        'Each request in an active session makes express-session touch the store: the record expires in {idle} again. The cookie is renewed only if the response sets it again. The option rolling (sliding expiration) decides that.',
      act: async ({ alice, world }) => {
        await world.letPass(world.times.pause);
        await alice.get('/me');
      },
      claims: {
        vulnerable: ['alice sends a session cookie', 'the record of alice is renewed', 'alice gets no session cookie'],
        protected: ['alice sends a session cookie', 'the record of alice is renewed', 'alice gets a session cookie'],
      },
      ask: {
        question: 'What did the response renew?',
        answer: ({ alice, world }) => renewedBy(alice, world),
        vulnerable: 'only the record',
        protected: 'record and cookie',
      },
    },
    {
      title: 'Alice returns after {pause} more',
      purpose: 'Pass the first expiry while active',
      narration: {
        vulnerable:
          'She was never idle for {idle}. But the cookie was not renewed: it expired {idle} after the login, whatever she did, and her browser does not send it.',
        protected:
          'She was never idle for {idle}. The cookie was renewed with her last request, so the browser still has it. Otherwise it would have expired {idle} after the login, whatever she did.',
        both: 'She was never idle for {idle}. But a cookie that is not renewed expires {idle} after the login, whatever she does, and then her browser does not send it.',
      },
      act: async ({ alice, world }) => {
        await world.letPass(world.times.pause);
        await alice.get('/me');
      },
      claims: { vulnerable: ['alice sends no session cookie'], protected: ['alice sends a session cookie'] },
      ask: {
        question: 'What does the shop answer?',
        answer: ({ alice }) => alice.last.status,
        vulnerable: 401,
        protected: 200,
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Check without the browser',
      narration: {
        vulnerable:
          'Alice’s requests renewed the record, so the copy still works: the owner is logged out, and the attacker is not.',
        protected:
          'Alice’s requests renewed the record and her cookie, so she stays logged in, and the copy works as well. Renewing both does not protect against a stolen cookie.',
        both: 'Alice’s requests renewed the record, so the copy still works. In the vulnerable variant the owner is logged out and the attacker is not; in the protected one both are logged in. Renewing both does not protect against a stolen cookie.',
      },
      act: ({ mallory }) => mallory.get('/me', { storeCookies: false }),
      claims: ['mallory sends the session ID of alice'],
      ask: {
        question: 'Who is logged in now?',
        answer: ({ alice, mallory }) => {
          const inside = [alice.last.status === 200 && 'Alice', mallory.last.status === 200 && 'Mallory'].filter(
            Boolean,
          );
          return inside.length === 0 ? 'nobody' : inside.join(' and ');
        },
        vulnerable: 'Mallory',
        protected: 'Alice and Mallory',
        neutral: true,
        leads: true,
      },
    },
    {
      title: 'The tablet logs in at the archive and returns after {pause}',
      purpose: 'Renew only the cookie',
      narration:
        'The archive is an app with the opposite mistake: it uses rolling, and a store with disableTouch. That saves one command for each request.',
      act: async ({ tablet, world }) => {
        await tablet.on(archive).post('/auth/login', login);
        await world.letPass(world.times.pause);
        await tablet.on(archive).get('/me');
      },
      claims: ['tablet sends a session cookie', 'tablet gets a session cookie'],
      ask: {
        question: 'What did the response renew?',
        answer: ({ tablet, world }) => renewedBy(tablet, world),
        vulnerable: 'only the cookie',
        protected: 'only the cookie',
      },
    },
    {
      title: 'The tablet returns after {pause} more',
      purpose: 'A cookie without a record',
      narration:
        'The tablet was never idle for {idle} either. This time the browser still has the cookie, but its record expired {idle} after the login: an active user is logged out again, for the opposite reason.',
      act: async ({ tablet, world }) => {
        await world.letPass(world.times.pause);
        await tablet.on(archive).get('/me');
      },
      claims: ['tablet sends a session cookie', 'tablet has a session cookie'],
      ask: {
        question: 'What does the archive answer?',
        answer: ({ tablet }) => tablet.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Mallory sends her copy once more',
      purpose: 'Idle for longer than {idle}',
      narration:
        'Nobody has sent a request to the shop for twice {pause}, and without a request nothing renews the record. It has expired, and the copy is worthless.',
      act: ({ mallory }) => mallory.get('/me', { storeCookies: false }),
      claims: ['mallory sends a session cookie', 'mallory is answered 401'],
      ask: {
        question: 'Is Mallory still logged in?',
        answer: ({ mallory }) => (mallory.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'no',
        protected: 'no',
      },
    },
  ],
  lesson:
    'touch renews the record, rolling renews the cookie: with only one of them, an active user is logged out while the renewed part stays valid.',
  fix: `session({
  rolling: true, // the default is false
  cookie: { ...cookieAttributes, maxAge: 30 * 60_000 },
  store: new RedisStore({ client: redis }), // without disableTouch: each request renews the record
  ...rest,
});`,
  notTheFix: [
    'resave: true: it writes the record with each request, which renews it like touch, but sends no cookie.',
    'A longer maxAge: the active user is logged out later, and an idle session also ends later.',
  ],
  repairs: {
    fix: {
      title: 'Send the cookie with every response',
      idea: 'A response that renews the record also sets the cookie again, with its full lifetime.',
      because: 'Cookie and record are renewed by the same request, so both end together after the same idle time.',
    },
    decoys: [
      {
        file: 'record-written-by-each-request',
        title: 'Write the record with every request',
        idea: 'Each request saves the session again, so an active session never runs out.',
        because:
          'That renews the record, which was renewed before. No response sets the cookie, so the browser still deletes it.',
        fails: { step: 4, answer: 401 },
      },
      {
        file: 'cookie-not-renewed-but-longer',
        title: 'Let the session last twice as long',
        idea: 'With twice the lifetime, somebody who is active is not logged out in the middle of it.',
        because:
          'Alice is logged out later, but an idle session also ends later: Mallory’s copy outlives the idle timeout.',
        fails: { step: 8, answer: 'yes' },
      },
    ],
  },
});
