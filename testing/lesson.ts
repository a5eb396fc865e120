/** A small scenario around the acts that a test is about, and sandboxes to play it in. */
import { minutes, seconds } from '../scenarios/engine/durations.ts';
import { type Scenario, type Step, scenario } from '../scenarios/engine/scenario.ts';
import type { Pace, Variant } from '../scenarios/engine/trace.ts';
import { seedUsers } from '../server/app/db.ts';
import { createSandbox, type Sandbox } from '../server/lab/sandbox.ts';
import type { RedisSwitch } from '../server/redis/switch.ts';

type Act = Step<'alice' | 'mallory', 'idle' | 'pause'>['act'];

export const credentials = { email: 'alice@shop.example', password: 'rabbit-hole-7' };
export const logIn: Act = ({ alice }) => alice.post('/auth/login', credentials);
export const openAccount: Act = ({ alice }) => alice.get('/me');
/** Twenty minutes if time is jumped, one minute if it is really waited for. */
export const pause: Act = ({ world }) => world.letPass(world.times.pause);

/** Returns a scenario in which each act is a step. */
export function lessonOf(...acts: Act[]): Scenario {
  return scenario({
    slug: 'test-lesson',
    chapter: 'login',
    title: 'For a test',
    question: 'Does it work?',
    weakness: 'login-keeps-session-id',
    actors: { alice: 'victim', mallory: 'attacker' },
    references: [],
    times: { idle: minutes(30), pause: minutes(20) },
    inRealTime: { idle: minutes(30), pause: seconds(60) },
    steps: [
      ...acts.map((act, index) => ({ title: `Step ${index + 1}`, purpose: '', narration: '', act })),
      {
        title: 'The end',
        purpose: '',
        narration: '',
        act: () => {},
        ask: { question: '?', answer: () => true, vulnerable: false, protected: true },
      },
    ],
    lesson: '',
  });
}

const users = seedUsers(4);
const open = new Set<Sandbox>();

export async function openSandbox(
  redis: RedisSwitch,
  settings: { scenario: Scenario; store?: 'mock' | 'real'; pace?: Pace; variant?: Variant },
): Promise<Sandbox> {
  const defaults = { store: 'mock', pace: 'jump', variant: 'protected' } as const;
  const sandbox = await createSandbox({ ...defaults, ...settings, redis, users: await users });
  open.add(sandbox);
  return sandbox;
}

/** Ends the sandboxes that the test has opened. To be called after each test. */
export async function endSandboxes(): Promise<void> {
  await Promise.all([...open].map((sandbox) => sandbox.end('the test is over')));
  open.clear();
}
