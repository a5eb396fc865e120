import { scenario } from './engine/scenario.ts';

const blog = 'https://blog.example';

export default scenario({
  slug: 'shared-redis-prefix',
  chapter: 'store',
  title: 'Two apps, one drawer',
  question: 'Does a login at the blog count in the shop?',
  setup: {
    vulnerable: { apps: { [blog]: { ownUsers: true, sharesSecret: true } } },
    protected: { apps: { [blog]: { ownUsers: true, keyPrefix: 'blog:sess:' } } },
  },
  actors: { bob: { role: 'victim', label: 'Bob' }, mallory: 'attacker' },
  references: ['ASVS V3.5.4', 'ASVS V13.3.1', 'RFC6265bis 8.5', 'CWE-488', 'CWE-501', 'CAPEC-60'],
  steps: [
    {
      title: 'Bob opens an account in the shop and logs in',
      purpose: 'A customer with a number',
      narration:
        'The shop gives him the next free number. His session holds that number and his role, and nothing about where he logged in.',
      act: async ({ bob }) => {
        await bob.post('/auth/register', { email: 'bob@shop.example', password: 'paper-boat-21' });
        await bob.post('/auth/login', { email: 'bob@shop.example', password: 'paper-boat-21' });
      },
      ask: {
        question: 'What is his number?',
        answer: ({ bob }) => bob.last.json.id,
        vulnerable: 4,
        protected: 4,
      },
    },
    {
      title: 'Mallory opens an account at the blog and logs in',
      purpose: 'The same number elsewhere',
      narration:
        'The blog is another app with users of its own, so its next free number is somebody else’s in the shop. Both apps keep their sessions in the same Redis.',
      act: async ({ mallory }) => {
        const account = { email: 'mallory@blog.example', password: 'paper-crow-22' };
        await mallory.on(blog).post('/auth/register', account);
        await mallory.on(blog).post('/auth/login', account);
      },
      ask: {
        question: 'What is her number at the blog?',
        answer: ({ mallory }) => mallory.last.json.id,
        vulnerable: 4,
        protected: 4,
      },
    },
    {
      title: 'Somebody looks into Redis',
      purpose: 'Whose records are whose',
      narration:
        'By default every connect-redis names its keys sess:<id>. With the same beginning, the records of two apps lie in one drawer, and neither can tell which are its own.',
      act: () => {},
      ask: {
        question: 'How many records does the shop find in its drawer?',
        answer: async ({ world }) => (await world.keys('sess:')).length,
        vulnerable: 2,
        protected: 1,
      },
    },
    {
      title: 'Mallory sends her blog cookie to the shop',
      purpose: 'Carry it next door',
      narration:
        'Her browser would not send it there, so she does it by hand. The shop checks the signature, which is good if both apps sign with one secret, then looks for the record, which is there if both use one drawer.',
      act: ({ mallory }) => {
        const cookie = mallory.cookie();
        return mallory.get('/me', { cookie: `${cookie?.name}=${cookie?.value}` });
      },
      ask: {
        question: 'Who does the shop think she is?',
        answer: ({ mallory }) => mallory.last.json?.email ?? 'nobody',
        vulnerable: 'bob@shop.example',
        protected: 'nobody',
      },
    },
  ],
  lesson: 'The same prefix and the same secret are the same sessions: each app has its own of both.',
  fix: `// One of each for every app, even where they share a Redis.
new RedisStore({ client: redis, prefix: 'blog:sess:' });
session({ secret: process.env.BLOG_SESSION_SECRET /* … */ });`,
  notTheFix: [
    'Another name for the cookie: whoever sends a cookie by hand writes the name that is wanted.',
    'Another prefix with the same secret: the next app that forgets it opens the door again.',
  ],
});
