/** What the second thread does, see secondThread.ts. */
import type { Variant } from '../../scenarios/engine/trace.ts';
import { people } from '../lab/deployment/people.ts';
import { createRedisSwitch } from '../redis/switch.ts';
import { catalogue } from './catalogue.ts';
import { InfrastructureFailed, WrongUsage } from './errors.ts';
import { play } from './play.ts';
import type { Run } from './reporter.ts';

/** A run, in words that can be sent to another thread. */
export interface Task {
  /** Of the catalogue. */
  slug: string;
  variant: Variant;
  repair: string | null;
  bcryptCost: number;
}

/** The run, or why it cannot be played: of an error that is sent to another thread, only the message arrives. */
export type PlayedThere = { run: Run } | { failed: 'WrongUsage' | 'InfrastructureFailed'; message: string };

const redis = createRedisSwitch({});
/** Never aborts: to stop this thread, its parent ends it. */
const { signal } = new AbortController();

/** Plays a scenario of the catalogue on the mock of this thread, in jumping time. */
export default async function playThere({ slug, variant, repair, bcryptCost }: Task): Promise<PlayedThere> {
  const [scenario, users] = await Promise.all([catalogue.named(slug), people(bcryptCost)]);
  const setting = { store: 'mock', pace: 'jump', users, redis, signal, ...(repair !== null && { repair }) } as const;
  try {
    return { run: await play(scenario!, variant, setting) };
  } catch (error) {
    if (error instanceof WrongUsage) return { failed: 'WrongUsage', message: error.message };
    if (error instanceof InfrastructureFailed) return { failed: 'InfrastructureFailed', message: error.message };
    throw error;
  }
}
