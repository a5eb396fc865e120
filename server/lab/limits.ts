/** Plays a choice of limits on the app: a login, then clicks at regular intervals until one is refused. */

import { RedisStore } from 'connect-redis';
import type { Actor, World } from '../../scenarios/engine/cast.ts';
import { seconds } from '../../scenarios/engine/durations.ts';
import { type Click, type Limits, mostClicks } from '../../scenarios/engine/limits.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { defaultParts } from '../app/app.ts';
import { demoUsers, type User } from '../app/db.ts';
import type { Parts } from '../app/parts.ts';
import { recordPrefix } from '../app/session.ts';
import type { RedisSwitch } from '../redis/switch.ts';
import { requireAuth } from '../weaknesses/no-absolute-limit.ts';
import { withSessionOptions } from './deployment/sessionOptions.ts';
import type { Sandboxes } from './sandboxes.ts';
import type { Share } from './shares.ts';

/** A hundred clicks take less than a second; after this time, something hangs. Milliseconds. */
const longestRun = seconds(30);

interface Lab {
  store: StoreKind;
  sandboxes: Sandboxes;
  users: readonly User[];
  redis: RedisSwitch;
  share: Share;
  /** Ends the work when it aborts. */
  signal: AbortSignal;
}

/** Plays the limits in a sandbox of its own, and returns what was measured after each response. */
export async function playLimits(limits: Limits, lab: Lab): Promise<Click[]> {
  const { store, sandboxes, users, redis, share, signal } = lab;
  const clicks: Click[] = [];
  const measure = async (alice: Actor, world: World) => {
    const [record] = await world.keys(recordPrefix);
    const cookie = alice.expiresIn();
    clicks.push({
      at: sandbox.now(),
      status: alice.last.status,
      cookie: cookie === undefined ? 'gone' : (cookie ?? 'no expiry'),
      record: record === undefined ? 'gone' : (record.expiresIn ?? 'no expiry'),
    });
  };
  const sandbox = await sandboxes.create({
    scenario: clicking(limits, measure),
    parts: partsFor(limits),
    variant: 'protected',
    pace: 'jump',
    ...{ store, users, redis, share },
  });
  // A sandbox that ends ends the step that hangs in it.
  const end = (why: string) => void sandboxes.end(sandbox.id, why);
  const limit = setTimeout(() => end('It took too long.'), longestRun);
  const leave = () => end('Nobody waits for it any more.');
  signal.addEventListener('abort', leave, { once: true });
  try {
    const [result] = await sandbox.playTo(1);
    signal.throwIfAborted();
    if (result?.error) throw result.error;
    return clicks.map((click) => ({ ...click, at: click.at - clicks[0]!.at }));
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', leave);
    await sandboxes.end(sandbox.id, 'It was played to its end.');
  }
}

/** The parts of the app that a choice of limits replaces. Its absolute limit is a setting, unless there is none. */
function partsFor({ maxAge, idle, absolute, rolling }: Limits): Parts {
  return {
    ...withSessionOptions(defaultParts, { maxAge, rolling }),
    ...(absolute === null && { requireAuth }),
    ...(idle !== null && {
      createSessionStore: ({ redis }) =>
        new RedisStore({ client: redis, prefix: recordPrefix, ttl: () => idle / 1000 }),
    }),
  };
}

const { email, password } = demoUsers.find(({ email }) => email.startsWith('alice'))!;

/** @param measure called after the login and after each click */
function clicking({ absolute, every }: Limits, measure: (alice: Actor, world: World) => Promise<void>): Scenario {
  return {
    slug: 'limits',
    chapter: 'lifetime',
    title: 'Limits of a session',
    question: 'How long does a login last?',
    actors: { alice: 'victim' },
    references: [],
    times: absolute === null ? {} : { absolute },
    steps: [
      {
        title: 'Alice logs in and clicks at regular intervals',
        purpose: 'Measure the limits',
        narration: 'She clicks until the shop refuses her.',
        act: async ({ alice, world }) => {
          await alice!.post('/auth/login', { email, password });
          await measure(alice!, world);
          for (let count = 0; count < mostClicks && alice!.last.status === 200; count++) {
            await world.letPass(every);
            await alice!.get('/me');
            await measure(alice!, world);
          }
        },
      },
    ],
    lesson: 'The limit that is reached first ends the session.',
  };
}
