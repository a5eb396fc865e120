import type { Actor } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (device: Actor) => device.post('/auth/login', { email: 'alice@shop.example', password });
const openStream = (device: Actor) => device.get('/account/events', { headers: { Accept: 'text/event-stream' } });

async function order(device: Actor, item: string): Promise<void> {
  await device.post('/basket', { item });
  await device.post('/orders');
}

/** Whether the device has heard of an order with that item. */
const heardOf = (device: Actor, item: string) =>
  device.events.some(({ name, data }) => name === 'order_placed' && data.includes(`"${item}"`)) ? 'yes' : 'no';

export default scenario({
  slug: 'event-stream-outlives-logout',
  chapter: 'logout',
  title: 'Event stream outlives the logout',
  subtitle: 'Logged out, and still listening',
  synonyms: [
    'WebSocket',
    'websocket',
    'socket.io',
    'server-sent events',
    'SSE',
    'EventSource',
    'text/event-stream',
    'long polling',
    'push',
    'notifications',
    'real time',
  ],
  question: 'I log out my stolen phone. What becomes of the connection that it has open?',
  weakness: 'event-stream-checked-when-opened',
  actors: {
    laptop: { role: 'victim', label: 'Alice’s laptop' },
    phone: { role: 'person', label: 'Alice’s phone' },
  },
  references: ['ASVS V7.4.1', 'ASVS V7.5.2', 'WSTG-SESS-06', 'CWE-613', 'CWE-672'],
  steps: [
    {
      title: 'Alice logs in on her laptop and her phone',
      purpose: 'Two sessions',
      narration: 'Each device has a session of its own. Nothing is wrong yet.',
      act: async ({ laptop, phone }) => {
        await logIn(laptop);
        await logIn(phone);
      },
      claims: ['2 records are stored'],
    },
    {
      title: 'The phone opens a stream of events',
      purpose: 'A response that does not end',
      narration:
        'A page that wants to hear of new orders asks for /account/events. The shop checks the session and answers 200, but does not end the response: each event is sent in it when it happens. The cookie is sent only now.',
      act: ({ phone }) => openStream(phone),
      claims: ['phone sends a session cookie', 'phone is answered 200'],
    },
    {
      title: 'Alice orders a hat on her laptop',
      purpose: 'The usual course',
      narration: 'The shop writes an event into every open stream of Alice. The phone sends no request for it.',
      act: ({ laptop }) => order(laptop, 'hat'),
      claims: ['phone sends no request', 'laptop is answered 201'],
      ask: {
        question: 'Does the phone hear of the hat?',
        answer: ({ phone }) => heardOf(phone, 'hat'),
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'The phone is stolen, and Alice logs it out',
      purpose: 'End the phone’s session',
      narration: {
        vulnerable:
          'On her laptop Alice ends all her other sessions. The shop deletes the record of the phone. But the stream is no record. It is a connection, which was allowed when it was opened.',
        protected:
          'On her laptop Alice ends all her other sessions. The shop deletes the record of the phone, and ends the stream that was opened with it: a stream is no record, so somebody has to.',
        both: 'On her laptop Alice ends all her other sessions. Both variants delete the record of the phone. But the stream is no record. It is a connection, which was allowed when it was opened.',
      },
      act: ({ laptop }) => laptop.post('/sessions/end-others', { password }),
      claims: ['the record of phone is deleted', 'phone sends no request'],
      ask: {
        question: 'Is the phone’s stream still open?',
        answer: ({ phone }) => (phone.openStreams > 0 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'The thief opens the account page, and another stream',
      purpose: 'Check with new requests',
      narration:
        'The shop looks for the record of the phone, finds none, and refuses both. A test that stops here proves nothing: these are new requests.',
      act: async ({ phone }) => {
        await phone.get('/me');
        await openStream(phone);
      },
      claims: ['phone sends a session cookie', 'phone is answered 401'],
      ask: {
        question: 'What does the shop answer to the new stream?',
        answer: ({ phone }) => phone.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'Alice orders a rabbit on her laptop',
      purpose: 'An event after the logout',
      narration: {
        vulnerable:
          'This stream was checked only when it was opened. It goes on until somebody closes it, and a thief does not.',
        protected:
          'The shop ended the stream with the session. It would also check the session again before each event, in case another process had ended it.',
        both: 'A stream that is checked only when it is opened goes on until somebody closes it. The other variant checks the session again before each event, and ends the stream as soon as it ends the session.',
      },
      act: ({ laptop }) => order(laptop, 'rabbit'),
      claims: ['phone sends no request', 'laptop is answered 201'],
      ask: {
        question: 'Does the stolen phone hear of the rabbit?',
        answer: ({ phone }) => heardOf(phone, 'rabbit'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
  ],
  lesson:
    'A stream or a WebSocket outlives the request that opened it: check its session again before each message, and close it when the session ends.',
  fix: `// Before each event, and with each heartbeat:
const active = await isActive(stream);
if (!active) end(stream);
// When this instance deletes a record:
store.on('ended', (sid) => {
  for (const stream of streams) if (stream.sid === sid) end(stream);
});`,
  notTheFix: [
    'A check when the client connects again: a client that nobody disconnects does not connect again.',
    'A script of the page that closes the stream at the logout: a thief does not run it.',
    'A time limit for streams alone: until then, the thief hears everything.',
  ],
  repairs: {
    fix: {
      title: 'Check before each event, end with the session',
      idea: 'The shop reads the record before it sends anything, and ends the streams of a session that it ends.',
      because:
        'The stream ends with the logout. Where another process ends the session, nothing is sent after that either.',
    },
    decoys: [
      {
        file: 'event-stream-checked-by-heartbeat',
        title: 'Check with each heartbeat',
        idea: 'Every 15 seconds the shop checks the session of each stream, and ends those whose session has ended.',
        because: 'The stream ends, but up to 15 seconds late. Events in between still go to the thief.',
        fails: { step: 6, answer: 'yes' },
      },
      {
        file: 'event-stream-closed-by-the-page',
        title: 'Tell the page to close the stream',
        idea: 'The shop sends the event “logged_out” at once, and the script of the page closes the stream.',
        because: 'The phone gets “logged_out” at once. But whether it closes the stream is up to the thief.',
        fails: { step: 4, answer: 'yes' },
      },
    ],
  },
});
