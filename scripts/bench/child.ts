import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a TypeScript file of the project in a process of its own, with the loader that everything here runs with. */
function run(file: string, args: readonly string[], nodeOptions: readonly string[] = []): ChildProcess {
  return spawn(process.execPath, [...nodeOptions, '--import', 'tsx', file, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}

/** Milliseconds from the start of the process to its end. @throws Error when it fails */
export async function timeOf(file: string, ...args: string[]): Promise<number> {
  const started = performance.now();
  const child = run(file, args);
  child.stdout?.resume();
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${file} ended with exit code ${code}.`);
  return performance.now() - started;
}

/**
 * Starts it and waits for the one message it sends; it ends with `stop`, or with this process.
 *
 * @throws Error when it ends before it has said anything
 */
export async function startChild<Said>(file: string, args: readonly string[], nodeOptions?: readonly string[]) {
  const child = run(file, args, nodeOptions);
  const failed = once(child, 'exit').then(([code]): never => {
    throw new Error(`${file} ${args.join(' ')} ended with exit code ${code}.`);
  });
  const [said] = (await Promise.race([once(child, 'message'), failed])) as [Said];
  failed.catch(() => {});
  return {
    said,
    pid: child.pid!,
    /** Microseconds of processor time that it has used until now. */
    async processorTime(): Promise<number> {
      const answered = once(child, 'message');
      child.send('processor time?');
      const [used] = (await Promise.race([answered, failed])) as [number];
      return used;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** In the child: send the parent its message, tell it the processor time when it asks, and do `tidyUp` when the parent has stopped it or is gone. */
export function tellParent(message: unknown, tidyUp: () => Promise<void>): void {
  process.once('disconnect', async () => {
    await tidyUp();
    process.exit();
  });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.send?.(message);
}
