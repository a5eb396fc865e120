import { AsyncLocalStorage } from 'node:async_hooks';

/** Which request of one sandbox is being handled, however deep in the app the question is asked. */
export interface CurrentRequest {
  /** Handles the request of that number in the trace: everything that `work` calls, awaits or schedules belongs to it. */
  run(request: number | null, work: () => void): void;
  /** The number in the trace; null outside of any request of this sandbox. */
  get(): number | null;
}

/**
 * The only one of the process. Node 20 copies the value of every AsyncLocalStorage that was ever used into each new promise,
 * so one per sandbox would slow the server down with every sandbox that has ended.
 */
const handling = new AsyncLocalStorage<{ owner: CurrentRequest; request: number | null }>();

/** Creates the view of one sandbox: it does not see the requests of the others. */
export function createCurrentRequest(): CurrentRequest {
  const owner: CurrentRequest = {
    run: (request, work) => handling.run({ owner, request }, work),
    get() {
      const current = handling.getStore();
      return current?.owner === owner ? current.request : null;
    },
  };
  return owner;
}
