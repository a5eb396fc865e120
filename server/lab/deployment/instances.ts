import type { Redis } from 'ioredis';
import type { SessionChange } from '../../../scenarios/engine/actions.ts';
import type { FreePlayOffer } from '../../../scenarios/engine/api.ts';
import type { RestartChange, Secrets } from '../../../scenarios/engine/cast.ts';
import { asError } from '../../../scenarios/engine/errors.ts';
import { sessionChangeText } from '../../../scenarios/engine/eventText.ts';
import { createApp } from '../../app/app.ts';
import type { Environment } from '../../app/settings.ts';
import type { CurrentRequest } from '../network/currentRequest.ts';
import { appOrigin } from '../network/hosts.ts';
import type { Recorder } from '../recorder.ts';
import { attributeSessionReads } from '../source/sessionWork.ts';
import type { Clock } from '../time/clock.ts';
import { createMemoryStores } from '../time/memoryStores.ts';
import type { BackingServices } from './backingServices.ts';
import { observe } from './framework.ts';
import { type DeploymentPlan, processNames } from './plan.ts';
import { sessionCode, sessionOptionsOf, withSessionOptions } from './sessionOptions.ts';

/** What the app's processes are started with. A restart replaces some of it. */
interface Configuration {
  secrets: Secrets;
  environment: Environment;
  session: SessionChange;
}

/** Starts the processes of the app; the setup says how many. */
export function startInstances(
  { parts, readSettings, setup, limits }: Pick<DeploymentPlan, 'parts' | 'readSettings' | 'setup' | 'limits'>,
  lab: {
    redis: Redis;
    backing: BackingServices;
    clock: Clock;
    recorder: Recorder;
    currentRequest: CurrentRequest;
    /** Called when other processes have replaced those that ran. */
    ended: () => void;
  },
) {
  const { redis, backing, clock, recorder, currentRequest, ended } = lab;
  const memory = createMemoryStores(({ expiresIn, ...use }) => {
    const expiresAt = expiresIn === null ? null : clock.now() + expiresIn;
    recorder.record({ type: 'memory', request: currentRequest.get(), ...use, expiresAt });
  });
  const unhandled: string[] = [];
  let configuration: Configuration = {
    secrets: ['old'],
    environment: {
      SESSION_IDLE_MS: String(limits.idle),
      SESSION_ABSOLUTE_MS: String(limits.absolute),
      ...setup.environment,
    },
    session: {},
  };
  let running = start(configuration);
  running.replaceMemory();

  function start({ secrets, environment, session }: Configuration) {
    // First, because it throws for an environment that the app cannot read.
    const SESSION_SECRET = backing.secrets.list(secrets).join(',');
    const { secret, idleMs, absoluteMs, frontEnds, ...others } = readSettings({ ...environment, SESSION_SECRET });
    // A weakness may have settings of its own. What the lab plays itself comes from the lab.
    const services = {
      ...others,
      ...backing.servicesFor({ redis, origin: appOrigin, secret, frontEnds, limits: { idleMs, absoluteMs } }),
    };
    const changed = withSessionOptions(parts, session);
    const { express, routes } = observe(changed.express, noteUnhandled);
    const observed = attributeSessionReads({ ...changed, express });
    const processes = memory.prepare();
    const listeners = processNames(setup).map((name) => createApp(services, processes.watch(observed, name)));
    return { parts: changed, services, routes, listeners, replaceMemory: processes.replace };
  }

  function noteUnhandled(error: unknown): void {
    const { message } = asError(error);
    unhandled.push(message);
    recorder.record({ type: 'fault', fault: { is: 'unhandled-rejection', message } });
  }

  return {
    /** Messages of errors in promises that nobody handled, oldest first. */
    unhandled: unhandled as readonly string[],

    /** The running app: its services, its routes, and a listener for each instance. A restart replaces it. */
    get running() {
      return running;
    },

    /** The session options of the running app, and as the scenario has them. */
    sessionNow(): FreePlayOffer['session'] {
      return {
        options: sessionOptionsOf(running.parts, running.services),
        optionsBefore: sessionOptionsOf(parts, running.services),
        code: sessionCode(running.parts, running.services),
        codeBefore: sessionCode(parts, running.services),
      };
    },

    /** Returns the session records in the processes' memory. */
    memoryRecords: memory.records,

    /** Makes session records in the processes' memory older. Milliseconds. */
    age: memory.age,

    /** Replaces the processes. If the app does not start, for example with an unreadable environment, the old ones go on. */
    restart(change: RestartChange = {}): void {
      const changed: Configuration = {
        secrets: change.secrets ?? configuration.secrets,
        environment: { ...configuration.environment, ...change.environment },
        session: { ...configuration.session, ...change.session },
      };
      try {
        running = start(changed);
      } catch (error) {
        recorder.record({ type: 'fault', fault: { is: 'start-failed', message: asError(error).message } });
        return;
      }
      configuration = changed;
      recorder.record({ type: 'restart', change: describeRestart(change) });
      running.replaceMemory();
      ended();
    },
  };
}

/** What is different after a restart, as text for the trace; '' if nothing is. */
function describeRestart({ secrets, environment = {}, session }: RestartChange): string {
  const options = sessionChangeText(session ?? {});
  return [
    ...(secrets ? [`its list of secrets is [${secrets.join(', ')}]`] : []),
    ...Object.entries(environment).map(([name, value]) => (value === '' ? `without ${name}` : `${name}=${value}`)),
    ...(options ? [`session options ${options}`] : []),
  ].join('; ');
}
