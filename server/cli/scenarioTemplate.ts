/** Returns the text of a scenario file that holds in both variants: the example of the README. */
export const scenarioTemplate = (slug: string): string => `import { scenario } from 'session-sandbox';

/**
 * Plays in two apps: \`vulnerable\` has the weakness, \`protected\` does not.
 * An ask is what has to be shown: its answer differs between the two.
 */
export default scenario({
  slug: '${slug}',
  chapter: 'login',
  title: 'Session ID kept at login',
  subtitle: 'A cookie from before the login',
  question: 'Does a cookie from before the login still work after it?',
  weakness: 'login-keeps-session-id',
  actors: { alice: 'victim', mallory: 'attacker' },
  references: ['CWE-384'],
  steps: [
    {
      title: 'Alice fills a basket',
      purpose: 'Get a session',
      narration: 'The shop has to remember her basket, so it stores a session record and sets a cookie.',
      act: ({ alice }) => alice.post('/basket', { item: 'a hat' }),
    },
    {
      title: 'Mallory copies the cookie, Alice logs in',
      purpose: 'Change of privilege',
      narration: 'When the copy was made, Alice was not logged in, and there was nothing to steal yet.',
      act: async ({ alice, mallory }) => {
        await mallory.copyCookie(alice);
        await alice.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
        await mallory.get('/me');
      },
      // What must have happened for the narration to be true.
      claims: ['alice gets a session cookie', 'mallory sends a session cookie'],
      ask: {
        question: 'What does the shop answer?',
        answer: ({ mallory }) => mallory.last.status,
        vulnerable: 200,
        protected: 401,
      },
    },
  ],
  lesson: 'A session ID from before the login must be worthless after it.',
});
`;
