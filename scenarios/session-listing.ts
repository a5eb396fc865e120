import type { Actor } from './engine/cast.ts';
import { minutes, seconds } from './engine/durations.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (device: Actor) => device.post('/auth/login', { email: 'alice@shop.example', password });

/** The name of the laptop's session in the list that Mallory read last: its session ID if shown, else its handle. */
const nameOfLaptop = (mallory: Actor): string => {
  const listed = mallory.last.json.sessions.find(({ device }: { device: string }) => device.includes('laptop'));
  return listed.sid ?? listed.handle;
};

export default scenario({
  slug: 'session-listing',
  chapter: 'logout',
  title: 'List of active sessions',
  subtitle: 'Where am I logged in',
  synonyms: ['active devices', 'where you are signed in', 'my sessions', 'devices', 'revoke'],
  question: 'What may a list of my active sessions show, and what not?',
  weakness: 'session-list-gives-ids-away',
  actors: {
    laptop: { role: 'victim', label: 'Alice’s laptop' },
    tablet: { role: 'person', label: 'Alice’s tablet' },
    mallory: 'attacker',
  },
  references: ['ASVS V7.5.2', 'WSTG-SESS-11', 'CWE-613', 'CWE-522', 'CAPEC-593'],
  subject: ['sess:', 'user:*:sessions'],
  times: { idle: minutes(30), away: minutes(20) },
  inRealTime: { idle: seconds(8), away: seconds(5) },
  steps: [
    {
      title: 'Alice logs in on her tablet',
      purpose: 'A session left unused',
      narration:
        'Beside the session record the shop stores the time and the browser of this login. Alice puts the tablet away. Its session will expire {idle} after its last request.',
      act: ({ tablet }) => logIn(tablet),
      claims: ['tablet gets a session cookie'],
    },
    {
      title: 'After {away} the laptop logs in, and so does Mallory',
      purpose: 'An attacker logs in',
      narration:
        'Mallory has guessed Alice’s password. The shop cannot tell her from Alice, but Alice herself could, with a list of her sessions.',
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
      purpose: 'Let one record expire',
      narration:
        'The tablet was idle for longer than {idle}, so Redis deletes its record. The app is not notified, and the list beside the records still has three entries.',
      act: ({ world }) => world.letPass(world.times.away),
      claims: ['the record of tablet expires'],
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'Alice opens the list on her laptop',
      purpose: 'Find the attacker’s session',
      narration: {
        vulnerable: 'Mallory’s browser is on the list. The shop shows the list as it was stored.',
        protected:
          'Mallory’s browser is on the list. The shop checks in Redis that each entry still has a record, and marks the current session.',
        both: 'Mallory’s browser is on the list in both variants. One variant checks in Redis that each entry still has a record, and marks the current session. The other shows the list as it was stored.',
      },
      act: ({ laptop }) => laptop.get('/sessions'),
      ask: {
        question: 'How many sessions does the list show?',
        answer: ({ laptop }) => laptop.last.json.sessions.length,
        vulnerable: 3,
        protected: 2,
        neutral: false,
        leads: true,
      },
    },
    {
      title: 'Mallory opens the list too',
      purpose: 'Read the list as an attacker',
      narration: {
        vulnerable:
          'She is logged in as Alice, so the shop shows her the list as well. Ending a session requires a name for it, and this list uses the session ID, the worst one. An injected script (XSS) could read it too, although HttpOnly hides the cookie.',
        protected:
          'She is logged in as Alice, so the shop shows her the list as well, and an injected script (XSS) could read it too. Ending a session requires a name for it. This list uses a hash of the session ID, so the ID is not in the response.',
        both: 'She is logged in as Alice, so the shop shows her the list as well. An injected script (XSS) could read it too, although HttpOnly hides the cookie. Ending a session requires a name for it, and the session ID is the worst one.',
      },
      act: ({ mallory }) => mallory.get('/sessions'),
      claims: ['mallory sends a session cookie'],
      ask: {
        question: 'Does the response contain the laptop’s session ID?',
        answer: ({ mallory, laptop }) =>
          mallory.last.text.includes(sidOf(laptop.cookie()) ?? 'no cookie') ? 'yes' : 'no',
        vulnerable: 'yes',
        protected: 'no',
        leads: true,
      },
    },
    {
      title: 'Alice logs out all other devices',
      purpose: 'Log the attacker out',
      narration:
        'She saw a browser that is not hers. The shop now deletes Mallory’s record, and Alice believes that the problem is solved.',
      act: ({ laptop }) => laptop.post('/sessions/end-others', { password }),
      claims: ['the record of mallory is deleted', 'the record of laptop stays'],
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 1,
        protected: 1,
      },
    },
    {
      title: 'Mallory puts the listed name into her cookie',
      purpose: 'Try the name unsigned',
      narration: {
        vulnerable:
          'She sends the bare session ID, but the shop accepts only signed ones. So a leaked ID is not enough: one more thing has to go wrong.',
        protected:
          'She sends the bare hash. It has no signature, so the shop does not look it up. It would find nothing: no record has that name.',
        both: 'She sends it unchanged. The shop signs its session IDs and accepts no unsigned one. So a leaked ID is not enough: one more thing has to go wrong.',
      },
      act: async ({ mallory }) => {
        const name = nameOfLaptop(mallory);
        mallory.editCookie(() => name);
        await mallory.get('/me');
      },
      claims: ['mallory sends the cookie __Host-sid'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory signs it with the shop’s secret',
      purpose: 'Try the name signed',
      narration: {
        vulnerable:
          'The secret was in an old backup. With it she can sign any value. From the list she has the ID of an active session, the laptop’s, so she is in it.',
        protected:
          'The secret was in an old backup. With it she can sign any value, but she still needs the ID of an active session. The hash is of no use: she can sign it, but no record has that name.',
        both: 'The secret was in an old backup. With it she can sign any value, but she still needs the ID of an active session. A hash of the ID is of no use: she can sign it, but no record has that name.',
      },
      act: async ({ mallory, world }) => {
        mallory.editCookie((name) => world.sign(name, 'old'));
        await mallory.get('/me');
      },
      claims: {
        vulnerable: ['mallory sends the session ID of laptop'],
        protected: ['mallory sends the cookie __Host-sid'],
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
    'Show users only sessions that still have a record, and name each by a hash of its session ID, not by the ID itself.',
  fix: `const handle = createHash('sha256').update(sid).digest('base64url').slice(0, 16);
const alive = (await load(store, sid)) !== undefined;
return { handle, device, loginAt, current: sid === req.sessionID };`,
  notTheFix: [
    'HttpOnly: it hides the cookie from scripts, but not a session ID in a JSON response.',
    'Signed cookies: they make a leaked session ID worthless only as long as the secret has never leaked.',
    'Showing only half of the session ID: an attacker has to guess only the other half.',
  ],
  repairs: {
    fix: {
      title: 'Active sessions, named by a hash',
      idea: 'The shop checks that each session still has a record, and names it by a hash of its ID.',
      because: 'The list is true, and nothing in it can be made into a cookie.',
    },
    decoys: [
      {
        file: 'session-list-with-ended-sessions',
        title: 'A hash in place of the ID',
        idea: 'Each entry of the list is named by a hash of the session ID, and the current one is marked.',
        because:
          'Mallory learns no session ID. But the list shows the tablet, whose record has expired: Alice would look for a session that is not there.',
        fails: { step: 4, answer: 3 },
      },
      {
        file: 'session-list-names-active-ids',
        title: 'Only sessions that exist',
        idea: 'The shop checks in Redis that each entry still has a record, and marks the current one.',
        because:
          'The list is true now. It still contains the session IDs, and anyone who knows the secret can sign one.',
        fails: { step: 8, answer: 'alice@shop.example' },
      },
    ],
  },
});
