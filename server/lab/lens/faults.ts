import type { Redis, RedisOptions } from 'ioredis';
import { createGate } from '../gate.ts';
import { appLine, withAppLine } from '../source/appLine.ts';
import { clientWith, type PipelineStream, refuse, type Send, type Sent, sendOf } from './sending.ts';

interface Delayed {
  command: Sent;
  send: () => void;
}

/**
 * Returns a client whose commands can be delayed, held, left without an answer or made to fail. It stands between the app and the
 * watched client, so a command that fails here never reaches Redis. A delay or failure of one command does not affect pipelines.
 *
 * @param failed called for each command that fails here, with the milliseconds that it took
 */
export function faultyClient(redis: Redis, failed: (command: Sent, error: Error, ms?: number) => void) {
  // Without a command, a fault applies to every command.
  let slow: { ms: number; command: string | undefined } | null = null;
  let broken: { command: string | undefined } | null = null;
  let held: string | null = null;
  const gate = createGate();
  const ice = createGate();
  const delayed = new Set<Promise<unknown>>();
  /** The pipelines that are delayed, each with its commands: they are sent together. */
  const batches = new Map<PipelineStream, Delayed[]>();

  /**
   * Sends a command later, on behalf of the line of code that runs now.
   * @param givenUp called instead when the wait fails
   */
  function later(wait: Promise<void>, send: () => void, givenUp: (error: Error) => void = () => {}): void {
    const place = appLine();
    const done = wait.then(
      () => withAppLine(place, send),
      (error) => withAppLine(place, () => givenUp(error)),
    );
    const forget = () => delayed.delete(done);
    delayed.add(done);
    done.then(forget, forget);
  }

  /** Returns what a command has to wait for; undefined if it may be sent. */
  function waitOf(name: string | undefined): { until: Promise<void>; givesUp: boolean } | undefined {
    const thawed = ice.opened();
    if (thawed !== undefined) return { until: answeredInTime(thawed), givesUp: true };
    if (slow && (slow.command === undefined || slow.command === name))
      return { until: milliseconds(slow.ms), givesUp: false };
    const opened = name !== undefined && name === held ? gate.opened() : undefined;
    return opened && { until: opened, givesUp: false };
  }

  /** Holds a whole pipeline if one of its commands is held. Its commands are issued in one tick: after that, all are known. */
  function heldAmong(all: readonly Delayed[]): { until: Promise<void>; givesUp: boolean } {
    const isHeld = () => all.some(({ command }) => command.name.toLowerCase() === held);
    return { until: Promise.resolve().then(() => (isHeld() ? gate.opened() : undefined)), givesUp: false };
  }

  function disturbed(inner: Redis): Redis {
    const sendOn = sendOf(inner);

    const send: Send = (command, stream, node) => {
      const name = stream === undefined ? command.name.toLowerCase() : undefined;
      if (broken && (broken.command === undefined || broken.command === name)) {
        const error = noConnection();
        failed(command, error);
        return refuse(inner, command, error);
      }
      const batch = stream && batches.get(stream);
      const mayBeHeld = stream !== undefined && held !== null;
      const waitOfThis = batch ? undefined : waitOf(name);
      if (!batch && !mayBeHeld && waitOfThis === undefined) return sendOn(command, stream, node);
      const delayed: Delayed = { command, send: () => void sendOn(command, stream, node) };
      if (batch) {
        batch.push(delayed);
        return command.promise;
      }
      const all = [delayed];
      const wait = waitOfThis ?? heldAmong(all);
      if (stream) batches.set(stream, all);
      later(
        wait.until,
        () => {
          if (stream) batches.delete(stream);
          for (const each of all) each.send();
        },
        (error) => {
          if (stream) batches.delete(stream);
          for (const { command } of all) {
            failed(command, error, commandTimeout);
            refuse(inner, command, new Error(error.message));
          }
        },
      );
      return command.promise;
    };

    return clientWith(inner, {
      sendCommand: send,
      connect: inner.connect,
      duplicate: (override?: Partial<RedisOptions>) => disturbed(inner.duplicate(override)),
    });
  }
  const client = disturbed(redis);

  return {
    redis: client,
    faults: {
      /** @param ms how much later each command is sent; 0 ends the fault */
      slow(ms: number, command?: string): void {
        slow = ms > 0 ? { ms, command } : null;
      },
      /** Resolves when every command that was slowed down so far has reached Redis. */
      async slowArrived(): Promise<void> {
        await Promise.allSettled(delayed);
      },
      hold(command: string): void {
        held = command;
        gate.close();
      },
      /** Resolves when that many commands are held. */
      held: gate.reached,
      release(): void {
        gate.open();
      },
      break(command?: string): void {
        broken = { command };
      },
      /** From now on no command is answered: each fails as a command times out. */
      freeze(): void {
        ice.close();
      },
      /** Commands that have not timed out reach Redis now. */
      thaw(): void {
        ice.open();
      },
      /** Ends all faults. */
      mend(): void {
        slow = null;
        broken = null;
        gate.open();
        ice.open();
      },
    },
  };
}

export type Faults = ReturnType<typeof faultyClient>['faults'];

const milliseconds = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** How long the app's client waits for an answer, as in server/redis/connection.ts. Milliseconds. */
const commandTimeout = 1000;

/** Rejects as ioredis does when a command is not answered in time. */
function answeredInTime(answered: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Command timed out')), commandTimeout);
    void answered.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The error of ioredis when it has no connection. */
const noConnection = () => new Error("Stream isn't writeable and enableOfflineQueue options is false");
