/** What a page knows of its room, as the stream tells it. It does not use React. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SandboxError } from '../../../scenarios/engine/errors.ts';
import type {
  Dismissed,
  DriverView,
  ParticipantView,
  Press,
  RoomView,
  RunClock,
  RunEvent,
} from '../../../scenarios/engine/workshop.ts';
import type { FollowedPlayer } from '../../player/followedPlayer.ts';
import { followRoom, type RoomStream } from './roomStream.ts';
import { createRuns, type OnPage } from './shownRuns.ts';

export interface RoomState {
  /** `refused`: the page no longer has its role. */
  connection: 'connecting' | 'open' | 'lost' | 'refused';
  /** Why it no longer has its role. */
  refusal: Refusal | null;
  room: RoomView | null;
  /** When `room` arrived: real milliseconds. What is left of the timer is counted from then. */
  roomAt: number;
  you: ParticipantView | null;
  driver: DriverView | null;
  onPage: OnPage | null;
  /** The first run that the room is shown, also while the page shows another one. */
  leading: FollowedPlayer | null;
  /** Whether the learner moves through what was shown by themselves. */
  lookingAround: boolean;
}

export interface Refusal {
  /** As a sentence. */
  why: string;
  /** The room is gone. Otherwise another page has the role. */
  noRoom: boolean;
}

export interface Room {
  store: StoreApi<RoomState>;
  /** Calls the listener for each button that the driver's phone presses. Returns a function that stops it. */
  onPress(listener: (press: Press) => void): () => void;
  /** Goes back to where the room is. */
  follow(): void;
  wake(): void;
  stop(): void;
}

const nothingKnown: RoomState = {
  connection: 'connecting',
  refusal: null,
  room: null,
  roomAt: 0,
  you: null,
  driver: null,
  onPage: null,
  leading: null,
  lookingAround: false,
};

/** @param send `fetch` with the token of the role @param monotonic real milliseconds since any fixed moment */
export function createRoom(send: typeof fetch, monotonic: () => number): Room {
  const store = createStore<RoomState>(() => nothingKnown);
  const { getState: get, setState: set } = store;
  const runs = createRuns(monotonic);
  const listeners = new Set<(press: Press) => void>();
  let unwatch = () => {};

  /** Puts on the page what the room is shown, and keeps `lookingAround` up to date. */
  const show = () => {
    const { room, lookingAround, onPage: before } = get();
    const holding = room?.readyCheck != null;
    const onPage = runs.show(room?.shown ?? null, lookingAround || holding);
    for (const side of onPage?.sides ?? []) side.hold(holding);
    set({ leading: runs.leading() });
    if (onPage === before) return;
    unwatch();
    const stops = onPage?.sides.map(({ following }) => following.subscribe(watch)) ?? [];
    unwatch = () => {
      for (const stop of stops) stop();
    };
    set({ onPage, lookingAround: false });
  };
  const watch = () =>
    set({ lookingAround: get().onPage?.sides.some(({ following }) => !following.getState()) ?? false });

  const hear: Record<string, (data: never) => void> = {
    room: (room: RoomView) => {
      set({ room, roomAt: monotonic(), connection: 'open' });
      show();
    },
    you: (you: ParticipantView) => set({ you }),
    driver: (driver: DriverView) => set({ driver }),
    run: runs.opened,
    clock: ({ run, now }: RunClock) => runs.clock(run, now),
    press: (press: Press) => {
      for (const listener of listeners) listener(press);
    },
    dismissed: ({ why }: Dismissed) => {
      set({ connection: 'refused', refusal: { why, noRoom: false } });
      stream.stop();
    },
    '': ({ run, event }: RunEvent) => runs.event(run, event),
  };

  const stream: RoomStream = followRoom(send, {
    // Not checked with the schemas, as little as the events of a sandbox: see player/stream.ts.
    message: (name, data) => {
      hear[name]?.(JSON.parse(data) as never);
      if (get().connection === 'lost') set({ connection: 'open' });
      // Its role is over with the room; the server answers nobody after this.
      if (get().room?.over) stream.stop();
    },
    lost: () => get().connection === 'open' && set({ connection: 'lost' }),
    refused: ({ message, code }: SandboxError) =>
      set({ connection: 'refused', refusal: { why: message, noRoom: code === 'no-workshop' } }),
  });

  return {
    store,
    onPress: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    follow: () => {
      for (const side of get().onPage?.sides ?? []) side.follow();
      show();
    },
    wake: stream.wake,
    stop: () => {
      unwatch();
      stream.stop();
      runs.stop();
    },
  };
}
