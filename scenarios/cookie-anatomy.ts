import { parseSignedValue, sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

/** Somebody's cookies as a person reads them who opens the browser's developer tools and decodes what can be decoded. */
const legible = (cookies: { value: string }[]) => cookies.map(({ value }) => decodeURIComponent(value)).join('\n');

/** What the record of a session holds besides the cookie's attributes; of times only that they are there. */
const fieldsOf = (record: string) =>
  Object.entries(JSON.parse(record))
    .filter(([field]) => field !== 'cookie')
    .map(([field, value]) => (field.endsWith('At') ? field : `${field} ${value}`))
    .sort()
    .join(', ');

export default scenario({
  slug: 'cookie-anatomy',
  chapter: 'cookie',
  title: 'What is inside the session cookie',
  question: 'What does the cookie say about me to whoever reads it?',
  weakness: 'profile-in-a-cookie',
  actors: { alice: 'victim', mallory: 'attacker' },
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
        'The value of her session cookie looks like noise. Percent-decoded it has three parts: s: for “signed”, an id up to the dot, and a signature after it.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ask: {
        question: 'How long are id and signature, in characters?',
        answer: ({ alice }) => {
          const { sid, signature } = parseSignedValue(alice.cookie()!.value)!;
          return `${sid.length} and ${signature.length}`;
        },
        vulnerable: '32 and 43',
        protected: '32 and 43',
      },
    },
    {
      title: 'The browser files the cookie',
      purpose: 'See what stands beside the value',
      narration:
        'The attributes are orders to the browser and do not come back with a request: HttpOnly (show it to no script), Secure (send it over https only), SameSite=Lax (keep it from what other sites’ pages load or post). maxAge, which the shop’s code gives in milliseconds, went out as Expires.',
      act: () => {},
      ask: {
        question: 'Which attributes has the browser noted, and for how long does it keep the cookie?',
        answer: ({ alice }) => {
          const { httpOnly, secure, sameSite } = alice.cookie()!;
          const minutes = Math.round(alice.expiresIn()! / 60_000);
          const noted = [httpOnly && 'HttpOnly', secure && 'Secure', `SameSite=${sameSite}`, `${minutes} minutes`];
          return noted.filter((attribute) => attribute !== false).join(', ');
        },
        vulnerable: 'HttpOnly, Secure, SameSite=Lax, 30 minutes',
        protected: 'HttpOnly, Secure, SameSite=Lax, 30 minutes',
      },
    },
    {
      title: 'The shop checks the cookie of her next request',
      purpose: 'See that nothing is hidden',
      narration:
        'The signature is HMAC-SHA256 of the id under the shop’s secret, in base64 without the padding. The shop computes it again and compares, so there is nothing in the value but the id and this proof of who made it. It is signed, not encrypted: the id is there for everybody to read.',
      act: ({ alice }) => alice.get('/me'),
      ask: {
        question: 'Does signing the id again give the cookie’s value?',
        answer: ({ alice, world }) => {
          const signed = world.sign(sidOf(alice.cookie())!, 'old');
          return decodeURIComponent(signed) === decodeURIComponent(alice.cookie()!.value) ? 'yes' : 'no';
        },
        vulnerable: 'yes',
        protected: 'yes',
      },
    },
    {
      title: 'The shop looks the id up in Redis',
      purpose: 'Find where the state is',
      narration:
        'The key is sess: and the id. Under it is all the session holds: the number of a user, a role and two times; whatever else a page needs is looked up by that number. The cookie is a pointer to this record, which can be changed or deleted without asking the browser.',
      act: ({ alice }) => alice.get('/basket'),
      ask: {
        question: 'What does the record hold, besides the cookie’s attributes?',
        answer: async ({ alice, world }) => {
          const [record] = await world.keys(`sess:${sidOf(alice.cookie())}`);
          return record?.value.type === 'string' ? fieldsOf(record.value.data) : 'there is no record';
        },
        vulnerable: 'confirmedAt, loginAt, role customer, userId 1',
        protected: 'confirmedAt, loginAt, role customer, userId 1',
      },
    },
    {
      title: 'Mallory copies the cookies from Alice’s computer',
      purpose: 'Look for data in them',
      narration:
        'Some browsers keep their cookies in a plain file, and it takes no secret to decode percent signs. What she could do with the id is another matter; read as text, it tells her nothing. Whatever else the shop has put into a cookie, it has told her.',
      act: async ({ mallory, alice }) => {
        for (const { name } of alice.cookiesFor('/')) await mallory.copyCookie(alice, name);
      },
      ask: {
        question: 'Does any of them tell her Alice’s e-mail?',
        answer: ({ mallory }) => (legible(mallory.cookiesFor('/')).includes('alice@shop.example') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice changes her e-mail',
      purpose: 'Make copies go stale',
      narration:
        'The shop’s table of users has the new address at once, and so has every session, because a session holds only the user’s number. What was copied into a cookie stays as it was.',
      act: ({ alice }) => alice.post('/account/email', { email: 'alice@rabbit.example' }),
      ask: {
        question: 'Does a cookie still give the old address?',
        answer: ({ alice }) => (legible(alice.cookiesFor('/')).includes('alice@shop.example') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice logs out',
      purpose: 'See what stays behind',
      narration:
        'The shop deletes the record and clears the session cookie, because it knows that one by name. A cookie that only one line of the login knows about is forgotten here, and stays in a shared computer’s browser. The mark of the device stays in both shops, on purpose: it holds the number of an account and opens nothing.',
      act: ({ alice }) => alice.post('/auth/logout'),
      ask: {
        question: 'What does the browser still say about her?',
        answer: ({ alice }) => /[\w.]+@[\w.]+/.exec(legible(alice.cookiesFor('/')))?.[0] ?? 'no e-mail',
        vulnerable: 'alice@shop.example',
        protected: 'no e-mail',
      },
    },
    {
      title: 'Mallory sends the id she copied',
      purpose: 'Follow the pointer once more',
      narration:
        'Id and signature are as good as ever, but what they point to is gone. This is what a pointer is for: everything that matters could be ended on the server, in one place.',
      act: ({ mallory }) => mallory.get('/me'),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'nobody',
        protected: 'nobody',
      },
    },
  ],
  lesson:
    'A session cookie is a signed pointer: all it needs is an id without meaning, and everything it stands for lives on the server.',
  fix: `// The session holds the user's number; pages that want to greet her ask GET /me.
req.session.userId = user.id;`,
  notTheFix: [
    'Base64 or percent-encoding: they are ways of writing, not of hiding. Anybody can undo them.',
    'Signing the data: it can no longer be changed, but it can be read as before, and it still goes stale.',
    'Encrypting the data: it can no longer be read, but no logout and no change of role reaches a copy in somebody’s browser.',
  ],
});
