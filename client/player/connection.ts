/** A player's connection to its sandbox: opens a sandbox, follows its trace, and ends it when another one takes its place. */
import type { StoreApi } from 'zustand/vanilla';
import type { OpenedSandbox, SandboxChoice } from '../../scenarios/engine/api.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { foldAll } from '../../scenarios/engine/fold.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { emptyView } from '../../scenarios/engine/view.ts';
import type { SandboxClock } from './clock.ts';
import { type Api, eventsAddress } from './serverApi.ts';
import { nothingOpen, type PlayerState } from './state.ts';
import type { Follow } from './stream.ts';

export interface PlayerNeeds {
  api: Api;
  follow: Follow;
  clock: SandboxClock;
}

export interface Connection {
  /**
   * Opens a sandbox with `playTo` steps played and shows it in place of the current one. If it cannot be opened, the current
   * one stays and the reason is shown.
   * @returns the sandbox, when all that happened in the played steps is shown; null if it was refused, or another one was asked for
   */
  open(choice: SandboxChoice, playTo: number, notice: string | null): Promise<OpenedSandbox | null>;
  /**
   * Waits until `count` events of the open sandbox have arrived. An answer can be faster than the event stream.
   * @returns false if the sandbox has ended, or is no longer the open one
   */
  arrived(sandbox: OpenedSandbox, count: number): Promise<boolean>;
  /** Ends the current sandbox, and the one that is opening. */
  leave(): void;
  /** Shows why a request was refused. An ended sandbox is a status of its own, and one that has died may be played again. */
  refused(error: unknown): void;
}

const notFoundSentence =
  'The server no longer has this sandbox: the server was restarted, or the sandbox was idle too long.';

const diedSentence = 'The process of the server that had this sandbox has ended.';

/** @param died called when the process of the server that had the open sandbox has died */
export function createConnection(
  store: StoreApi<PlayerState>,
  { api, follow, clock }: PlayerNeeds,
  died: (why: string) => void,
): Connection {
  const { getState: get, setState: set } = store;
  const closed: PlayerState = { ...nothingOpen, hasApp: api.recorded === null };
  set(closed);
  let unfollow = () => {};
  /** The number of the latest request for a sandbox. A sandbox from an earlier request is not shown. */
  let latest = 0;

  // Nobody waits for the end of a sandbox. If the request fails, the server ends the sandbox when it has been idle too long.
  const endOnServer = (sandbox: string) => void api.endSandbox(sandbox).catch(() => {});

  const endCurrent = () => {
    unfollow();
    unfollow = () => {};
    const { sandbox, status } = get();
    if (sandbox && status !== 'ended') endOnServer(sandbox.id);
  };

  const ended = (why: string) => {
    unfollow();
    clock.stop();
    set({ status: 'ended', refusal: why, busy: null, connected: true });
  };

  const hasDied = () => {
    // The event stream and a request can both report it.
    if (get().status === 'ended') return;
    ended(diedSentence);
    died(diedSentence);
  };

  /** The last refusal that only says that the server did not answer. */
  let unanswered: string | null = null;

  const refused = (error: unknown) => {
    if (error instanceof SandboxError && error.code === 'unreachable') unanswered = error.message;
    if (error instanceof SandboxError && error.code === 'unknown-sandbox') ended(notFoundSentence);
    else if (error instanceof SandboxError && error.code === 'sandbox-lost') hasDied();
    else set({ refusal: error instanceof Error ? error.message : String(error) });
  };

  const receive = (arrived: TraceEvent[], now: number | null) => {
    const { events, live, connected, refusal } = get();
    // After a lost connection, events can arrive again.
    const added = arrived.filter(({ seq }) => seq >= events.length);
    const last = added.at(-1);
    if (now !== null) clock.set(now);
    if (last) clock.notBefore(last.at);
    set({
      connected: true,
      // The server answers again, so the message that it does not is over.
      ...(!connected && refusal === unanswered ? { refusal: null } : {}),
      ...(last ? { events: [...events, ...added], live: foldAll(live!, added) } : {}),
    });
    if (last?.type === 'ended') ended(`This sandbox has ended. ${last.why}`);
  };

  /** Follows the sandbox and shows it when its played steps have arrived, so that they do not flash by. */
  const show = (sandbox: OpenedSandbox, notice: string | null, request: number) =>
    new Promise<void>((resolve) => {
      let shown = false;
      const arrivedEarly: TraceEvent[] = [];
      let clockEarly: number | null = null;
      /** Returns whether the sandbox is the current one. */
      const arrive = () => {
        if (shown) return get().sandbox === sandbox;
        shown = true;
        resolve();
        if (request !== latest) {
          stop();
          endOnServer(sandbox.id);
          return false;
        }
        endCurrent();
        unfollow = stop;
        clock.set(0);
        set({ ...closed, status: 'ready', sandbox, live: emptyView(sandbox.header), notice });
        if (arrivedEarly.length > 0 || clockEarly !== null) receive(arrivedEarly, clockEarly);
        return true;
      };
      const stop = follow(eventsAddress(sandbox.id), {
        receive: (events, now) => {
          if (shown) return arrive() && receive(events, now);
          arrivedEarly.push(...events);
          clockEarly = now ?? clockEarly;
          if (request !== latest || arrivedEarly.length >= sandbox.recorded) arrive();
        },
        lost: () => arrive() && set({ connected: false }),
        notFound: () => arrive() && ended(notFoundSentence),
        died: () => arrive() && hasDied(),
      });
    });

  const arrived = (sandbox: OpenedSandbox, count: number) =>
    new Promise<boolean>((resolve) => {
      const look = () => {
        const { sandbox: open, status, events } = get();
        const here = open === sandbox && events.length >= count;
        if (!here && open === sandbox && status === 'ready') return;
        stop();
        resolve(here);
      };
      const stop = store.subscribe(look);
      look();
    });

  return {
    refused,
    arrived,
    leave: () => {
      latest++;
      endCurrent();
      set(closed);
    },
    open: async (choice, playTo, notice) => {
      const request = ++latest;
      const { sandbox: current, status, refusal } = get();
      set({ busy: 'opening', wanted: choice, playingTo: playTo, refusal: status === 'ended' ? refusal : null });
      try {
        const sandbox = await api.openSandbox(choice, playTo);
        if (request === latest) {
          await show(sandbox, notice, request);
          return (await arrived(sandbox, sandbox.recorded)) ? sandbox : null;
        }
        endOnServer(sandbox.id);
      } catch (error) {
        if (request !== latest) return null;
        // Without a current sandbox, `wanted` stays, so that the learner can try again.
        if (current) set({ busy: null, wanted: null });
        else set({ busy: null, status: 'refused' });
        refused(error);
      }
      return null;
    },
  };
}
