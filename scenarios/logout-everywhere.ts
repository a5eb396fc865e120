import type { Actor, World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (device: Actor) => device.post('/auth/login', { email: 'alice@shop.example', password });
const endOthers = (laptop: Actor) => laptop.post('/sessions/end-others', { password });
const recordCount = async (world: World) => (await world.keys('sess:')).length;

export default scenario({
  slug: 'logout-everywhere',
  chapter: 'logout',
  title: 'Log out everywhere',
  subtitle: 'Close all doors',
  synonyms: ['sign out everywhere', 'sign out all devices', 'revoke all', 'log out all', 'kick out'],
  question: 'How does a shop find all sessions of one user?',
  weakness: 'sessions-listed-in-memory',
  actors: {
    laptop: { role: 'victim', label: 'Alice’s laptop' },
    phone: { role: 'person', label: 'Alice’s phone' },
    tablet: { role: 'person', label: 'Alice’s tablet' },
    office: { role: 'person', label: 'Alice’s office' },
    mallory: 'attacker',
  },
  references: ['ASVS V7.5.2', 'ASVS V7.4.1', 'WSTG-SESS-06', 'CWE-613', 'CAPEC-60'],
  subject: ['sess:', 'user:*:sessions'],
  steps: [
    {
      title: 'Alice logs in on three devices',
      purpose: 'Three records, one list',
      narration: {
        vulnerable:
          'A session record is found only by its session ID; nothing in Redis leads from a user to her records. So the shop keeps a list per user, in a variable of the app.',
        protected:
          'A session record is found only by its session ID; nothing in Redis leads from a user to her records. So the shop keeps a list per user, in Redis beside the records.',
        both: 'A session record is found only by its session ID; nothing in Redis leads from a user to her records. So both variants keep a list per user: one in Redis beside the records, the other in a variable of the app.',
      },
      act: async ({ laptop, phone, tablet }) => {
        await logIn(laptop);
        await logIn(phone);
        await logIn(tablet);
      },
      claims: ['3 records are stored'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 3,
        protected: 3,
      },
    },
    {
      title: 'Mallory copies the phone’s cookie',
      purpose: 'Steal a session',
      narration: 'Her copy names the phone’s record. It is not a separate session, so no list shows it.',
      act: ({ mallory, phone }) => mallory.copyCookie(phone),
    },
    {
      title: 'The shop deploys a new version',
      purpose: 'Restart the process',
      narration:
        'The app’s process stops and a new one starts. Redis keeps running, so all users stay logged in and notice nothing.',
      act: ({ world }) => world.restart(),
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: ({ world }) => recordCount(world),
        vulnerable: 3,
        protected: 3,
      },
    },
    {
      title: 'Alice logs in at the office and opens her list',
      purpose: 'Check the list again',
      narration: {
        vulnerable:
          'A fourth session begins, and the laptop requests Alice’s list. The list was in the memory of the old process. It is empty in the new one, except for the login at the office.',
        protected:
          'A fourth session begins, and the laptop requests Alice’s list. It is in Redis, where the restart did not touch it: the new process finds all four sessions on it.',
        both: 'A fourth session begins, and the laptop requests Alice’s list. A list in the memory of a process starts empty with each new process, and with several processes each has its own. A list in Redis is not affected.',
      },
      act: async ({ office, laptop }) => {
        await logIn(office);
        await laptop.get('/sessions');
      },
      ask: {
        question: 'How many sessions does the list show?',
        answer: ({ laptop }) => laptop.last.json.sessions.length,
        vulnerable: 1,
        protected: 4,
        leads: true,
      },
    },
    {
      title: 'The laptop logs out all other devices',
      purpose: 'Log out all others',
      narration:
        'Alice confirms with her password, because an attacker with only a cookie must not be able to log the owner out. The shop goes through its list and deletes each record on it except the laptop’s.',
      act: ({ laptop }) => endOthers(laptop),
      claims: {
        vulnerable: ['the record of phone stays', 'the record of office is deleted'],
        protected: ['the record of phone is deleted', 'the record of office is deleted'],
      },
      ask: {
        question: 'How many sessions did the shop end?',
        answer: ({ laptop }) => laptop.last.json.ended,
        vulnerable: 1,
        protected: 3,
        neutral: false,
      },
    },
    {
      title: 'Mallory sends the copy',
      purpose: 'Replay the copied cookie',
      narration:
        'The shop reported how many sessions it ended, but Alice cannot know whether that was all. Mallory tests it.',
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends the session ID of phone'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'All of Alice’s devices open the account page',
      purpose: 'Only one should be logged in',
      narration: 'Each device sends the cookie it has; no response told a browser to delete it.',
      act: ({ laptop, phone, tablet, office }) =>
        Promise.all([laptop, phone, tablet, office].map((device) => device.get('/me'))),
      claims: [
        'laptop sends a session cookie',
        'phone sends a session cookie',
        'tablet sends a session cookie',
        'office sends a session cookie',
      ],
      ask: {
        question: 'Which devices are still logged in?',
        answer: ({ laptop, phone, tablet, office }) =>
          [laptop, phone, tablet, office]
            .filter((device) => device.last.status === 200)
            .map((device) => device.name)
            .join(', '),
        vulnerable: 'laptop, phone, tablet',
        protected: 'laptop',
      },
    },
    {
      title: 'Two devices log in while the laptop logs out all others',
      purpose: 'Concurrent login and logout',
      narration:
        'Three requests arrive at once. The new logins may come before or after the logout; both orders are fine. But no active session may be missing from the list, because nobody could find it to end it.',
      act: async ({ laptop, tablet, office }) => {
        await Promise.all([logIn(tablet), endOthers(laptop), logIn(office)]);
        await laptop.get('/sessions');
      },
      ask: {
        question: 'Is every active session on Alice’s list?',
        answer: async ({ laptop, world }) =>
          laptop.last.json.sessions.length === (await recordCount(world)) ? 'yes' : 'no',
        vulnerable: 'no',
        protected: 'yes',
      },
    },
  ],
  lesson: 'You can end only the sessions you can find: keep a list per user in the store that holds the records.',
  fix: `// At login, beside the record:
await redis.zadd(\`user:\${userId}:sessions\`, Date.now(), req.sessionID);
// Log out everywhere else:
for (const sid of await redis.zrange(\`user:\${userId}:sessions\`, 0, -1)) {
  if (sid === req.sessionID) continue;
  await destroyById(store, sid);
  await redis.zrem(\`user:\${userId}:sessions\`, sid);
}`,
  notTheFix: [
    'Searching all records for the user (SCAN, or store.all()): it reads the sessions of all users to find a few, and takes longer the more sessions there are.',
    'Clearing cookies: the laptop can clear only its own.',
    'Changing the secret: it logs this user out, but every other user as well.',
  ],
  repairs: {
    fix: {
      title: 'Keep the list in Redis, delete the records on it',
      idea: 'Each login adds its session to a list per user, beside the records. To end a session deletes its record, then its entry.',
      because: 'The list survives a restart and is complete, so the shop finds the record that Mallory’s copy names.',
    },
    decoys: [
      {
        file: 'only-the-newest-session-listed',
        title: 'Store the session ID with the user',
        idea: 'Each login stores the ID of its session under the user’s key in Redis, so no restart loses it.',
        because:
          'There is room for one ID, and each login overwrites the last. The shop ends the session of the office and finds no other.',
        fails: { step: 6, answer: 'alice@shop.example' },
      },
      {
        file: 'sessions-unlisted-but-not-ended',
        title: 'Keep the list in Redis, take the others off it',
        idea: 'The list beside the records is complete and survives a restart. Whatever is taken off it no longer belongs to the user.',
        because:
          'The list is complete, and the shop reports three. But requests are recognized by the record, and nobody deleted that.',
        fails: { step: 6, answer: 'alice@shop.example' },
      },
    ],
  },
});
