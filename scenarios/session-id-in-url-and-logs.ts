import type { Actor, World } from './engine/cast.ts';
import { sidOf } from './engine/identity.ts';
import { scenario } from './engine/scenario.ts';

/** The address behind the page's link “On your phone”; the plain account page where there is no such link. */
const phoneLink = (browser: Actor) => /<([^>]+)>/.exec(browser.last.headers.link ?? '')?.[1] ?? '/me';

/** What stands for a session in the lines of the access log; undefined when nothing does. */
const sidInLog = (world: World) => /[?&]sid=([^& ]+)/.exec(world.accessLog().join('\n'))?.[1];

export default scenario({
  slug: 'session-id-in-url-and-logs',
  chapter: 'cookie',
  title: 'The id that leaked through the access log',
  question: 'A link that logs me in on my phone is handy. Who else gets to see it?',
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
        'The session id is in her cookie. A page that also offers a link “On your phone” has to put something into that address which says who she is.',
      act: async ({ alice }) => {
        await alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await alice.get('/me');
      },
      ask: {
        question: 'Does the page’s link contain the session id?',
        answer: ({ alice }) => (phoneLink(alice).includes(sidOf(alice.cookie()) ?? '-') ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Alice opens the address on her phone',
      purpose: 'See why it is done',
      narration:
        'It is convenient: an id in the address needs no password and no cookie. A shop that reads ids from cookies only asks her to log in on the phone as well.',
      act: ({ phone, alice }) => phone.visit(phoneLink(alice)),
      ask: {
        question: 'Is the phone logged in?',
        answer: ({ phone }) => (phone.last.status === 200 ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory reads the shop’s access log',
      purpose: 'Look where addresses are kept',
      narration:
        'Nearly every web server writes down the address of each request, and many people may read such logs: operations, the hosting company, a service for statistics. Addresses are also kept in the history of a browser and in every mail that quotes them. A Cookie header is in none of these.',
      act: ({ world }) => world.accessLog(),
      ask: {
        question: 'Is a session id in the log?',
        answer: ({ world }) => (sidInLog(world) === undefined ? 'no' : 'yes'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory opens what she found',
      purpose: 'Use the leaked id',
      narration:
        'The log was meant for finding errors. A line of it with an id in it is as good as the cookie, and better than a password, because nobody asks for a second factor any more.',
      act: ({ mallory, world }) => mallory.visit(`/me?sid=${sidInLog(world) ?? ''}`),
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory writes a genuine value into the address',
      purpose: 'Try the address itself',
      narration:
        'Suppose she has got hold of Alice’s value somewhere else. If addresses count, she can also send it to others as a link, and they act in a session that she chose. Without her own cookie in the way, one sees whether the address counts.',
      act: ({ mallory, alice }) => {
        if (mallory.cookie()) mallory.deleteCookie();
        return mallory.visit(`/me?sid=${alice.cookie()!.value}`);
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice logs out, and Mallory comes back',
      purpose: 'End what leaked',
      narration:
        'The log is still there, and nobody can call its copies back. But the logout deletes the record, and without it every copy of the id is only text.',
      act: async ({ alice, mallory }) => {
        const leaked = alice.cookie()!.value;
        await alice.post('/auth/logout');
        await mallory.visit(`/me?sid=${leaked}`);
      },
      ask: {
        question: 'What does the shop answer her?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson:
    'A session id in an address, an answer or a log is a session given away: it travels in the cookie and nowhere else.',
  fix: `// In logs a session has a name that cannot be used as a cookie, and still ties its lines together.
const sessionName = (sid) => createHmac('sha256', secret).update(\`log:\${sid}\`).digest('base64url').slice(0, 12);`,
  notTheFix: [
    'https: it hides the address on the way, not at its two ends, where it is written down.',
    'Referrer-Policy: it keeps the address from the sites that the page links to, as browsers do by themselves by now, not from the shop’s own log.',
    'Removing the id from the address with a redirect: the first request is in the log already.',
    'A short-lived id in the address: the lines of a log are read within seconds by whatever watches it. A link that logs in has to work once, and for nothing but that.',
  ],
});
