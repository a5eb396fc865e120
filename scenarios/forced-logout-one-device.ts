import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (device: Actor) => device.post('/auth/login', { email: 'alice@shop.example', password });

/** The handle, in the laptop's list, of the laptop's own session or of the one that is not. */
const handleOf = async (whose: 'own' | 'other', laptop: Actor): Promise<string> => {
  const { json } = await laptop.get('/sessions');
  return json.sessions.find(({ current }: { current: boolean }) => current === (whose === 'own'))?.handle ?? 'none';
};

export default scenario({
  slug: 'forced-logout-one-device',
  chapter: 'logout',
  title: 'Lost phone',
  question: 'My phone is gone. Can I log it out from my laptop?',
  weakness: 'revoked-devices-checked-at-login',
  actors: {
    laptop: { role: 'victim', label: 'Alice’s laptop' },
    phone: { role: 'person', label: 'Alice’s phone' },
    mallory: 'attacker',
  },
  references: ['ASVS V7.5.2', 'ASVS V7.4.1', 'WSTG-SESS-06', 'WSTG-SESS-11', 'CWE-613', 'CWE-863', 'CAPEC-593'],
  steps: [
    {
      title: 'Alice logs in on her laptop',
      purpose: 'First session',
      narration:
        'The login stores a record, and writes its id into a list of Alice’s sessions beside it. A record alone knows no way back from the user to her sessions.',
      act: ({ laptop }) => logIn(laptop),
    },
    {
      title: 'Alice logs in on her phone',
      purpose: 'Second session',
      narration: 'Another browser, another id, another record; the list of the same user now has two entries.',
      act: ({ phone }) => logIn(phone),
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'The phone is lost; Mallory copies its cookie',
      purpose: 'The session leaves the owner’s hands',
      narration:
        'An unlocked phone gives its cookie to whoever finds it. From now on asking the phone to behave is no use.',
      act: ({ mallory, phone }) => mallory.copyCookie(phone),
    },
    {
      title: 'The laptop ends the phone’s session',
      purpose: 'Log out one device',
      narration:
        'Alice picks the phone from her list and confirms with her password. The list names sessions by a hash of the id, so it holds nothing that could be used as a cookie.',
      act: async ({ laptop }) => laptop.post(`/sessions/${await handleOf('other', laptop)}/end`, { password }),
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 1,
      },
    },
    {
      title: 'Alice looks at her list again',
      purpose: 'What the owner is told',
      narration:
        'Both shops tell her that only the laptop is left. A list is a promise; what counts is whether the record is gone.',
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
      purpose: 'The next request decides',
      narration:
        'The phone sends the cookie it has. A flag that is read only at login never sees this request; a record that is gone cannot be found by anybody.',
      act: ({ phone }) => phone.get('/me'),
      ask: {
        question: 'What does the shop answer the phone?',
        answer: ({ phone }) => phone.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
    {
      title: 'Mallory sends the copy of its cookie',
      purpose: 'Try outside of the phone',
      narration: 'The copy names the same record as the phone’s cookie, so it shares its fate.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory tries to end the laptop’s session',
      purpose: 'One’s own sessions only',
      narration:
        'She has an account too, logs in with it, and has seen on a screen what Alice’s list calls the laptop. The shop looks for that name among Mallory’s own sessions, so to her it is a session that does not exist.',
      act: async ({ mallory, laptop }) => {
        const handle = await handleOf('own', laptop);
        await mallory.post('/auth/login', { email: 'mallory@shop.example', password: 'crow-bar-13' });
        await mallory.post(`/sessions/${handle}/end`, { password: 'crow-bar-13' });
      },
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
      narration: 'The laptop has a record of its own, which nobody touched.',
      act: ({ laptop }) => laptop.get('/me'),
      ask: {
        question: 'What does the shop answer the laptop?',
        answer: ({ laptop }) => laptop.last.status,
        vulnerable: 200,
        protected: 200,
      },
    },
  ],
  lesson:
    'Logging a device out means deleting its record now; a flag for later is seen only by those who come by later.',
  fix: `// Looked for among the user's own sessions; somebody else's handle is simply not found.
const { userId } = req.session;
const session = (await listOf(userId)).find(({ sid }) => handleOf(sid) === req.params.handle);
if (!session) return res.status(404).end();
await destroyById(store, session.sid);`,
  notTheFix: [
    'A new password alone: it is asked for at the next login, and the phone is logged in already.',
    'Telling the phone to forget its cookie: it is not in your hands, and a copy of the cookie never was.',
    'Taking the session off the list: the record does not know of the list.',
  ],
});
