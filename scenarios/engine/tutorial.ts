/**
 * What the usual tutorial on sessions in Express says, line by line; what is so, as measured; and the scenarios that show it.
 * Plain data, in the order of such a tutorial.
 */

/** `so`: true as it stands. `partly`: true with a condition that the tutorial leaves out. `not so`: false, or it fails. */
export type Verdict = 'so' | 'partly' | 'not so' | 'left out';

export interface TutorialLine {
  /** A sentence, or a line of code when `code` is true. */
  says: string;
  code?: true;
  verdict: Verdict;
  /** What is so, in one to three sentences. */
  so: string;
  /** The slugs of the scenarios that show it. */
  shownBy: string[];
}

export interface TutorialPart {
  title: string;
  lines: TutorialLine[];
}

export const tutorial: readonly TutorialPart[] = [
  {
    title: 'What a session is',
    lines: [
      {
        says: 'The browser holds an opaque, signed ID. The server looks up the record with that name.',
        verdict: 'so',
        so: 'The cookie’s value is the ID and a signature, and nothing else. Anybody can read the ID; without the secret, nobody can make one up.',
        shownBy: ['first-login', 'cookie-anatomy'],
      },
      {
        says: 'Delete one record and the session is revoked at once, which a stateless token cannot match.',
        verdict: 'partly',
        so: 'One delete ends one session of the user, not the others. A token can be denied too, by a list, a date per user or a new key. Each of them is state that every request looks up.',
        shownBy: ['signed-token-instead-of-a-session', 'logout-everywhere', 'admin-kill-switch'],
      },
      {
        says: 'Keep the user’s ID, the role and flash messages in the session.',
        verdict: 'partly',
        so: 'The ID, yes. A role in a session is a copy that gets old. A flash message writes a record for each visitor who gets one, robots included.',
        shownBy: ['privilege-change-rotation', 'flash-message', 'session-data-size-and-secrets'],
      },
    ],
  },
  {
    title: 'Setting it up',
    lines: [
      {
        says: 'npm install express express-session connect-redis ioredis bcrypt',
        code: true,
        verdict: 'not so',
        so: 'The newest connect-redis (9) does not work with ioredis: Redis refuses its SET. A mock accepts it, so the tests pass. Install connect-redis@8, or node-redis as the client.',
        shownBy: ['version-trap'],
      },
      {
        says: 'MemoryStore is for development only: it leaks, and a second process does not see its sessions.',
        verdict: 'so',
        so: 'Both. What nobody asks for again stays in memory after it has expired.',
        shownBy: ['memory-store-grows', 'memory-store-two-instances'],
      },
      {
        says: 'Redis survives a deployment, and all processes share it.',
        verdict: 'partly',
        so: 'The records do. The cookies are worthless unless the secret survives as well.',
        shownBy: ['restart-survival', 'secret-rotation', 'memory-store-two-instances'],
      },
      {
        says: 'secret: process.env.SESSION_SECRET',
        code: true,
        verdict: 'partly',
        so: 'It signs the cookie, so nobody can forge one, unless it leaks, is guessed, or is made anew at each start. A list of secrets lets you change it without logging everybody out.',
        shownBy: ['cookie-tampering', 'session-id-guessing', 'secret-rotation'],
      },
      {
        says: 'Keep the secret out of source control.',
        verdict: 'so',
        so: 'Anyone who knows it signs any ID. Random IDs are what protects the records then.',
        shownBy: ['session-id-guessing'],
      },
    ],
  },
  {
    title: 'The options',
    lines: [
      {
        says: 'resave: false',
        code: true,
        verdict: 'so',
        so: 'With resave, each request writes back the session it has read, and undoes what another one wrote meanwhile.',
        shownBy: ['resave-lost-update'],
      },
      {
        says: 'saveUninitialized: false',
        code: true,
        verdict: 'so',
        so: 'Otherwise each visit without a cookie makes a record, and every robot is such a visit.',
        shownBy: ['save-uninitialized-flood'],
      },
      {
        says: 'rolling: true // every response resets the expiry of both',
        code: true,
        verdict: 'partly',
        so: 'It renews the cookie. The record is renewed by touch(), with rolling or without, and a route without a session renews neither. A late response can bring back an older cookie.',
        shownBy: ['rolling-refresh', 'login-lost-to-a-slow-request'],
      },
      {
        says: 'httpOnly: true // scripts cannot get at the cookie',
        code: true,
        verdict: 'partly',
        so: 'They cannot read it. A script in the page still acts with it, and can push it out of a full cookie jar.',
        shownBy: ['httponly-vs-xss'],
      },
      {
        says: "secure: process.env.NODE_ENV === 'production'",
        code: true,
        verdict: 'not so',
        so: 'Where nobody has set NODE_ENV, the cookie goes over http, and nothing tells you. Be secure by default, and say where you are not.',
        shownBy: ['secure-depends-on-node-env'],
      },
      {
        says: "sameSite: 'lax' // against CSRF by top-level navigation",
        code: true,
        verdict: 'partly',
        so: 'Lax lets exactly those through, if they are GET. It holds the cookie back from what other sites post or embed. A subdomain is not another site.',
        shownBy: ['samesite-csrf', 'subdomain-cookie-tossing'],
      },
      {
        says: 'cookie: { maxAge: 86_400_000 } // how long a login stays valid',
        code: true,
        verdict: 'partly',
        so: 'It bounds the idle time, as long as requests renew it. An absolute limit is the app’s own. Written as text, it is no limit at all.',
        shownBy: ['idle-timeout', 'absolute-timeout', 'string-max-age'],
      },
      {
        says: "app.set('trust proxy', 1)",
        code: true,
        verdict: 'so',
        so: 'With one proxy. Without the setting, express-session silently leaves the Secure cookie out behind it. Never trust more proxies than there are.',
        shownBy: ['secure-and-trust-proxy'],
      },
    ],
  },
  {
    title: 'Logging in',
    lines: [
      {
        says: 'if (!user || !(await bcrypt.compare(password, user.hash))) return res.status(401).end()',
        code: true,
        verdict: 'not so',
        so: 'The answer is right, and its time tells who has an account: without one, nothing is hashed.',
        shownBy: ['user-enumeration-by-timing', 'user-enumeration-by-message'],
      },
      {
        says: 'req.session.regenerate(() => { req.session.userId = user.id; res.json(user); })',
        code: true,
        verdict: 'partly',
        so: 'The new ID is what stops fixation. Without save(), the answer can be faster than the record, and a failed write looks like a login.',
        shownBy: ['session-fixation', 'regenerate-at-login', 'redirect-before-save'],
      },
      {
        says: 'Set-Cookie: connect.sid=s%3A…; Max-Age=86400',
        code: true,
        verdict: 'not so',
        so: 'express-session turns maxAge into Expires, a date by the server’s clock.',
        shownBy: ['cookie-anatomy'],
      },
    ],
  },
  {
    title: 'Guarding the routes',
    lines: [
      {
        says: 'router.use(requireAuth)',
        code: true,
        verdict: 'so',
        so: 'A guard on the router cannot be forgotten on a route. It must look for a user who has logged in, not for just any value in the session, and refuse when the store is away.',
        shownBy: ['session-puzzling', 'privilege-change-rotation', 'store-outage-fail-closed'],
      },
      {
        says: 'Pair SameSite with a CSRF token.',
        verdict: 'so',
        so: 'The token also holds where the other page is of the same site.',
        shownBy: ['csrf-token'],
      },
      {
        says: 'Express 5 forwards a rejected promise of a handler to the error handler.',
        verdict: 'so',
        so: 'Express 4 ignores it: the visitor waits, and the process may end.',
        shownBy: ['async-errors'],
      },
    ],
  },
  {
    title: 'Ending a session',
    lines: [
      {
        says: "req.session.destroy(() => { res.clearCookie('connect.sid').end(); })",
        code: true,
        verdict: 'partly',
        so: 'The record is what counts, and it is gone. A cookie that was set with other attributes stays in the browser.',
        shownBy: ['logout-cookie-survives', 'logout-replay'],
      },
      {
        says: 'The cookie and the record expire together, so an expired session cannot be replayed.',
        verdict: 'partly',
        so: 'So, when they do agree. The record decides: a copied cookie has no expiry.',
        shownBy: ['idle-timeout', 'cookie-store-lifetime-mismatch'],
      },
      {
        says: "await redis.del('sess:' + id) // log out all devices",
        code: true,
        verdict: 'not so',
        so: 'It ends one session. The others need a list per user. A request that is in flight writes the record back, unless the app prevents that.',
        shownBy: ['logout-everywhere', 'forced-logout-one-device', 'in-flight-vs-forced-logout'],
      },
    ],
  },
  {
    title: 'What it does not mention',
    lines: [
      {
        says: 'How often somebody may try a password.',
        verdict: 'left out',
        so: 'Without a limit, a list of passwords is a matter of hours. Each try also costs your server a slow hash.',
        shownBy: ['brute-force-throttle', 'bcrypt-starves-the-server', 'bcrypt-cost-and-72-bytes'],
      },
      {
        says: 'What a new password means for the sessions that exist.',
        verdict: 'left out',
        so: 'Anyone who has the old cookie stays logged in, unless the change ends all other sessions.',
        shownBy: ['password-change-ends-sessions', 'password-reset-poisoning'],
      },
      {
        says: 'What a stolen cookie may change.',
        verdict: 'left out',
        so: 'The e-mail address, and with it the password, unless such a change asks for the password again.',
        shownBy: ['reauth-for-sensitive-change', 'session-cookie-in-a-har-file'],
      },
      {
        says: 'What happens before the first https response.',
        verdict: 'left out',
        so: 'Somebody on the network answers the http request. No cookie attribute helps against that; HSTS does, from the second visit on.',
        shownBy: ['hsts'],
      },
      {
        says: 'What caches and the Back button keep.',
        verdict: 'left out',
        so: 'Account pages, after the logout too, unless Cache-Control says no-store.',
        shownBy: ['authenticated-page-caching', 'cdn-caches-set-cookie'],
      },
    ],
  },
];
