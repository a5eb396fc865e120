import type { Sent } from './sending.ts';

/** The reply of a command that was queued between MULTI and EXEC and never executed. */
export class NotExecuted {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

interface Queued {
  command: Sent;
  /** Changes the reply to what the app is to see. */
  view: (raw: unknown) => unknown;
  settle(reply: unknown): void;
  fail(error: Error): void;
}

const watchedChanged = 'Not executed: a key of WATCH had changed, so EXEC executed nothing and replied nil.';
const discarded = 'Not executed: DISCARD ended the transaction.';

/** Follows the transaction of one connection. Between MULTI and EXEC, Redis replies QUEUED; what a command did is in the reply to EXEC. */
export function createTransactions() {
  let queue: Queued[] | null = null;

  function end(exec: Sent): void {
    const all = queue ?? [];
    queue = null;
    if (exec.name.toLowerCase() !== 'exec') {
      exec.promise.then(
        () => settleAll(all, new NotExecuted(discarded)),
        (error: Error) => failAll(all, error),
      );
      return;
    }
    // ioredis calls this with the raw reply, before each command converts its part into what the app gets.
    const transform = exec.transformReply;
    exec.transformReply = (raw) => {
      if (Array.isArray(raw)) settleEach(all, raw);
      else settleAll(all, new NotExecuted(watchedChanged));
      return transform.call(exec, raw);
    };
    exec.promise.catch((error: Error) => failAll(all, error));
  }

  return {
    get open(): boolean {
      return queue !== null;
    },
    /** To be called for each command before it is sent. Returns a promise of what it did, if it is queued. */
    follow(command: Sent, view: (raw: unknown) => unknown): Promise<unknown> | null {
      const name = command.name.toLowerCase();
      if (name === 'multi') queue ??= [];
      else if (['exec', 'discard', 'reset', 'quit'].includes(name)) end(command);
      else if (queue && name !== 'watch') return enqueue(queue, command, view);
      return null;
    },
  };
}

function enqueue(queue: Queued[], command: Sent, view: Queued['view']): Promise<unknown> {
  return new Promise((settle, fail) => {
    queue.push({ command, view, settle, fail });
    // Redis rejects a command that it cannot even queue.
    command.promise.catch(fail);
  });
}

/** Gives each command its part of the reply to EXEC, and leaves in the list what the app is to see. */
function settleEach(all: Queued[], replies: unknown[]): void {
  for (const [index, { command, view, settle, fail }] of all.entries()) {
    const raw = replies[index];
    if (raw instanceof Error) fail(raw);
    else {
      replies[index] = view(raw);
      settle(command.transformReply(replies[index]));
    }
  }
}

const settleAll = (all: Queued[], reply: unknown) => {
  for (const { settle } of all) settle(reply);
};

const failAll = (all: Queued[], error: Error) => {
  for (const { fail } of all) fail(error);
};
