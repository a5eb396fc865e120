import { afterAll, afterEach, expect, test } from 'vitest';
import { read } from '../../scenarios/engine/read.ts';
import { scenario } from '../../scenarios/engine/scenario.ts';
import { credentials, endSandboxes, openSandbox } from '../../testing/lesson.ts';
import { createRedisSwitch } from '../redis/switch.ts';

const redis = createRedisSwitch({});
afterEach(endSandboxes);
afterAll(() => redis.close());

const fixation = {
  slug: 'fixation',
  chapter: 'login' as const,
  title: 'Fixation',
  question: 'Does a login change the session id?',
  weakness: 'login-keeps-session-id',
  actors: { alice: 'victim' as const, mallory: 'attacker' as const },
  references: [],
  lesson: 'It must.',
};

/** A scenario that expects one answer of the vulnerable app and the other one of the protected app. */
const expecting = (answers: { vulnerable: string; protected: string }) =>
  scenario({
    ...fixation,
    steps: [
      {
        title: 'Mallory gets a session, Alice logs in under its id, Mallory comes back',
        purpose: 'Take over the session',
        narration: 'The login keeps the id, or it does not.',
        act: async ({ alice, mallory }) => {
          await mallory.post('/basket', { item: 'hat' });
          await mallory.plantCookie(alice);
          await alice.post('/auth/login', credentials);
          await mallory.get('/me');
        },
        ask: {
          question: 'Who does the shop think Mallory is?',
          answer: ({ mallory }) => (mallory.last.status === 200 ? 'Alice' : 'nobody'),
          ...answers,
        },
      },
    ],
  });

const right = expecting({ vulnerable: 'Alice', protected: 'nobody' });
const swapped = expecting({ vulnerable: 'nobody', protected: 'Alice' });

test.each([
  ['the protected app passes its asks', right, 'protected', 'nobody', true],
  [
    'without its fix, it would fail them: the vulnerable app fails the same asks',
    swapped,
    'vulnerable',
    'Alice',
    false,
  ],
  ['the vulnerable app passes its asks', right, 'vulnerable', 'Alice', true],
  [
    'without its weakness, it would fail them: the protected app fails the same asks',
    swapped,
    'protected',
    'nobody',
    false,
  ],
] as const)('%s', async (_, lesson, variant, actual, holds) => {
  const sandbox = await openSandbox(redis, { scenario: lesson, variant });
  const [result] = await sandbox.playTo(1);
  expect(result).toEqual({ holds, untrue: [], error: null });
  expect(read(sandbox.trace).steps[0]!.ask).toMatchObject({ actual, holds });
});
