import { mailedToken } from './engine/mailedToken.ts';
import { scenario } from './engine/scenario.ts';

const blog = 'https://blog.example';

export default scenario({
  slug: 'shared-redis-prefix',
  chapter: 'store',
  title: 'Redis key prefix',
  subtitle: 'Two apps, one drawer',
  synonyms: ['namespace', 'two apps', 'key collision', 'sess:', 'multi-tenant', 'shared database'],
  question: 'Is a login at the blog also valid at the shop?',
  setup: {
    vulnerable: { apps: { [blog]: { ownUsers: true, sharesSecret: true } } },
    protected: { apps: { [blog]: { ownUsers: true, keyPrefix: 'blog:sess:' } } },
  },
  actors: { bob: { role: 'victim', label: 'Bob' }, mallory: 'attacker' },
  references: ['ASVS V13.3.1', 'RFC6265bis 8.5', 'CWE-488', 'CWE-501', 'CAPEC-60'],
  steps: [
    {
      title: 'Bob registers at the shop and logs in',
      purpose: 'A customer with a user ID',
      narration:
        'He gives his address, and chooses a password behind the link in the shop’s mail. The shop gives him the next free user ID. His session holds that ID and his role, but not where he logged in.',
      act: async ({ bob, world }) => {
        await bob.post('/auth/register', { email: 'bob@shop.example' });
        await bob.post('/auth/confirm-email', {
          token: mailedToken(world.mail('bob@shop.example')[0]),
          password: 'paper-boat-21',
        });
        await bob.post('/auth/login', { email: 'bob@shop.example', password: 'paper-boat-21' });
      },
      claims: ['bob gets a session cookie'],
      ask: {
        question: 'What is his user ID?',
        answer: ({ bob }) => bob.last.json.id,
        vulnerable: 4,
        protected: 4,
      },
    },
    {
      title: 'Mallory registers at the blog and logs in',
      purpose: 'The same user ID elsewhere',
      narration:
        'The blog is another app with its own users, so its next free user ID belongs to somebody else at the shop. Both apps keep their sessions in the same Redis.',
      act: async ({ mallory, world }) => {
        const account = { email: 'mallory@blog.example', password: 'paper-crow-22' };
        const { email, password } = account;
        await mallory.on(blog).post('/auth/register', { email });
        await mallory.on(blog).post('/auth/confirm-email', { token: mailedToken(world.mail(email)[0]), password });
        await mallory.on(blog).post('/auth/login', account);
      },
      claims: ['mallory gets a session cookie'],
      ask: {
        question: 'What is her user ID at the blog?',
        answer: ({ mallory }) => mallory.last.json.id,
        vulnerable: 4,
        protected: 4,
      },
    },
    {
      title: 'Somebody lists the keys in Redis',
      purpose: 'Whose records are whose',
      narration:
        'By default every connect-redis names its keys sess:<id>. If two apps use the same prefix, their session records are mixed, and neither app can tell which are its own.',
      act: () => {},
      ask: {
        question: 'How many records does the shop find under its prefix?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 1,
        neutral: false,
      },
    },
    {
      title: 'Mallory sends her blog cookie to the shop',
      purpose: 'Replay it at another app',
      narration:
        'Her browser would not send it there, so she sends it manually. The signature is valid if both apps sign with one secret, and the shop finds the record if both use one prefix.',
      act: ({ mallory }) => {
        const cookie = mallory.cookie();
        return mallory.get('/me', { cookie: `${cookie?.name}=${cookie?.value}` });
      },
      claims: {
        vulnerable: ['mallory sends a session cookie', 'Redis gets GET'],
        protected: ['mallory sends a session cookie', 'Redis does not get GET'],
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'bob@shop.example',
        protected: 'nobody',
      },
    },
  ],
  lesson: 'Apps with the same prefix and secret share their sessions: give each app its own of both.',
  fix: `// Each app has its own prefix and secret, even in a shared Redis.
new RedisStore({ client: redis, prefix: 'blog:sess:' });
session({ secret: process.env.BLOG_SESSION_SECRET /* … */ });`,
  notTheFix: [
    'Another name for the cookie: an attacker who sends a cookie manually can use any name.',
    'Another prefix with the same secret: the next app that forgets its own shares the sessions again.',
  ],
});
