import { useEffect, useState } from 'react';
import { useRoom } from '../connection/useRoom.tsx';
import { timerText } from './roomText.ts';
import './RoomTimer.css';

/** What is left of the driver's timer, quietly; nothing without one. */
export function RoomTimer() {
  const left = useTimeLeft();
  const paused = useRoom(({ room }) => room?.timer?.runs === false);
  if (left === null) return null;
  return (
    <span className="room-timer number" role="timer" data-over={left < 0 || undefined}>
      {timerText(left)}
      {paused && <span className="room-timer-paused"> paused</span>}
    </span>
  );
}

/** Returns what is left of the timer in ms; null without one. Renders again each second while it runs. */
export function useTimeLeft(): number | null {
  const timer = useRoom(({ room }) => room?.timer ?? null);
  const since = useRoom(({ roomAt }) => roomAt);
  const [now, setNow] = useState(() => performance.now());
  const runs = timer?.runs ?? false;
  useEffect(() => {
    setNow(performance.now());
    if (!runs) return;
    const ticking = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(ticking);
  }, [runs]);
  return timer && timer.left - (runs ? Math.max(0, now - since) : 0);
}
