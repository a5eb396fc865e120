/** Making a sandbox, following its trace, and leaving it for another one. */
import type { StoreApi } from 'zustand/vanilla';
import type { OpenedSandbox, SandboxChoice } from '../../scenarios/engine/api.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { emptyView, fold } from '../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import type { SandboxClock } from './clock.ts';
import { type Api, eventsAddress } from './serverApi.ts';
import { nothingOpen, type PlayerState } from './state.ts';
import type { Follow, Listener } from './stream.ts';

export const goneSentence =
  'The server no longer has this sandbox: it was restarted, or nothing was done here for too long.';

export interface PlayerNeeds {
  api: Api;
  follow: Follow;
  clock: SandboxClock;
}

export interface Opening {
  /**
   * Make a sandbox with `playTo` steps played and show it in place of the one that is open. When it cannot be made, that one
   * stays, and the reason is shown. Resolves once it is shown, or will not be.
   */
  make(choice: SandboxChoice, playTo: number, notice: string | null): Promise<void>;
  /** End what is open, and whatever is still being made. */
  leave(): void;
  /** Show why something was refused; that the sandbox is gone is a state of its own. */
  refused(error: unknown): void;
}

export function createOpening(store: StoreApi<PlayerState>, { api, follow, clock }: PlayerNeeds): Opening {
  const { getState: get, setState: set } = store;
  let unfollow = () => {};
  /** Counts the sandboxes asked for: one that comes when another was asked for since is not shown. */
  let attempts = 0;

  const endQuietly = (sandbox: string) => void api.endSandbox(sandbox).catch(() => {});

  const endCurrent = () => {
    unfollow();
    unfollow = () => {};
    const { sandbox, status } = get();
    if (sandbox && status !== 'gone') endQuietly(sandbox.id);
  };

  const gone = (why: string) => {
    unfollow();
    clock.stop();
    set({ status: 'gone', refusal: why, busy: null, connected: true });
  };

  const refused = (error: unknown) => {
    if (error instanceof SandboxError && error.code === 'unknown-sandbox') gone(goneSentence);
    else set({ refusal: error instanceof Error ? error.message : String(error) });
  };

  const receive = (arrived: TraceEvent[], now: number | null) => {
    const { events, live } = get();
    const fresh = arrived.filter(({ seq }) => seq >= events.length);
    const last = fresh.at(-1);
    if (now !== null) clock.set(now);
    if (last) clock.notBefore(last.at);
    set({ connected: true, ...(last ? { events: [...events, ...fresh], live: fresh.reduce(fold, live!) } : {}) });
    if (last?.type === 'ended') gone(`This sandbox has ended. ${last.why}`);
  };

  const heard: Listener = { receive, lost: () => set({ connected: false }), gone: () => gone(goneSentence) };

  /** Show it from the first that is heard of it, so that the steps of a replay do not flash by. */
  const enter = (made: OpenedSandbox, notice: string | null, attempt: number) =>
    new Promise<void>((settled) => {
      let entered = false;
      const arrive = () => {
        if (entered) return get().sandbox === made;
        entered = true;
        settled();
        if (attempt !== attempts) {
          stop();
          endQuietly(made.id);
          return false;
        }
        endCurrent();
        unfollow = stop;
        clock.set(0);
        set({ ...nothingOpen, status: 'ready', sandbox: made, live: emptyView(made.header), notice });
        return true;
      };
      const stop = follow(eventsAddress(made.id), {
        receive: (events, now) => arrive() && heard.receive(events, now),
        lost: () => arrive() && heard.lost(),
        gone: () => arrive() && heard.gone(),
      });
    });

  return {
    refused,
    leave: () => {
      attempts++;
      endCurrent();
      set(nothingOpen);
    },
    make: async (choice, playTo, notice) => {
      const attempt = ++attempts;
      const before = get();
      set({ busy: 'opening', wanted: choice, refusal: before.status === 'gone' ? before.refusal : null });
      try {
        const made = await api.openSandbox(choice, playTo);
        if (attempt === attempts) await enter(made, notice, attempt);
        else endQuietly(made.id);
      } catch (error) {
        if (attempt !== attempts) return;
        // Without a sandbox, what was wanted is kept, to try it again.
        if (before.sandbox) set({ busy: null, wanted: null });
        else set({ busy: null, status: 'refused' });
        refused(error);
      }
    },
  };
}
