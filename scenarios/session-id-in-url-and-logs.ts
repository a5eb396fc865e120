import type { Actor, World } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

/** Returns the URL of the page's link “On your phone”, or the account page if there is no such link. */
const phoneLink = (browser: Actor) => /<([^>]+)>/.exec(browser.last.headers.link ?? '')?.[1] ?? '/me';

/** Returns the `sid` parameter in the access log, or undefined if there is none. */
const sidInLog = (world: World) => /[?&]sid=([^& ]+)/.exec(world.accessLog().join('\n'))?.[1];

export default scenario({
  slug: 'session-id-in-url-and-logs',
  chapter: 'cookie',
  title: 'Session ID in URLs and logs',
  subtitle: 'The ID that leaked through the access log',
  synonyms: ['access log', 'Referer', 'query string', 'jsessionid', 'leak', 'magic link', 'hijack', 'hijacking'],
  question: 'A link that logs me in on my phone is convenient. Who else can see it?',
  weakness: 'session-id-in-the-address',
  actors: {
    alice: { role: 'victim', label: 'Alice’s laptop' },
    phone: { role: 'person', label: 'Alice’s phone' },
    mallory: 'attacker',
  },
  references: ['ASVS V14.2.1', 'ASVS V16.2.5', 'ASVS V3.3.4', 'WSTG-SESS-04', 'CWE-598', 'CWE-532', 'CAPEC-60'],
  steps: [
    {
      title: 'Alice logs in and opens her account page',
      purpose: 'Get a session',
      narration:
        'Her session ID is in a cookie. If the page also offers a link “On your phone”, the link’s URL must contain something that identifies her.',
      act: async ({ alice }) => {
        await alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await alice.get('/me');
      },
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'Does the page’s link contain the session ID?',
        answer: ({ alice }) => (phoneLink(alice).includes(sidOf(alice.cookie()) ?? '-') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice opens the link on her phone',
      purpose: 'See why shops do this',
      narration: {
        vulnerable:
          'The link is convenient: a session ID in the URL needs neither a password nor a cookie. The phone is in Alice’s session at once, and the shop sets the cookie there as well.',
        protected:
          'This shop reads session IDs only from cookies, and its link contains none. So the phone is a visitor, and the shop asks her to log in there as well.',
        both: 'The link is convenient: a session ID in the URL needs neither a password nor a cookie. A shop that reads session IDs only from cookies asks her to log in on the phone as well.',
      },
      act: ({ phone, alice }) => phone.visit(phoneLink(alice)),
      claims: ['phone sends no session cookie'],
      ask: {
        question: 'Is the phone logged in?',
        answer: ({ phone }) => (phone.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory reads the shop’s access log',
      purpose: 'Find where URLs are kept',
      narration:
        'Nearly every web server logs the URL of each request, and many people may read such logs: operations, the hosting company, an analytics service. A browser’s history and e-mails keep URLs too. By default, none of these contains a Cookie header. A HAR file (a browser’s recording of its requests) may, and so does the log of a server that logs all headers.',
      act: ({ world }) => world.accessLog(),
      ask: {
        question: 'Is a session ID in the log?',
        answer: ({ world }) => (sidInLog(world) === undefined ? 'no' : 'yes'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory opens what she found',
      purpose: 'Use the leaked session ID',
      narration: {
        vulnerable:
          'The log is meant for finding errors. A line with a session ID is as good as the cookie, and better than a password, because the shop no longer asks for a second factor.',
        protected:
          'The log is meant for finding errors, and no line of it has a session ID. So Mallory’s address has none either, and the shop does not know her: 401.',
        both: 'The log is meant for finding errors. If a line contains a session ID, it is as good as the cookie, and better than a password, because the shop no longer asks for a second factor.',
      },
      act: ({ mallory, world }) => mallory.visit(`/me?sid=${sidInLog(world) ?? ''}`),
      claims: {
        vulnerable: ['mallory sends no session cookie', 'mallory is answered 200'],
        protected: ['mallory sends no session cookie', 'mallory is answered 401'],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory puts a genuine cookie value into the URL',
      purpose: 'Test the URL on its own',
      narration: {
        vulnerable:
          'Suppose she got Alice’s cookie value elsewhere. This shop reads session IDs from URLs, so she needs no cookie. She could also send others such a link, and they then act in a session that she chose.',
        protected:
          'Suppose she got Alice’s cookie value elsewhere. She puts it into the URL and sends no cookie. This shop does not look there: the value is valid, and means nothing outside a cookie.',
        both: 'Suppose she got Alice’s cookie value elsewhere. If the shop reads session IDs from URLs, she can also send others a link, and they then act in a session that she chose. She sends no cookie of her own, so only the URL can identify her.',
      },
      act: ({ mallory, alice }) => {
        if (mallory.cookie()) mallory.deleteCookie();
        return mallory.visit(`/me?sid=${alice.cookie()!.value}`);
      },
      claims: {
        vulnerable: ['mallory sends no session cookie', 'mallory is answered 200'],
        protected: ['mallory sends no session cookie', 'mallory is answered 401'],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice logs out, and Mallory tries again',
      purpose: 'Invalidate the leaked ID',
      narration:
        'The log still exists, and nobody can recall its copies. But the logout deletes the session record, and without the record every copy of the ID is only text.',
      act: async ({ alice, mallory }) => {
        const leaked = alice.cookie()!.value;
        await alice.post('/auth/logout');
        await mallory.visit(`/me?sid=${leaked}`);
      },
      claims: ['the record of alice is deleted'],
      ask: {
        question: 'What does the shop answer Mallory?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson:
    'A session ID in a URL, a response or a log is a session given away: it belongs in the cookie and nowhere else.',
  fix: `// Log this name instead of the session ID: it links a session's lines and does not work as a cookie.
const sessionName = (sid) => createHmac('sha256', secret).update(\`log:\${sid}\`).digest('base64url').slice(0, 12);`,
  notTheFix: [
    'https: it hides the URL in transit, not at the two ends, where it is stored.',
    'Referrer-Policy: it hides the URL from the sites that the page links to, as browsers now do by default, but not from the shop’s own log.',
    'Removing the ID from the URL with a redirect: the log already contains the first request.',
    'A short-lived ID in the URL: a program that watches the log reads its lines within seconds. A login link must work once, and for nothing else.',
  ],
  repairs: {
    fix: {
      title: 'Session IDs only in cookies',
      idea: 'The shop offers no link that logs somebody in, and reads no session ID from a URL.',
      because: 'The log has nothing in it that opens an account.',
    },
    decoys: [
      {
        file: 'session-id-removed-by-redirect',
        title: 'Remove the ID from the URL',
        idea: 'The shop moves the ID into the cookie and redirects to a URL without it.',
        because: 'The phone shows a clean URL. The log has a line for the first request, and that line has the ID.',
        fails: { step: 4, answer: 'alice@shop.example' },
      },
      {
        file: 'session-link-valid-for-a-minute',
        title: 'A token for one minute',
        idea: 'The link holds a random token instead of the ID, and the token expires after a minute.',
        because:
          'Mallory read the log within that minute, and the token works for anyone who sends it, as often as it is sent.',
        fails: { step: 4, answer: 'alice@shop.example' },
      },
    ],
  },
});
