import { randomBytes } from 'node:crypto';
import type { HandAction } from '../../scenarios/engine/hand.ts';
import { playStep, type StepResult } from '../../scenarios/engine/run.ts';
import { outline, type Scenario, timesFor } from '../../scenarios/engine/scenario.ts';
import type { Pace, StoreKind, Trace, TraceEvent, TraceHeader, Variant } from '../../scenarios/engine/trace.ts';
import type { User } from '../app/db.ts';
import type { RedisSwitch } from '../redis/switch.ts';
import { createActor } from './browser/actor.ts';
import type { Surroundings } from './browser/browser.ts';
import { castOf } from './castOf.ts';
import { createShop, usualLimits } from './deployment/deployment.ts';
import { hashedAtLeast } from './deployment/people.ts';
import { createHand, type Done } from './freePlay/hand.ts';
import { createKeyHand } from './freePlay/keyHand.ts';
import { type PlayOffer, pagesOf } from './freePlay/offer.ts';
import { faultyClient } from './lens/faults.ts';
import { createLens } from './lens/lens.ts';
import { createYou, type You } from './ownBrowser/you.ts';
import { createOwnRedis } from './ownRedis.ts';
import { createPatience } from './patience.ts';
import { createRecorder } from './recorder.ts';
import { openStore, requirePlayable } from './store.ts';
import { createClock } from './time/clock.ts';
import { createTime } from './time/time.ts';
import { turnToHash } from './turns.ts';
import { createWorld } from './world.ts';

export interface SandboxSettings {
  scenario: Scenario;
  variant: Variant;
  store: StoreKind;
  pace: Pace;
  /** The shop's people, hashed, at a higher cost where the scenario needs one; each sandbox gets copies. */
  users: readonly User[];
  redis: RedisSwitch;
  /** Who plays the actors: people with virtual browsers, unless said. */
  actorFor?: typeof createActor;
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
  /** The learner's own browser, which may join in. */
  readonly you: You;
  /** Everybody's ports on 127.0.0.1, by who answers there, as `by` of a response says it. */
  readonly ports: Readonly<Record<string, number>>;
  /**
   * Play until that many steps have been played. Calls queue up, and what was played is not played again. Stops at a step that
   * fails; the results are those of the steps played by this call.
   */
  playTo(count: number): Promise<StepResult[]>;
  /**
   * Do something by hand, in turn with the steps; only a jump in time may come in the middle of one, where that really waits.
   * Resolves to what Redis answered to a line of its console, and to null for everything else.
   * @throws RefusedByHand for what cannot be done, of which nothing was; the trace knows nothing of it
   */
  act(action: HandAction): Promise<string | null>;
  /** What was done by hand so far, each with the number of its event. Unlike the trace it has passwords as they were typed. */
  readonly done: readonly Done[];
  /** What free play has to offer now. */
  offer(): PlayOffer;
  /** Name of the app's session cookie. */
  readonly sessionCookie: string;
  /** Stop whatever runs, delete every key, close the app. The trace stays readable. A second call waits for the first. */
  end(why: string): Promise<void>;
}

/**
 * @throws Error for a weakness that does not exist, NeedsRealRedis for a scenario that the mock is not enough for,
 * RedisUnavailable when the store cannot be reached
 */
export async function createSandbox(settings: SandboxSettings): Promise<Sandbox> {
  const { scenario, variant, store, pace, redis, actorFor = createActor } = settings;
  const users = await hashedAtLeast(scenario.bcryptCost ?? 0, settings.users);
  requirePlayable(scenario, store);
  const id = randomBytes(6).toString('hex');
  const namespace = `sandbox:${id}:`;
  const clock = createClock();
  const times = timesFor(scenario, pace);
  const header: TraceHeader = {
    sandbox: id,
    scenario: outline(scenario, pace, store),
    variant,
    store,
    address: '',
    namespace,
    pace,
    limits: { idle: times.idle ?? usualLimits.idle, absolute: times.absolute ?? usualLimits.absolute },
    startedAt: Date.now(),
  };
  const recorder = createRecorder(header, clock);
  // Before anything is opened: a scenario that cannot be played leaves nothing behind.
  const shop = createShop({ scenario, variant, pace, users, clock, recorder });
  const { connection, address, own } = await openStore(redis, store, shop.setup, namespace);
  header.address = address;
  await shop.openEdges();
  const lens = createLens(connection, namespace, clock, recorder, shop.currentRequest);
  const { redis: appRedis, faults } = faultyClient(lens.redis, lens.failed);
  await shop.startApps(appRedis);

  const ending = new AbortController();
  const sessionCookie = shop.sessionCookie(appRedis);
  let requests = 0;
  const surroundings: Surroundings = {
    clock,
    recorder,
    hostOf: shop.hostOf,
    nextRequest: () => ++requests,
    signal: ending.signal,
    sessionCookie,
  };
  const actors = header.scenario.actors.map((actor, index) => actorFor(actor, index, surroundings));
  const you = createYou(surroundings);
  const time = createTime({
    ...{ clock, recorder, lens, actors, shop, pace },
    signal: ending.signal,
    jumped: you.timeJumped,
  });
  const keyHand = createKeyHand(connection, lens.keys);
  const ownRedis = createOwnRedis({ own, connection, recorder, signal: ending.signal });
  const world = createWorld({ shop, time, lens, keyHand, faults, recorder, ownRedis, redis: appRedis });
  const stage = {
    variant,
    store,
    cast: castOf(actors, world),
    stopwatch: () => performance.now(),
    // Who really waits says nothing, and is not stuck.
    inTime: createPatience(() => (time.waiting ? performance.now() : recorder.trace.events.length), ending.signal),
    settled: lens.settled,
    record: recorder.record,
  };

  let played = 0;
  let playing = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const watchWhileNeeded = () => lens.lookOn(playing > 0 || recorder.subscribers > 0);

  async function playOn(count: number): Promise<StepResult[]> {
    const results: StepResult[] = [];
    while (played < Math.min(count, scenario.steps.length) && !ending.signal.aborted) {
      const giveOn = scenario.bcryptCost === undefined ? () => {} : await turnToHash(ending.signal);
      if (ending.signal.aborted) {
        giveOn();
        break;
      }
      recorder.inStep(played);
      const result = await playStep(scenario, played, stage).finally(giveOn);
      recorder.inStep(null);
      played += 1;
      results.push(result);
      if (result.error) break;
    }
    return results;
  }

  const hand = createHand({
    actors,
    shop,
    keys: lens.keys,
    keyHand,
    namespace,
    redis: connection,
    appRedis,
    recorder,
    settled: lens.settled,
    jump: time.jump,
  });

  let ended: Promise<void> | undefined;
  async function tidyUp(why: string): Promise<void> {
    ending.abort(new Error(why));
    await queue;
    lens.stop();
    // Whatever was held back goes now, so that nothing is written after the keys are deleted.
    faults.mend();
    await faults.slowArrived();
    await shop.close();
    // Also when it is frozen: nothing waits for its answers any more, and its keys need no deleting.
    await own?.end();
    await lens.settled();
    // A Redis that is gone cannot be tidied up; there each key ends with its own time to live.
    if (!own) await lens.keys.deleteAll().catch(() => {});
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
    you,
    get played() {
      return played;
    },
    get full() {
      return recorder.full;
    },
    get port() {
      return shop.port;
    },
    ports: shop.ports,
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
    act(action) {
      const turn = action.do === 'jump-time' ? Promise.race([queue, time.stepWaits()]) : queue;
      const acted = turn.then(() => {
        ending.signal.throwIfAborted();
        return hand.act(action);
      });
      queue = Promise.all([queue, acted.catch(() => {})]);
      return acted;
    },
    done: hand.done,
    offer() {
      const { routes, hosts } = shop.addresses();
      const session = shop.sessionNow(appRedis);
      return { actors: header.scenario.actors, routes, hosts, origins: pagesOf(hosts), session };
    },
    sessionCookie,
    end(why) {
      ended ??= tidyUp(why);
      return ended;
    },
  };
}
