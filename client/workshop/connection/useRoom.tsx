/** The room of this page in React. */
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { currentSteps, nothingOpen, type PlayerState } from '../../player/state.ts';
import { nothingAround, SurroundingsContext } from '../../player/surroundings.ts';
import type { KeptRole } from './keptRole.ts';
import { createRoom, type Room, type RoomState } from './room.ts';
import { createWorkshopApi, type WorkshopApi, withToken } from './workshopApi.ts';

interface InRoom {
  room: Room;
  api: WorkshopApi;
  kept: KeptRole;
  /** `fetch` with the token of this role. */
  send: typeof fetch;
}

const RoomContext = createContext<InRoom | null>(null);

/** Called as a method of another object, `fetch` would throw. */
export const plainFetch: typeof fetch = (...request) => fetch(...request);

/** In a room, somebody explains the page. */
const inAnyRoom = { ...nothingAround, hasTour: false };

/** Follows the room with that role, as long as it is drawn. */
export function RoomProvider({ kept, children }: { kept: KeptRole; children: ReactNode }) {
  const [inRoom, setInRoom] = useState<InRoom | null>(null);
  useEffect(() => {
    const send = withToken(plainFetch, kept.token);
    const room = createRoom(send, () => performance.now());
    setInRoom({ room, api: createWorkshopApi(send), kept, send });
    const wake = () => document.visibilityState === 'visible' && room.wake();
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      room.stop();
    };
  }, [kept]);
  return (
    inRoom?.kept === kept && (
      <RoomContext value={inRoom}>
        <SurroundingsContext value={inAnyRoom}>{children}</SurroundingsContext>
      </RoomContext>
    )
  );
}

export function useInRoom(): InRoom {
  const inRoom = use(RoomContext);
  if (!inRoom) throw new Error('useInRoom needs a RoomProvider around the component.');
  return inRoom;
}

/** Returns a part of what is known of the room. Renders again when that part changes. */
export function useRoom<Part>(part: (state: RoomState) => Part): Part {
  return useStore(useInRoom().room.store, part);
}

const nothing = createStore<PlayerState>(() => nothingOpen);

/** Returns where the room is, such as step 5 of "Idle timeout", wherever this page is; null before anything is shown. */
export function useRoomPlace(): { slug: string; title: string; step: number } | null {
  const leading = useRoom((state) => state.leading);
  const shown = useRoom(({ room }) => room?.shown ?? null);
  const played = useStore(leading?.store ?? nothing, (state) => currentSteps({ ...state, cursor: null }));
  const scenario = useStore(leading?.store ?? nothing, ({ sandbox }) => sandbox?.header.scenario ?? null);
  return scenario && shown && { slug: scenario.slug, title: scenario.title, step: shown.steps ?? played };
}
