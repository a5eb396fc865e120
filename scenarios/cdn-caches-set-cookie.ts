import { scenario } from './engine/scenario.ts';

export default scenario({
  slug: 'cdn-caches-set-cookie',
  chapter: 'running',
  title: 'CDN caches Set-Cookie',
  subtitle: 'The cache that handed out a login',
  synonyms: ['CDN', 'proxy', 'shared cache', 'Varnish', 'Cloudflare', 'static files'],
  question: 'Can a style sheet log somebody in?',
  weakness: 'static-files-after-session',
  setup: { sharedCache: true },
  actors: { alice: 'victim', bob: { role: 'person', label: 'Bob, the next visitor' } },
  references: ['Loom incident of 7 March 2023', 'ASVS V14.2.2', 'ASVS V14.2.5', 'RFC 9111 section 7.3', 'CWE-524'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'Start a session',
      narration:
        'The shop sends the session cookie again with every response whose request went through the session middleware, so that cookie and record have the same idle timeout. In front of the shop is a cache that all visitors share, such as a CDN.',
      act: ({ alice }) => alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      claims: ['alice gets a session cookie'],
    },
    {
      title: 'Alice’s page loads its style sheet',
      purpose: 'Fetch a public file',
      narration: {
        vulnerable:
          'A browser sends cookies with every request to the shop, even for a style sheet. Here the session middleware comes before the static files, so it runs for them as well: it prolongs the record and sends the cookie again.',
        protected:
          'A browser sends cookies with every request to the shop, even for a style sheet. Here the static files come before the session middleware, so the shop does not read the cookie, and asks Redis nothing.',
        both: 'A browser sends cookies with every request to the shop, even for a style sheet. Whether the shop reads them depends on the order of middleware: what comes before the static files also runs for the files.',
      },
      act: ({ alice }) => alice.styleSheet('/assets/app.css'),
      claims: ['alice sends a session cookie'],
      ask: {
        question: 'Does the response carry a Set-Cookie?',
        answer: ({ alice }) => ('set-cookie' in alice.last.headers ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Bob’s page loads the style sheet',
      purpose: 'Receive the cached response',
      narration: {
        vulnerable:
          'The header Cache-Control: public, max-age=86400 lets anybody store the file for a day. The standard lets a cache store a Set-Cookie beside it (RFC 9111 section 7.3). Many caches do not, unless they are told to; this one is. So Bob, who has never logged in, gets the response made for Alice, with all its headers.',
        protected:
          'The header Cache-Control: public, max-age=86400 lets anybody store the file for a day. That is right for a style sheet. Bob gets the response made for Alice, with all its headers; the request does not reach the shop. Nothing in it is hers, because it has no Set-Cookie.',
        both: 'The header Cache-Control: public, max-age=86400 lets anybody store the file for a day. The standard lets a cache store a Set-Cookie beside it (RFC 9111 section 7.3). Many caches do not, unless they are told to; this one is. Bob has never logged in. The cache gives him the response made for Alice, with all its headers.',
      },
      act: ({ bob }) => bob.styleSheet('/assets/app.css'),
      claims: {
        vulnerable: ['bob sends no session cookie', 'bob is answered by cache', 'bob gets a session cookie'],
        protected: ['bob sends no session cookie', 'bob is answered by cache', 'bob gets no session cookie'],
      },
      ask: {
        question: 'What does Bob get?',
        answer: ({ bob }) => `the ${bob.last.by}’s answer ${bob.cookie() ? 'and a session cookie' : 'alone'}`,
        vulnerable: 'the cache’s answer and a session cookie',
        protected: 'the cache’s answer alone',
      },
    },
    {
      title: 'Bob opens the account page',
      purpose: 'See whose account it is',
      narration: {
        vulnerable:
          'Bob only visited the shop. His browser does what every browser does: it stores the cookies it receives and sends them.',
        protected:
          'Bob only visited the shop. His browser has received no cookie and sends none, so the shop asks him to log in.',
        both: 'Bob only visited the shop. His browser does what every browser does: it stores the cookies it receives and sends them. In the protected variant it received none.',
      },
      act: ({ bob }) => bob.get('/me'),
      claims: { vulnerable: ['bob sends the session ID of alice'], protected: ['bob sends no session cookie'] },
      ask: {
        question: 'Who does the shop think he is?',
        answer: ({ bob }) => bob.last.json.email ?? 'nobody',
        vulnerable: 'alice@shop.example',
        protected: 'nobody',
      },
    },
    {
      title: 'Alice logs out, and Bob tries again',
      purpose: 'Find an immediate remedy',
      narration: {
        vulnerable:
          'Deleting the session record invalidates every copy of the cookie, Bob’s as well. In such an incident, the operator first stops the caching, then deletes all session records, and then empties the cache.',
        protected:
          'The logout deletes the session record. For Bob nothing changes: his browser never had a copy of the cookie, so there is no incident to end.',
        both: 'Deleting the session record invalidates every copy of the cookie. In such an incident, the operator first stops the caching, then deletes all session records, and then empties the cache.',
      },
      act: async ({ alice, bob }) => {
        await alice.post('/auth/logout');
        await bob.get('/me');
      },
      claims: {
        vulnerable: ['the record of alice is deleted', 'bob sends a session cookie'],
        protected: ['the record of alice is deleted'],
      },
      ask: {
        question: 'What does the shop answer Bob?',
        answer: ({ bob }) => bob.last.status,
        vulnerable: 401,
        protected: 401,
      },
    },
  ],
  lesson: 'A response with a Set-Cookie must never be public, and public files need no session: serve them first.',
  fix: `app.use('/assets', express.static('public', { maxAge: '1d' })); // before the session middleware
app.use(session(options));`,
  notTheFix: [
    'rolling: false: the shop does not re-send the cookie, but each file still costs two Redis commands, and anybody who later turns rolling on reopens the hole.',
    'HttpOnly, Secure, SameSite: the cache hands out the cookie with all of them.',
  ],
  repairs: {
    fix: {
      title: 'Serve the files before the session',
      idea: 'Static files come before the session middleware, so a request for one neither reads nor renews a session.',
      because: 'The style sheet carries no cookie, so every cache may store it and give it to everybody.',
    },
    decoys: [
      {
        file: 'static-files-cookie-removed-too-early',
        title: 'Remove Set-Cookie from static files',
        idea: 'After the session, and before the file is sent, a middleware removes the header from the response.',
        because:
          'There is nothing to remove yet. express-session sets the cookie at the last moment, when the headers are sent.',
        fails: { step: 4, answer: 'alice@shop.example' },
      },
      {
        file: 'static-files-never-cached',
        title: 'Let no cache store static files',
        idea: 'The files are marked no-store, so no cache can give one visitor a response that was made for another.',
        because:
          'Bob does not get Alice’s cookie. But the style sheet still carries it, and now every visitor’s browser has to load it from the shop.',
        fails: { step: 3, answer: 'the app’s answer alone' },
      },
    ],
  },
});
