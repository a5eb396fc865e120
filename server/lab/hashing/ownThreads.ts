import { fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Parts } from '../../app/parts.ts';
import type { Bcrypt } from '../../app/services.ts';

const program = fileURLToPath(new URL('./ownThreads.mjs', import.meta.url));
const publicFolder = fileURLToPath(new URL('../../app/public/', import.meta.url));

/** The threads of a small server of its own, which a flood of hashes may fill. */
export interface OwnThreads {
  readonly bcrypt: Bcrypt;
  /** Returns the same parts, whose files these threads read. */
  withFiles(parts: Parts): Parts;
  end(): Promise<void>;
}

type Settle = { resolve: (result: never) => void; reject: (error: Error) => void };

/**
 * Starts a process with four threads, in which hashes and files wait for each other as in every Node.js server.
 * @param isServer whether this process has other clients, who must not feel the hashes
 */
export function startOwnThreads(isServer: boolean): OwnThreads {
  const child = fork(program, {
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: undefined, UV_THREADPOOL_SIZE: undefined, REDIS_URL: undefined },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  if (isServer) yieldToAll(child.pid);
  child.unref();
  child.channel?.unref();
  const open = new Map<number, Settle>();
  let last = 0;
  const exited = once(child, 'exit').catch(() => {});
  // `void`: it never rejects.
  void exited.then(() => {
    for (const { reject } of open.values()) reject(new Error('The threads of this app have ended.'));
    open.clear();
  });
  child.on('message', ({ id, result, error }: { id: number; result?: unknown; error?: string }) => {
    const settle = open.get(id);
    open.delete(id);
    if (error === undefined) settle?.resolve(result as never);
    else settle?.reject(new Error(error));
  });

  function work<Result>(name: string, ...values: unknown[]): Promise<Result> {
    return new Promise((resolve, reject) => {
      const id = ++last;
      open.set(id, { resolve, reject });
      child.send({ id, name, values }, (error) => {
        if (error) reject(error);
      });
    });
  }

  return {
    bcrypt: {
      hash: (password, cost) => work('hash', password, cost),
      compare: (password, hash) => work('compare', password, hash),
    },
    withFiles: (parts) => ({
      ...parts,
      assets(context) {
        const send = parts.assets(context);
        return async function assets(req, res, next) {
          await work('read', join(publicFolder, basename(req.path)));
          send(req, res, next);
        };
      },
    }),
    async end() {
      // If nothing else is open, Node would exit before its child has, and the caller that awaits this would never go on.
      child.ref();
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Before it has started its threads, which get the same priority. A system that refuses leaves it as it is. */
function yieldToAll(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or there are no priorities.
  }
}
