import { randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt';
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import type { FreePlayOffer } from '../../scenarios/engine/api.ts';
import { unknownSandbox } from '../../scenarios/engine/errors.ts';
import type { StepResult } from '../../scenarios/engine/run.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Pace, StoreKind, Trace, TraceEvent, Variant } from '../../scenarios/engine/trace.ts';
import type { User } from '../app/db.ts';
import type { Parts } from '../app/parts.ts';
import type { RedisSwitch } from '../redis/switch.ts';
import { createActor } from './browser/actor.ts';
import type { BrowserEnvironment } from './browser/exchange.ts';
import { castOf, createWorld } from './cast.ts';
import { checkedActor, checkedWorld } from './castArguments.ts';
import { startDeployment } from './deployment/deployment.ts';
import { hashedAtLeast } from './deployment/people.ts';
import { planDeployment } from './deployment/plan.ts';
import { createKeyEditor } from './freePlay/keyEditor.ts';
import { createManualActions, type TakenAction } from './freePlay/manualActions.ts';
import { pagesOf } from './freePlay/manualRequest.ts';
import { createStoreFaults } from './freePlay/storeFaults.ts';
import { startOwnThreads } from './hashing/ownThreads.ts';
import { hashingFor } from './hashing/pool.ts';
import { faultyClient } from './lens/faults.ts';
import { createLens } from './lens/lens.ts';
import { createCurrentRequest } from './network/currentRequest.ts';
import { createOwnBrowserActor, type OwnBrowserActor } from './ownBrowser/ownBrowserActor.ts';
import { createPlayback } from './playback.ts';
import { createRecorder, type TraceRoom } from './recorder.ts';
import { removeKeys } from './removal.ts';
import { createHoldings, type Holdings, type Share, unshared } from './shares.ts';
import { openStore, ownRedisOperations, requirePlayable } from './store.ts';
import { createClock } from './time/clock.ts';
import { createTime } from './time/time.ts';
import { traceHeader } from './traceHeader.ts';

export interface SandboxSettings {
  scenario: Scenario;
  variant: Variant;
  /** One of the scenario's own repairs, in place of the fix. */
  repair?: string;
  /** Parts that replace those of the variant. */
  parts?: Partial<Parts>;
  store: StoreKind;
  pace: Pace;
  /** The users of the app, with hashed passwords. Each sandbox gets copies; they are hashed anew if the scenario needs a higher cost. */
  users: readonly User[];
  redis: RedisSwitch;
  /** The share of the client that the sandbox is for. Default: the sandbox shares with nobody. */
  share?: Share;
  /** How much the trace may hold. */
  room?: TraceRoom;
  /** The browser that the actors use, as "Chromium 156"; the virtual one by default. */
  browser?: { name: string; actorFor: typeof createActor };
}

/** One learner's isolated world: an app, actors, a Redis namespace, a trace. */
export interface Sandbox {
  readonly id: string;
  readonly trace: Trace;
  /**
   * Calls the listener for every event from now on, until the returned function is called. Meanwhile Redis is watched for
   * changes by others.
   */
  subscribe(listener: (event: TraceEvent) => void): () => void;
  /** Sandbox milliseconds. */
  now(): number;
  /** How many steps have been played. */
  readonly played: number;
  /** Whether the trace has reached its limit, so that nothing more is recorded. */
  readonly full: boolean;
  /** Calls the listener when a step begins to wait in real time, until the returned function is called. */
  onWait(listener: () => void): () => void;
  /** Aborts when the sandbox ends. */
  readonly signal: AbortSignal;
  /** The command that opens redis-cli on its Redis, if that has a password that nobody knows. */
  readonly redisCli: string | null;
  /** The learner's own browser, which may take part. */
  readonly ownBrowser: OwnBrowserActor;
  /** Ports on 127.0.0.1 by who answers there, named as in `by` of a response. */
  readonly ports: Readonly<Record<string, number>>;
  /**
   * Plays until that many steps have been played. Calls are queued, no step is played twice, and a step that fails ends the call.
   * @returns the results of the steps that this call has played
   */
  playTo(count: number): Promise<StepResult[]>;
  /**
   * Carries out a manual action, in turn with the steps. Only a jump in time may interrupt a step, while the step waits in real time.
   * Resolves to what Redis answered to a line of its console, and to null for every other action.
   * @throws SandboxError when the action is invalid, so that nothing was changed or recorded, and `unknown-sandbox` when the sandbox
   * has ended meanwhile
   */
  act(action: ManualAction): Promise<string | null>;
  /** The manual actions so far, each with the number of its event. Unlike in the trace, passwords are as they were typed. */
  readonly taken: readonly TakenAction[];
  /** What free play offers at this moment. */
  offer(): FreePlayOffer;
  /** Name of the app's session cookie. */
  readonly sessionCookie: string;
  /** Stops what is running, deletes every key, and closes the app. The trace stays readable. A second call waits for the first. */
  end(why: string): Promise<void>;
}

/**
 * @throws Error for a weakness that does not exist, SandboxError `bad-request` for a repair that the scenario does not have,
 * `needs-real-redis` for a scenario that the mock cannot show, `redis-unavailable` when the store cannot be reached, and `too-many`
 * when the client has no room for what the scenario needs
 */
export async function createSandbox(settings: SandboxSettings): Promise<Sandbox> {
  const holdings = createHoldings(settings.share ?? unshared());
  try {
    return await openSandbox(settings, holdings);
  } catch (error) {
    holdings.release();
    throw error;
  }
}

async function openSandbox(settings: SandboxSettings, holdings: Holdings): Promise<Sandbox> {
  const { scenario, variant, repair, parts, store, pace, redis, browser, room } = settings;

  // Refuse what can be refused before anything is opened.
  requirePlayable(scenario, store);
  const plan = await planDeployment(scenario, { variant, pace, repair, parts });
  if (plan.setup.ownRedis) await holdings.hold('redisServers');
  if (plan.setup.ownThreads) await holdings.hold('processes');
  const users = await hashedAtLeast(scenario.bcryptCost ?? 0, settings.users);

  // Redis, the trace, and the lens between them.
  const id = randomBytes(6).toString('hex');
  const namespace = `sandbox:${id}:`;
  const opened = await openStore(redis, store, plan.setup, namespace);
  const { connection, notices, own, cli } = opened;
  const clock = createClock();
  const header = traceHeader(id, namespace, settings, plan, opened, users);
  const recorder = createRecorder(header, clock, room, holdings.keep);
  const { trace, record } = recorder;
  const currentRequest = createCurrentRequest();
  const lens = createLens(connection, namespace, clock, recorder, currentRequest.get, notices);
  const { redis: appRedis, faults } = faultyClient(lens.redis, lens.failed);

  // Who answers requests, and who sends them.
  const ending = new AbortController();
  const { signal } = ending;
  const waiter = { client: holdings.client, sandbox: id };
  const isServer = settings.share !== undefined;
  const threads = plan.setup.ownThreads ? startOwnThreads(isServer) : null;
  const deployment = await startDeployment(threads ? { ...plan, parts: threads.withFiles(plan.parts) } : plan, {
    ...{ redis: appRedis, users, clock, recorder, currentRequest },
    // The command line shares its threads with nobody, and a pool is slow to start.
    bcrypt: threads?.bcrypt ?? (isServer ? hashingFor(waiter, signal) : bcrypt),
  });
  const { instances, origins, ports, sessionCookie } = deployment;
  recorder.learnSessions(deployment.sessionNames);
  let requests = 0;
  const environment: BrowserEnvironment = {
    clock,
    recorder,
    hostOf: deployment.hostOf,
    nextRequest: () => ++requests,
    signal,
    sessionCookie,
  };
  const actors = header.scenario.actors.map((actor, index) =>
    (browser?.actorFor ?? createActor)(actor, index, environment),
  );
  const ownBrowser = createOwnBrowserActor(environment);

  /** Resolves when everything that has happened so far is recorded. */
  async function settled(): Promise<void> {
    await deployment.backing.eventsDelivered();
    await Promise.all(actors.map((actor) => actor.streamsSettled()));
    await lens.settled();
  }

  // What moves all of them: time, the steps, and the learner.
  const time = createTime({
    clock,
    record,
    keys: lens.keys,
    others: [...actors, instances],
    pace,
    signal,
    jumped() {
      lens.jumped();
      ownBrowser.timeJumped();
    },
  });
  const keyEditor = createKeyEditor(lens.reader, lens.keys);
  const ownRedis = ownRedisOperations(opened, recorder, signal);
  const storeFaults = createStoreFaults({
    faults,
    ownRedis,
    hasOwnRedis: own !== null,
    keyNames: lens.keys.names,
    keyEditor,
    namespace,
    recorder,
  });
  const world = createWorld({ deployment, time, lens, keyEditor, faults, storeFaults, recorder, ownRedis });
  const cast = castOf(actors.map(checkedActor), checkedWorld(world));
  const stage = { variant, store, cast, settled, record, trace: recorder.trace };
  const playback = createPlayback({ scenario, stage, recorder, time, signal, waiter });
  const manual = createManualActions({
    actors,
    deployment,
    keys: lens.keys,
    keyEditor,
    namespace,
    redis: lens.reader,
    recorder,
    storeFaults,
    settled,
    jump: time.jump,
  });

  async function endOnce(why: string): Promise<void> {
    ending.abort(new Error(why));
    await playback.idle();
    lens.stop();
    // Held and delayed commands are sent now, so that nothing is written after the keys are deleted.
    faults.mend();
    await faults.slowArrived();
    for (const actor of actors) actor.closeStreams();
    await deployment.close();
    await threads?.end();
    // Even if it is frozen: nothing waits for its answers any more, and its keys need not be deleted.
    await own?.end();
    await settled();
    if (own) connection.disconnect();
    else await removeKeys(connection, lens.keys.deleteAll);
    record({ type: 'ended', why });
    lens.close();
    holdings.release();
  }
  let ended: Promise<void> | undefined;

  return {
    id,
    trace,
    now: clock.now,
    signal,
    onWait: time.onWait,
    redisCli: cli,
    ports,
    sessionCookie,
    ownBrowser,
    taken: manual.taken,
    get played() {
      return playback.played;
    },
    get full() {
      return recorder.full;
    },
    subscribe(listener) {
      const unsubscribe = recorder.subscribe(listener);
      const stopWatching = lens.watch();
      return () => {
        unsubscribe();
        stopWatching();
      };
    },
    playTo(count) {
      const stopWatching = lens.watch();
      return playback.playTo(count).finally(stopWatching);
    },
    act(action) {
      const inTurn = action.do === 'jump-time' ? playback.duringWait : playback.afterwards;
      return inTurn(async () => {
        try {
          signal.throwIfAborted();
          return await manual.act(action);
        } catch (error) {
          // The sandbox ended meanwhile, and that is why the action failed.
          throw signal.aborted ? unknownSandbox((signal.reason as Error).message) : error;
        }
      });
    },
    offer: () => ({
      actors: header.scenario.actors,
      routes: instances.running.routes(),
      hosts: origins,
      origins: pagesOf(origins),
      session: instances.sessionNow(),
    }),
    end(why) {
      ended ??= endOnce(why);
      return ended;
    },
  };
}
