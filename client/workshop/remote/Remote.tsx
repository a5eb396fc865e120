import { useDocumentTitle } from '@mantine/hooks';
import { useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { nothingOpen, type PlayerState } from '../../player/state.ts';
import type { KeptRole } from '../connection/keptRole.ts';
import { RoomProvider, useInRoom, useRoom, useRoomPlace } from '../connection/useRoom.tsx';
import { RoomTimer } from '../parts/RoomTimer.tsx';
import { readyText } from '../parts/roomText.ts';
import './Remote.css';
import { useAwake } from './useAwake.ts';

/** The driver's phone: the previous and the next step. */
export function Remote({ kept }: { kept: KeptRole }) {
  return (
    <RoomProvider kept={kept}>
      <Buttons />
    </RoomProvider>
  );
}

const nothing = createStore<PlayerState>(() => nothingOpen);

function Buttons() {
  useDocumentTitle('Remote · Session Sandbox');
  useAwake();
  const { api } = useInRoom();
  const place = useRoomPlace();
  const leading = useRoom((state) => state.leading);
  const dead = useRoom(({ refusal, room }) => refusal !== null || (room?.over ?? false));
  const phase = useRoom(({ room }) => room?.question?.phase);
  const scenario = useStore(leading?.store ?? nothing, ({ sandbox }) => sandbox?.header.scenario ?? null);
  const said = useSaid();
  const [problem, setProblem] = useState<string | null>(null);
  const press = (button: 'next' | 'previous') => {
    setProblem(null);
    api.press(button).catch(({ message }: Error) => setProblem(message));
  };
  const steps = scenario?.steps ?? [];
  const step = place?.step ?? 0;
  const current = steps[step - 1];
  const coming = steps[step];
  if (dead) return <Dead />;
  return (
    <main className="remote">
      <div className="remote-now">
        <p className="remote-line mute">
          <span>{place?.title ?? 'The room'}</span>
          <RoomTimer />
        </p>
        <h1>{current ? `${step}. ${current.title}` : place ? 'Before the first step' : 'Nothing is shown yet'}</h1>
        <p className="mute">{coming ? `Next: ${coming.title}` : place && 'This was the last step.'}</p>
        <p className="remote-problem" role="status">
          {problem ?? said}
        </p>
      </div>
      <div className="remote-buttons">
        <button type="button" className="remote-button" onClick={() => press('previous')}>
          Previous
        </button>
        <button type="button" className="remote-button remote-next" onClick={() => press('next')}>
          {phase === 'open' || phase === 'closed' ? 'Reveal' : 'Next'}
        </button>
      </div>
    </main>
  );
}

/** The phone after the end, or when its driver has handed the room over. Nothing can be pressed. */
function Dead() {
  const over = useRoom(({ room }) => room?.over ?? false);
  return (
    <main className="remote">
      <div className="remote-now" role="status">
        <h1>{over ? 'The workshop is over' : 'This phone no longer drives the room'}</h1>
        {!over && (
          <p>
            Pair it again from the driver’s menu: <strong>…</strong> and <strong>Remote on your phone</strong>.
          </p>
        )}
      </div>
    </main>
  );
}

/** Returns what the driver must know of the room: that it cannot be reached, waits, or is asked something. */
function useSaid(): string | null {
  const connection = useRoom((state) => state.connection);
  const room = useRoom((state) => state.room);
  if (connection !== 'open') return 'No connection to the room. Reconnecting…';
  if (!room?.driven) return 'Your page on the laptop is not open.';
  if (room.readyCheck) return `Ready check: ${readyText(room.readyCheck)}`;
  if (room.question && room.question.phase !== 'played')
    return `${room.question.answered} of ${room.question.of} have answered.`;
  return null;
}
