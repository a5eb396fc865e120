import type { Actor, World } from './engine/cast.ts';
import { scenario } from './engine/scenario.ts';

const password = 'rabbit-hole-7';
const logIn = (device: Actor) => device.post('/auth/login', { email: 'alice@shop.example', password });

async function endSessionOf(device: Actor, laptop: Actor): Promise<void> {
  const { json } = await laptop.get('/sessions');
  const session = json.sessions.find((listed: { device: string }) => listed.device.includes(device.name));
  await laptop.post(`/sessions/${session?.handle ?? 'none'}/end`, { password });
}

/** The device places an order. While its payment is pending, the laptop ends that device's session. */
async function endWhileOrdering(device: Actor, laptop: Actor, world: World): Promise<void> {
  world.holdPayments();
  const order = device.post('/orders');
  // A refused order never reaches the payment provider.
  await Promise.race([world.paymentsWaiting(), order]);
  await endSessionOf(device, laptop);
  world.releasePayments();
  await order;
}

/** The device puts the first item into its basket. While Redis is slow, the laptop ends that device's session. */
async function endWhileAdding(device: Actor, laptop: Actor, world: World): Promise<void> {
  world.holdRedis('rpush');
  const added = device.post('/basket', { item: 'hat' });
  await world.redisHeld();
  await endSessionOf(device, laptop);
  world.releaseRedis();
  await added;
}

export default scenario({
  slug: 'in-flight-vs-forced-logout',
  chapter: 'logout',
  title: 'Session resurrection race',
  subtitle: 'The session that came back from the dead',
  synonyms: ['race condition', 'zombie session', 'logout undone', 'concurrent request', 'revoke'],
  question: 'A request is still running while I end its session. Which one wins?',
  weakness: 'ended-sessions-written-back',
  actors: {
    laptop: { role: 'victim', label: 'Alice’s laptop' },
    phone: { role: 'attacker', label: 'Alice’s stolen phone' },
    tablet: { role: 'attacker', label: 'Alice’s stolen tablet' },
  },
  references: [
    'ASVS V7.4.1',
    'ASVS V15.4.2',
    'WSTG-SESS-06',
    'CWE-613',
    'CWE-362',
    'CWE-367',
    'CWE-672',
    'CAPEC-26',
    'CAPEC-29',
    'expressjs/session#632',
  ],
  subject: ['sess:', 'user:*:sessions', 'user:*:orders'],
  steps: [
    {
      title: 'Alice is logged in on three devices',
      purpose: 'Three sessions of one user',
      narration:
        'Laptop, phone and tablet each have a session record in Redis. Then phone and tablet are stolen, and somebody else uses their cookies.',
      act: async ({ laptop, phone, tablet }) => {
        await logIn(laptop);
        await logIn(phone);
        await logIn(tablet);
      },
      claims: ['3 records are stored'],
      ask: {
        question: 'How many session records does Redis hold?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 3,
        protected: 3,
      },
    },
    {
      title: 'The phone’s session is ended during a request that does not change it',
      purpose: 'The harmless case',
      narration:
        'The phone orders with an empty basket, which does not change its session. While the payment is pending the laptop ends that session. At the end of the request express-session only renews the record’s time to live (TTL), and a deleted key cannot be renewed.',
      act: ({ phone, laptop, world }) => endWhileOrdering(phone, laptop, world),
      claims: ['the record of phone is deleted'],
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 2,
      },
    },
    {
      title: 'The phone opens the account page',
      purpose: 'Check that the session ended',
      narration: 'The phone still has its cookie and sends it. No record of that name is in Redis.',
      act: ({ phone }) => phone.get('/me'),
      claims: ['phone sends a session cookie', 'Redis gets GET'],
      ask: {
        question: 'What does the shop answer the phone?',
        answer: ({ phone }) => phone.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
    {
      title: 'The tablet’s session is ended during a request that changes it',
      purpose: 'The race condition',
      narration: {
        vulnerable:
          'The tablet puts its first item into the basket, so its session gets the name of that basket. Each request works on its own copy of the record and, if the copy changed, writes all of it back at the end. Here Redis is slow, and the laptop deletes the record in between. The late write stores it again.',
        protected:
          'The tablet puts its first item into the basket, so its session gets the name of that basket. Each request writes a changed copy of the record back at the end. Here Redis is slow, and the laptop deletes the record in between. This store writes a stored session only while its record exists, so the late write does nothing.',
        both: 'The tablet puts its first item into the basket, so its session gets the name of that basket. Each request works on its own copy of the record and, if the copy changed, writes all of it back at the end. Here Redis is slow, and the laptop deletes the record in between. The store decides whether the late write brings the record back.',
      },
      act: ({ tablet, laptop, world }) => endWhileAdding(tablet, laptop, world),
      claims: {
        vulnerable: ['the record of tablet is deleted', 'the record of tablet stays'],
        protected: ['the record of tablet is deleted'],
      },
      ask: {
        question: 'How many session records does Redis hold now?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 1,
        neutral: false,
      },
    },
    {
      title: 'Alice logs out all other devices, to be sure',
      purpose: 'Try to end what is left',
      narration: {
        vulnerable:
          'Ending the tablet’s session removed it from her list, and the late write did not add it again. The shop reports that there was nothing left to end, which looks like good news.',
        protected:
          'Ending the tablet’s session removed it from her list, and its record is gone as well. The shop reports that there was nothing left to end, and that is true.',
        both: 'Ending the tablet’s session removed it from her list, and the late write did not add it again. The shop reports that there was nothing left to end, which looks like good news.',
      },
      act: ({ laptop }) => laptop.post('/sessions/end-others', { password }),
      ask: {
        question: 'How many sessions did the shop end?',
        answer: ({ laptop }) => laptop.last.json.ended,
        vulnerable: 0,
        protected: 0,
      },
    },
    {
      title: 'The tablet opens the account page',
      purpose: 'Use the ended session',
      narration: {
        vulnerable:
          'The tablet sends the cookie it had all along. The record that was written back has its full TTL, and every request renews it.',
        protected:
          'The tablet sends the cookie it had all along. It names a record that was deleted and not written back, so the answer is 401.',
        both: 'The tablet sends the cookie it had all along. A record that was written back has its full TTL, and every request renews it.',
      },
      act: ({ tablet }) => tablet.get('/me'),
      claims: {
        vulnerable: ['tablet sends a session cookie', 'the record of tablet is renewed'],
        protected: ['tablet sends a session cookie'],
      },
      ask: {
        question: 'Who does the shop think it is?',
        answer: ({ tablet }) => tablet.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'The laptop lists Alice’s orders',
      purpose: 'What a logout does not undo',
      narration:
        'The phone’s order succeeded: the request was accepted before its session ended, and the payment was pending. Ending a session stops the next request, not the one that is running.',
      act: ({ laptop }) => laptop.get('/orders'),
      ask: {
        question: 'How many orders are there?',
        answer: ({ laptop }) => laptop.last.json.orders.length,
        vulnerable: 1,
        protected: 1,
      },
    },
  ],
  lesson:
    'A running request can write back the session you have just deleted: let it overwrite an existing record, but never recreate a deleted one.',
  fix: `class SessionStore extends RedisStore {
  createSession(req, data) { // called for each record read from the store
    const session = super.createSession(req, data);
    stored.add(session); // a WeakSet
    return session;
  }
  set(sid, session, callback) {
    if (!stored.has(session)) {
      stored.add(session);
      return super.set(sid, session, callback);
    }
    const seconds = Math.ceil(session.cookie.maxAge / 1000);
    // SET … XX overwrites an existing key and never creates one.
    redis.set(this.prefix + sid, JSON.stringify(session), 'EX', seconds, 'XX').then(() => callback(), callback);
  }
}`,
  notTheFix: [
    'resave: false: it helps only where the request changed nothing, as with the phone. A changed session is still written.',
    'Deleting the record twice, or a second later: the request may take two seconds.',
    'Calling req.session.reload() before the end: the same gap remains before the write, only shorter.',
  ],
  repairs: {
    fix: {
      title: 'Create new records, overwrite existing ones',
      idea: 'The first save of a session creates its record. Every later save writes only if the record still exists.',
      because: 'The late write finds no record and creates none, so the session stays ended.',
    },
    decoys: [
      {
        file: 'records-only-overwritten',
        title: 'Overwrite existing records only',
        idea: 'SET with XX writes only to a key that exists, so no late write can bring a record back.',
        because:
          'A record that is only overwritten is never created. The logins are answered, but nobody is logged in.',
        fails: { step: 1, answer: 0 },
      },
      {
        file: 'ended-sessions-not-renewed-but-written',
        title: 'Renew no record at the end of a request',
        idea: 'With disableTouch, the end of a request does not extend the life of a record that somebody wants to end.',
        because:
          'Renewing cannot bring back a deleted key. It is the write that does: the tablet’s request has changed its session.',
        fails: { step: 6, answer: 'alice@shop.example' },
      },
    ],
  },
});
