/** Faults of Redis: what a step or the learner does to the sandbox's Redis, or to its connection where others use that Redis, too. */
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import { type LastingFault, ongoingFaults } from '../../../scenarios/engine/faultSpans.ts';
import type { Fault } from '../../../scenarios/engine/faults.ts';
import { leastRecentlyUsed } from '../../../scenarios/engine/leastRecentlyUsed.ts';
import type { Faults } from '../lens/faults.ts';
import type { Recorder } from '../recorder.ts';
import type { OwnRedisOperations } from '../store.ts';
import type { KeyEditor } from './keyEditor.ts';

/**
 * Freezing and restarting are real where the sandbox has a Redis of its own. Elsewhere only its own connection freezes, and only its
 * own keys are lost.
 */
export function createStoreFaults(sandbox: {
  faults: Faults;
  ownRedis: OwnRedisOperations;
  hasOwnRedis: boolean;
  keyNames: () => string[];
  keyEditor: KeyEditor;
  namespace: string;
  recorder: Recorder;
}) {
  const { faults, ownRedis, hasOwnRedis, keyNames, keyEditor, namespace, recorder } = sandbox;
  const record = (fault: Fault) => recorder.record({ type: 'fault', fault });
  const ongoing = () => ongoingFaults(recorder.trace.events);

  const store = {
    slow(ms: number, command?: string): void {
      faults.slow(ms, command);
      record(ms > 0 ? { is: 'slow', command: command ?? null, ms } : { is: 'fast-again' });
    },
    hold(command: string): void {
      faults.hold(command);
      record({ is: 'held', command });
    },
    release(): void {
      record({ is: 'released' });
      faults.release();
    },
    disconnect(command?: string): void {
      faults.break(command);
      record({ is: 'disconnected', command: command ?? null });
    },
    /** Ends all faults between the app and Redis. */
    mend(): void {
      faults.mend();
      record({ is: 'connected-again' });
    },

    async freeze(): Promise<void> {
      if (hasOwnRedis) return ownRedis.freezeRedis();
      faults.freeze();
      record({ is: 'frozen', what: 'connection' });
    },
    async thaw(): Promise<void> {
      if (hasOwnRedis) return ownRedis.thawRedis();
      record({ is: 'thawed' });
      faults.thaw();
    },

    /** @param name without the namespace; left out: the least recently used key. Resolves to whether there was one. */
    async evict(name?: string): Promise<boolean> {
      const chosen = name ?? store.nextToEvict();
      return chosen !== undefined && keyEditor.delete(chosen, 'eviction');
    },
    /** Returns the name of the least recently used key, without the namespace; undefined when there is none. */
    nextToEvict(): string | undefined {
      const keys = keyNames().map((name) => namespace + name);
      return leastRecentlyUsed(keys, recorder.trace.events)?.slice(namespace.length);
    },

    /** Restarts Redis without persistence. */
    async restart(): Promise<void> {
      if (hasOwnRedis) {
        await ownRedis.stopRedis();
        return ownRedis.startRedis();
      }
      record({ is: 'restarted-empty' });
      await Promise.all(keyNames().map((name) => keyEditor.delete(name, 'redis-restart')));
    },

    /** @throws SandboxError when a server of the sandbox's own does not answer, so that nothing more can happen to it */
    requireServer(): void {
      if (ongoing().some(isOfServer))
        throw new SandboxError('not-allowed', 'Redis does not run at the moment. End that first.');
    },

    /** Ends every fault of Redis that lasts. */
    async endAll(): Promise<void> {
      for (const fault of ongoing()) await end(fault);
    },
  };

  async function end({ is }: LastingFault): Promise<void> {
    switch (is) {
      case 'slow':
        return store.slow(0);
      case 'held':
        return store.release();
      case 'disconnected':
        return store.mend();
      case 'frozen':
        return store.thaw();
      case 'crashed':
        return ownRedis.startRedis();
    }
  }

  return store;
}

export type StoreFaults = ReturnType<typeof createStoreFaults>;

const isOfServer = (fault: LastingFault) =>
  fault.is === 'crashed' || (fault.is === 'frozen' && fault.what === 'server');
