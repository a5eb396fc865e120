import { parseSignedValue, sidOf } from './engine/identity.ts';
import { mailedToken } from './engine/mailedToken.ts';
import { scenario } from './engine/scenario.ts';

/** Returns the percent-decoded cookie values, as anybody can read them in the browser's developer tools. */
const legible = (cookies: { value: string }[]) => cookies.map(({ value }) => decodeURIComponent(value)).join('\n');

/** Returns what a session record says about a person: everything but the cookie, the times and the version of the credentials. */
const aboutThePerson = (record: string) =>
  Object.entries(JSON.parse(record))
    .filter(([field]) => !/^cookie$|At$|^credentialVersion$/.test(field))
    .map(([field, value]) => `${field} ${value}`)
    .sort()
    .join(', ');

/** Returns how long a browser keeps the session cookie of a response, counted from the response. */
function minutesKept(headers: Record<string, string>): number {
  const expires = /__Host-sid=.*?; Expires=([^;]+)/.exec(headers['set-cookie'] ?? '')?.[1] ?? '';
  return Math.round((Date.parse(expires) - Date.parse(headers.date ?? '')) / 60_000);
}

export default scenario({
  slug: 'cookie-anatomy',
  chapter: 'cookie',
  title: 'Session cookie anatomy',
  subtitle: 'What is inside the session cookie',
  synonyms: ['Set-Cookie', 'attributes', 'signed cookie', 'base64', 'stateless session', 'connect.sid'],
  question: 'What does a session cookie reveal to somebody who reads it?',
  weakness: 'profile-in-a-cookie',
  actors: { alice: 'victim', mallory: 'attacker' },
  otherCookies: ['profile'],
  references: [
    'ASVS V14.3.3',
    'ASVS V7.2.1',
    'WSTG-SESS-01',
    'RFC6265bis 8.3',
    'RFC6265bis 8.4',
    'NIST 63B-4 5.1.1',
    'CWE-315',
    'CWE-539',
  ],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Get a session cookie',
      narration:
        'Her session cookie’s value looks random. Percent-decoded, it has three parts: s: for “signed”, the session ID up to the dot, and a signature after it.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie'],
      ask: {
        question: 'How many characters has the session ID?',
        answer: ({ alice }) => parseSignedValue(alice.cookie()!.value)!.sid.length,
        vulnerable: 32,
        protected: 32,
      },
    },
    {
      title: 'The browser stores the cookie',
      purpose: 'Read the cookie’s attributes',
      narration:
        'The attributes are instructions to the browser; requests do not send them back. HttpOnly hides the cookie from scripts, Secure limits it to https, and SameSite=Lax withholds it from what other sites’ pages load or post. The shop’s code sets maxAge in milliseconds; it was sent as Expires.',
      act: () => {},
      ask: {
        question: 'Which attributes did the browser store?',
        answer: ({ alice }) => {
          const { httpOnly, secure, sameSite } = alice.cookie()!;
          const minutes = minutesKept(alice.last.headers);
          const noted = [httpOnly && 'HttpOnly', secure && 'Secure', `SameSite=${sameSite}`, `${minutes} minutes`];
          return noted.filter((attribute) => attribute !== false).join(', ');
        },
        vulnerable: 'HttpOnly, Secure, SameSite=Lax, 30 minutes',
        protected: 'HttpOnly, Secure, SameSite=Lax, 30 minutes',
      },
    },
    {
      title: 'The shop verifies the cookie of her next request',
      purpose: 'See that nothing is encrypted',
      narration:
        'The signature is the HMAC-SHA256 (a hash with a key) of the session ID under the shop’s secret, in base64 without padding. The shop computes it again and compares. The value holds only the ID and this proof of its issuer. It is signed, not encrypted: anybody can read the ID.',
      act: ({ alice }) => alice.get('/me'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'Does signing the session ID again give the cookie’s value?',
        answer: ({ alice, world }) => {
          const signed = world.sign(sidOf(alice.cookie())!, 'old');
          return decodeURIComponent(signed) === decodeURIComponent(alice.cookie()!.value) ? 'yes' : 'no';
        },
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'The shop looks up the session record in Redis',
      purpose: 'Find where the state is stored',
      narration:
        'The key is sess: plus the session ID. The record holds a user number, a role, the version of the user’s credentials and two times; the shop looks up everything else a page needs by that number. The cookie is a pointer to this record, which the shop can change or delete without the browser.',
      act: ({ alice }) => alice.get('/basket'),
      claims: ['alice sends a session cookie', 'Redis gets GET'],
      ask: {
        question: 'What does the record say about Alice?',
        answer: async ({ alice, world }) => {
          const [record] = await world.keys(`sess:${sidOf(alice.cookie())}`);
          return record?.value.type === 'string' ? aboutThePerson(record.value.data) : 'there is no record';
        },
        vulnerable: 'role customer, userId 1',
        protected: 'role customer, userId 1',
      },
    },
    {
      title: 'Mallory copies the cookies from Alice’s computer',
      purpose: 'Look for personal data',
      narration: {
        vulnerable:
          'Some browsers keep cookies in a plain file, and percent-decoding needs no secret. The session ID tells her nothing as text. But this shop has put a profile into a second cookie, and she reads Alice’s e-mail address there.',
        protected:
          'Some browsers keep cookies in a plain file, and percent-decoding needs no secret. What Mallory could do with the ID is another question; as text, it tells her nothing. The other cookie, __Host-device, holds an account number and no e-mail address.',
        both: 'Some browsers keep cookies in a plain file, and percent-decoding needs no secret. What Mallory could do with the ID is another question; as text, it tells her nothing. She can also read everything else that the shop put into a cookie.',
      },
      act: async ({ mallory, alice }) => {
        for (const { name } of alice.cookiesFor('/')) await mallory.copyCookie(alice, name);
      },
      ask: {
        question: 'Does any cookie contain Alice’s e-mail address?',
        answer: ({ mallory }) => (legible(mallory.cookiesFor('/')).includes('alice@shop.example') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
        leads: true,
      },
    },
    {
      title: 'Alice changes her e-mail address',
      purpose: 'Make copies outdated',
      narration: {
        vulnerable:
          'She uses the link that the shop sends to the new address. The shop’s user table has that address at once, and so does every session, because a session holds only the user’s number. The copy in the profile cookie does not change.',
        protected:
          'She uses the link that the shop sends to the new address. The shop’s user table has that address at once, and so does every session, because a session holds only the user’s number. There is no copy that could be outdated.',
        both: 'She uses the link that the shop sends to the new address. The shop’s user table has that address at once, and so does every session, because a session holds only the user’s number. Data copied into a cookie does not change.',
      },
      act: async ({ alice, world }) => {
        const email = 'alice@rabbit.example';
        await alice.post('/account/email', { email });
        await alice.post('/auth/confirm-email', { token: mailedToken(world.mail(email).at(-1)) });
      },
      claims: ['alice keeps the session ID'],
      ask: {
        question: 'Does a cookie still contain the old address?',
        answer: ({ alice }) => (legible(alice.cookiesFor('/')).includes('alice@shop.example') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
        leads: true,
      },
    },
    {
      title: 'Alice logs out',
      purpose: 'See which data remains',
      narration: {
        vulnerable:
          'The shop deletes the record and clears the session cookie, whose name it knows. The logout forgets a cookie that only one line of the login code knows, so it stays on a shared computer. The cookie __Host-device stays on purpose: it holds an account number and grants no access.',
        protected:
          'The shop deletes the record and clears the session cookie, whose name it knows. No other cookie says who she is. The cookie __Host-device stays on purpose: it holds an account number and grants no access.',
        both: 'The shop deletes the record and clears the session cookie, whose name it knows. The logout of the vulnerable shop forgets a cookie that only one line of the login code knows, so it stays on a shared computer. The cookie __Host-device stays in both variants, on purpose: it holds an account number and grants no access.',
      },
      act: ({ alice }) => alice.post('/auth/logout'),
      claims: ['the record of alice is deleted', 'alice loses the session cookie'],
      ask: {
        question: 'What do the remaining cookies reveal about her?',
        answer: ({ alice }) => /[\w.]+@[\w.]+/.exec(legible(alice.cookiesFor('/')))?.[0] ?? 'no e-mail',
        vulnerable: 'alice@shop.example',
        protected: 'no e-mail',
      },
    },
    {
      title: 'Mallory sends the session ID she copied',
      purpose: 'Try the copy after the logout',
      narration:
        'The ID and its signature are still valid, but their record is deleted. This is the advantage of a pointer: the shop ended everything that matters in one place, on the server.',
      act: ({ mallory }) => mallory.get('/me'),
      claims: ['mallory sends the session ID of alice', 'Redis gets GET'],
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'A session cookie is a signed pointer: it needs only an ID without meaning, and everything the ID stands for is on the server.',
  fix: `// The session holds only the user's number; a page that greets the user calls GET /me.
req.session.userId = user.id;`,
  notTheFix: [
    'Base64 or percent-encoding: these are encodings, not encryption. Anybody can decode them.',
    'Signing the data: nobody can change it any more, but anybody can still read it, and it still becomes outdated.',
    'Encrypting the data: nobody else can read it, but a logout or a change of role does not reach a copy in somebody’s browser.',
  ],
  repairs: {
    fix: {
      title: 'Only the user’s ID, in the session',
      idea: 'No cookie holds a profile. A page that greets the user asks the shop for it.',
      because:
        'The one cookie of the session says nothing to those who read it, and the shop changes the rest in one place.',
    },
    decoys: [
      {
        file: 'profile-in-a-signed-cookie',
        title: 'Sign the profile',
        idea: 'The profile gets a signature as the session ID has one, and HttpOnly hides it from scripts.',
        because: 'Nobody can change it, and anybody can still read it: a signature is no encryption.',
        fails: { step: 5, answer: 'yes' },
      },
      {
        file: 'profile-in-a-cookie-until-logout',
        title: 'Clear the profile at logout',
        idea: 'The cookie lives no longer than the browser is open, and the logout clears it with the other one.',
        because:
          'After the logout nothing remains. Until then the cookie is as legible as before, and it keeps the old address.',
        fails: { step: 6, answer: 'yes' },
      },
    ],
  },
});
