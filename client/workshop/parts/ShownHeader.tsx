import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import '../../frame/Header.css';
import type { OnPage } from '../connection/shownRuns.ts';
import { useRoom } from '../connection/useRoom.tsx';
import { RoomTimer } from './RoomTimer.tsx';
import { variantText } from './roomText.ts';
import './ShownHeader.css';

interface Props {
  onPage: OnPage;
  children: ReactNode;
}

/** The header of what the room is shown: the scenario, against which app, and the timer. */
export function ShownHeader({ onPage: { sides }, children }: Props) {
  const header = useStore(sides[0]!.store, (state) => state.sandbox!.header);
  const shown = sides.length === 2 ? 'both' : header.variant;
  const { title, subtitle } = header.scenario;
  const driven = useRoom(({ room }) => room?.driven ?? true);
  return (
    <header className="header shown-header">
      <p className="shown-title">
        <strong>{title}</strong> {subtitle && <span className="mute">{subtitle}</span>}
      </p>
      <p className="shown-variant" data-variant={shown}>
        {variantText[shown]}
      </p>
      <div className="shown-corner">
        {!driven && <span className="mute">The instructor’s page is away</span>}
        <RoomTimer />
        {children}
      </div>
    </header>
  );
}
