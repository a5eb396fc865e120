import type { Redis } from 'ioredis';
import { createGate } from '../gate.ts';
import { appLine, withAppLine } from '../source/appLine.ts';
import { wrapMethods } from './client.ts';
import { isCommand } from './commands.ts';

type Exec = () => Promise<unknown>;

/**
 * A client whose commands can be delayed, held, left without an answer or made to fail. It stands between the app and the watched
 * client: a command that fails here never reaches Redis.
 * @param failed called for each command that fails here, with the milliseconds that it took
 */
export function faultyClient(redis: Redis, failed: (name: string, args: unknown[], error: Error, ms?: number) => void) {
  // Without a command, a fault applies to every command.
  let slow: { ms: number; command: string | undefined } | null = null;
  let broken: { command: string | undefined } | null = null;
  let held: string | null = null;
  const gate = createGate();
  const ice = createGate();
  const delayed = new Set<Promise<unknown>>();

  const isBroken = (name: string) => broken !== null && [undefined, name].includes(broken.command);
  const delayOf = (name: string) => (slow && [undefined, name].includes(slow.command) ? slow.ms : 0);

  /**
   * Issues a command later, on behalf of the line of code that runs now.
   * @param givenUp called instead when the wait fails
   */
  function later(wait: Promise<void>, issue: Exec, givenUp: (error: Error) => void = () => {}): Promise<unknown> {
    const place = appLine();
    const reply = wait.then(
      () => withAppLine(place, issue),
      (error) => {
        withAppLine(place, () => givenUp(error));
        throw error;
      },
    );
    const forget = () => delayed.delete(reply);
    delayed.add(reply);
    reply.then(forget, forget);
    return reply;
  }

  const client = wrapMethods(redis, (name, method) => {
    const isChain = name === 'multi' || name === 'pipeline';
    if (!isChain && !isCommand(name)) return method;
    return (...args) => {
      if (isBroken(name)) {
        const error = noConnection();
        failed(name, args, error);
        return isChain ? failingChain(error) : Promise.reject(error);
      }
      const thawed = ice.opened();
      if (thawed !== undefined) {
        const frozen = (issue: Exec) =>
          later(answeredInTime(thawed), issue, (error) => failed(name, args, error, commandTimeout));
        return isChain
          ? lateChain(method(...args) as object, frozen)
          : frozen(() => method(...args) as Promise<unknown>);
      }
      const ms = delayOf(name);
      if (isChain) {
        const chain = method(...args) as object;
        if (ms > 0) return lateChain(chain, (exec) => later(milliseconds(ms), exec));
        if (held === null) return chain;
        return lateChain(chain, (exec, names) => {
          const released = held !== null && names.includes(held) ? gate.opened() : undefined;
          return released === undefined ? exec() : later(released, exec);
        });
      }
      const wait = ms > 0 ? milliseconds(ms) : name === held ? gate.opened() : undefined;
      return wait === undefined ? method(...args) : later(wait, () => method(...args) as Promise<unknown>);
    };
  });

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

/** Accepts any commands and fails when it is executed. */
function failingChain(error: Error): object {
  const chain: object = new Proxy(
    {},
    { get: (_, name) => (name === 'exec' ? () => Promise.reject(error) : () => chain) },
  );
  return chain;
}

/** The same chain. `later` decides when it is executed, and is told the names of its commands. */
function lateChain(chain: object, later: (exec: Exec, names: readonly string[]) => Promise<unknown>): object {
  const names: string[] = [];
  const late: object = wrapMethods(chain, (name, method) => {
    if (name === 'exec') return () => later(method as Exec, names);
    return (...args) => {
      names.push(name);
      const result = method(...args);
      return result === chain ? late : result;
    };
  });
  return late;
}
