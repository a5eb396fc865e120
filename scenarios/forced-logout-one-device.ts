import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (device: Actor) => device.post('/auth/login', { email: 'alice@shop.example', password });

/** Returns the handle of the laptop's own session, or of the other one, from the laptop's session list. */
const handleOf = async (whose: 'own' | 'other', laptop: Actor): Promise<string> => {
  const { json } = await laptop.get('/sessions');
  return json.sessions.find(({ current }: { current: boolean }) => current === (whose === 'own'))?.handle ?? 'none';
};

export default scenario({
  slug: 'forced-logout-one-device',
  chapter: 'logout',
  title: 'Forced logout of one device',
  subtitle: 'Lost phone',
  synonyms: [
    'kick out',
    'revoke',
    'sign out device',
    'lost phone',
    'stolen device',
    'remember me',
    'trusted device',
    'remote logout',
  ],
  question: 'I lost my phone. Can I log it out from my laptop?',
  weakness: 'revoked-devices-checked-at-login',
  actors: {
    laptop: { role: 'victim', label: 'Alice’s laptop' },
    phone: { role: 'person', label: 'Alice’s phone' },
    mallory: 'attacker',
  },
  references: ['ASVS V7.5.2', 'ASVS V7.4.1', 'WSTG-SESS-06', 'WSTG-SESS-11', 'CWE-613', 'CWE-863', 'CAPEC-593'],
  subject: ['sess:', 'user:*:sessions', 'user:*:revoked'],
  steps: [
    {
      title: 'Alice logs in on her laptop',
      purpose: 'First session',
      narration:
        'The login stores a session record and adds its session ID to Alice’s list of sessions. Without such a list, nothing leads from a user to her records.',
      act: ({ laptop }) => logIn(laptop),
      claims: ['laptop gets a session cookie'],
    },
    {
      title: 'Alice logs in on her phone',
      purpose: 'Second session',
      narration: 'Another browser, another session ID, another record. Alice’s list now has two entries.',
      act: ({ phone }) => logIn(phone),
      claims: ['the record of phone is stored'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'Alice loses the phone; Mallory copies its cookie',
      purpose: 'Steal a session',
      narration:
        'Anybody who finds an unlocked phone can copy its session cookie. Asking the phone to delete it is no use now.',
      act: ({ mallory, phone }) => mallory.copyCookie(phone),
    },
    {
      title: 'The laptop ends the phone’s session',
      purpose: 'Forced logout of one device',
      narration: {
        vulnerable:
          'Alice selects the phone in her list and confirms with her password. The shop takes the phone off the list and notes in Redis that this device is revoked. It reads that note only when a device logs in.',
        protected:
          'Alice selects the phone in her list and confirms with her password. The list names sessions by a hash of the session ID, so nothing in it can be used as a cookie. The shop finds the session by that hash and deletes its record.',
        both: 'Alice selects the phone in her list and confirms with her password. The protected shop deletes the record of that session. The other notes in Redis that the device is revoked, and reads that note only when a device logs in.',
      },
      act: async ({ laptop }) => laptop.post(`/sessions/${await handleOf('other', laptop)}/end`, { password }),
      claims: { vulnerable: ['the record of phone stays'], protected: ['the record of phone is deleted'] },
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 1,
        neutral: false,
      },
    },
    {
      title: 'Alice opens her list again',
      purpose: 'See what the shop reports',
      narration:
        'The shop reports that only the laptop is left. What counts is not the list but whether the session record was deleted.',
      act: ({ laptop }) => laptop.get('/sessions'),
      ask: {
        question: 'How many sessions does the list show?',
        answer: ({ laptop }) => laptop.last.json.sessions.length,
        vulnerable: 1,
        protected: 1,
      },
    },
    {
      title: 'The phone opens the account page',
      purpose: 'Use the ended session',
      narration: {
        vulnerable:
          'The phone sends the cookie it has, and its record is still there. The note that the device is revoked would be read at a login, and this is none.',
        protected:
          'The phone sends the cookie it has. Its record is deleted, so no request can find it, and the answer is 401.',
        both: 'The phone sends the cookie it has. A note that is read only at login does not affect this request. A deleted record cannot be found by any request.',
      },
      act: ({ phone }) => phone.get('/me'),
      claims: ['phone sends a session cookie'],
      ask: {
        question: 'What does the shop answer the phone?',
        answer: ({ phone }) => phone.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'Mallory sends the copied cookie',
      purpose: 'Replay the copied cookie',
      narration: 'The copy names the same record as the phone’s cookie, so the result is the same.',
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
      title: 'Mallory tries to end the laptop’s session',
      purpose: 'Only the user’s own sessions',
      narration:
        'She deletes the stolen cookie from her browser and logs in with an account of her own. She has seen on a screen how Alice’s list names the laptop’s session. The shop searches for that name only among Mallory’s own sessions, so it does not find one.',
      act: async ({ mallory, laptop }) => {
        const handle = await handleOf('own', laptop);
        // With it, her login would end the session it names: the phone’s.
        mallory.deleteCookie();
        await mallory.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' });
        await mallory.post(`/sessions/${handle}/end`, { password: 'crow-bar-13' });
      },
      claims: { vulnerable: ['the record of phone stays'], protected: [] },
      ask: {
        question: 'What does the shop answer Mallory?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 404,
        protected: 404,
      },
    },
    {
      title: 'The laptop opens the account page',
      purpose: 'Only that one device',
      narration: 'The laptop has its own record, which nobody deleted.',
      act: ({ laptop }) => laptop.get('/me'),
      claims: ['laptop sends a session cookie', 'the record of laptop stays'],
      ask: {
        question: 'What does the shop answer the laptop?',
        answer: ({ laptop }) => laptop.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
  ],
  lesson:
    'Forced logout means deleting the session record now; a flag that is checked at login affects only the next login.',
  fix: `// Searches only the user's own sessions; another user's handle is not found.
const { userId } = req.session;
const session = (await listOf(userId)).find(({ sid }) => handleOf(sid) === req.params.handle);
if (!session) return res.status(404).end();
await destroyById(store, session.sid);`,
  notTheFix: [
    'A new password alone: the shop asks for it at the next login, and the phone is logged in already.',
    'Asking the phone to delete its cookie: you control neither the phone nor a copy of its cookie.',
    'Removing the session from the list: the record does not depend on the list.',
  ],
  repairs: {
    fix: {
      title: 'End the session among the user’s own',
      idea: 'The shop searches the user’s own sessions for the handle, and ends the one that it finds.',
      because: 'The record is deleted now, and nobody can end a session of another user.',
    },
    decoys: [
      {
        file: 'ended-session-only-unlisted',
        title: 'Remove the session from the user’s list',
        idea: 'What is not on the user’s list of sessions is not one of the user’s sessions.',
        because: 'The list is for people to read. Requests are recognized by the record, and that is still there.',
        fails: { step: 7, answer: 'alice@shop.example' },
      },
      {
        file: 'ended-session-of-any-user',
        title: 'End the session that has this handle',
        idea: 'The handle is a hash that nobody can guess, so it names exactly one session, which is ended at once.',
        because:
          'The phone is logged out. But Mallory has seen the handle of the laptop, and logs out the laptop with it.',
        fails: { step: 8, answer: 204 },
      },
    ],
  },
});
