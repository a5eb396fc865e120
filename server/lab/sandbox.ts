import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { Cast } from '../../scenarios/engine/cast.ts';
import { hours, minutes } from '../../scenarios/engine/durations.ts';
import { playStep, type StepResult } from '../../scenarios/engine/run.ts';
import { outline, type Scenario, timesFor } from '../../scenarios/engine/scenario.ts';
import type { Pace, StoreKind, Trace, TraceEvent, TraceHeader, Variant } from '../../scenarios/engine/trace.ts';
import { createApp } from '../app/app.ts';
import { createUsers, type User } from '../app/db.ts';
import { parts } from '../app/parts.ts';
import type { Services } from '../app/services.ts';
import { weaknesses } from '../app/weaknesses/index.ts';
import type { RedisSwitch } from '../redis/switch.ts';
import { createActor } from './actor.ts';
import { createClock } from './clock.ts';
import { openEdge } from './edge.ts';
import { createLens } from './lens/lens.ts';
import { mustAnswer } from './lens/mustAnswer.ts';
import { createRecorder } from './recorder.ts';
import { createTime } from './time.ts';

export interface SandboxSettings {
  scenario: Scenario;
  variant: Variant;
  store: StoreKind;
  pace: Pace;
  /** The shop's people, hashed; each sandbox gets copies. */
  users: readonly User[];
  redis: RedisSwitch;
  /** Put the asks of the protected variant to an app with the weakness. They must not hold, or they would never notice it. */
  withoutFix?: boolean;
}

/** One learner's isolated world: an app, actors, a Redis namespace, a trace. */
export interface Sandbox {
  readonly id: string;
  readonly trace: Trace;
  /** Called for every event from now on; while anybody listens, Redis is watched for changes by others. Returns how to stop. */
  subscribe(listener: (event: TraceEvent) => void): () => void;
  /** Sandbox milliseconds. */
  now(): number;
  /** How many steps have been played. */
  readonly played: number;
  /** The trace has reached its limit; nothing more is recorded. */
  readonly full: boolean;
  /** Where the app listens on 127.0.0.1. */
  readonly port: number;
  /**
   * Play until that many steps have been played. Calls queue up, and what was played is not played again. Stops at a step that
   * fails; the results are those of the steps played by this call.
   */
  playTo(count: number): Promise<StepResult[]>;
  /** Make everything older; in the middle of a step that waits, the wait becomes shorter. Rejects when the sandbox has ended. */
  jump(ms: number): Promise<void>;
  /** Delete a key by hand, by its whole name. False when the sandbox has no such key. */
  deleteKey(key: string): Promise<boolean>;
  /** Stop whatever runs, delete every key, close the app. The trace stays readable. A second call waits for the first. */
  end(why: string): Promise<void>;
}

/** @throws Error for a weakness that does not exist, RedisUnavailable when the store cannot be reached */
export async function createSandbox(settings: SandboxSettings): Promise<Sandbox> {
  const { scenario, variant, store, pace, users, redis, withoutFix = false } = settings;
  const weakness = weaknesses[scenario.weakness];
  if (!weakness) {
    const known = Object.keys(weaknesses).join(', ');
    throw new Error(
      `Scenario "${scenario.slug}": there is no weakness "${scenario.weakness}" in server/app/weaknesses; there are ${known}.`,
    );
  }

  const id = randomBytes(6).toString('hex');
  const namespace = `sandbox:${id}:`;
  const connection = await redis.connect(store, { keyPrefix: namespace });
  const clock = createClock();
  const header: TraceHeader = {
    sandbox: id,
    scenario: outline(scenario, pace),
    variant,
    store,
    address: redis.address(store),
    namespace,
    pace,
    startedAt: Date.now(),
  };
  const recorder = createRecorder(header, clock);
  let app: RequestListener = () => {};
  const edge = await openEdge(() => app);
  const lens = createLens(connection, namespace, clock, recorder, edge.currentRequest);
  const times = timesFor(scenario, pace);
  const services: Services = {
    redis: lens.redis,
    users: createUsers(users.map((user) => ({ ...user }))),
    secret: randomBytes(32).toString('base64url'),
    idle: times.idle ?? minutes(30),
    absolute: times.absolute ?? hours(8),
    now: clock.wall,
    // The learner sees the 500 and the failed command; the console of the server is not the place to teach.
    log: () => {},
  };
  const laidOver = variant === 'vulnerable' || withoutFix ? { ...parts, ...weakness } : parts;
  app = createApp(services, laidOver);
  // 'connect.sid' is express-session's own name for an app that gives none.
  const sessionCookie = laidOver.sessionOptions(services).name ?? 'connect.sid';

  const ending = new AbortController();
  let requests = 0;
  const surroundings = { clock, recorder, edge, nextRequest: () => ++requests, signal: ending.signal, sessionCookie };
  const actors = header.scenario.actors.map((actor, index) => createActor(actor, index, surroundings));
  const time = createTime({ clock, recorder, lens, actors, pace, signal: ending.signal });
  const cast = {
    ...Object.fromEntries(actors.map((actor) => [actor.name, actor])),
    world: {
      times,
      letPass: (ms: number) => mustAnswer(time.letPass(ms)),
      keys: (prefix = '') => mustAnswer(lens.keys.read(prefix)),
    },
  } as Cast<string, string>;
  const stage = { variant, cast, stopwatch: () => performance.now(), settled: lens.settled, record: recorder.record };

  let played = 0;
  let playing = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const watchWhileNeeded = () => lens.lookOn(playing > 0 || recorder.subscribers > 0);

  async function playOn(count: number): Promise<StepResult[]> {
    const results: StepResult[] = [];
    while (played < Math.min(count, scenario.steps.length) && !ending.signal.aborted) {
      recorder.inStep(played);
      const result = await playStep(scenario, played, stage);
      recorder.inStep(null);
      played += 1;
      results.push(result);
      if (result.error) break;
    }
    return results;
  }

  let ended: Promise<void> | undefined;
  async function tidyUp(why: string): Promise<void> {
    ending.abort(new Error(why));
    await queue;
    lens.stop();
    await edge.close();
    await lens.settled();
    // A Redis that is gone cannot be tidied up; there each key ends with its own time to live.
    await lens.keys.deleteAll().catch(() => {});
    recorder.record({ type: 'ended', why });
    connection.disconnect();
  }

  return {
    id,
    trace: recorder.trace,
    subscribe(listener) {
      const unsubscribe = recorder.subscribe(listener);
      watchWhileNeeded();
      return () => {
        unsubscribe();
        watchWhileNeeded();
      };
    },
    now: clock.now,
    get played() {
      return played;
    },
    get full() {
      return recorder.full;
    },
    port: edge.port,
    playTo(count) {
      playing += 1;
      watchWhileNeeded();
      const results = queue.then(() => playOn(count));
      queue = results
        .catch(() => {})
        .finally(() => {
          playing -= 1;
          watchWhileNeeded();
        });
      return results;
    },
    async jump(ms) {
      ending.signal.throwIfAborted();
      recorder.record({ type: 'hand', action: { do: 'jump-time', ms } });
      await time.jump(ms);
    },
    async deleteKey(key) {
      if (!key.startsWith(namespace)) return false;
      const name = key.slice(namespace.length);
      if (!lens.keys.names().includes(name)) return false;
      recorder.record({ type: 'hand', action: { do: 'delete-key', key } });
      return lens.keys.deleteByHand(name);
    },
    end(why) {
      ended ??= tidyUp(why);
      return ended;
    },
  };
}
