import { useEffect, useRef } from 'react';
import { eventLine } from '../../../scenarios/engine/eventText.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import { moveFocusInList, scrollWithin } from '../../ui/panel.ts';
import { clockText } from '../../ui/timeText.ts';
import type { Moment } from './detailsState.ts';

/** All events, one line each. Those after the moment that is shown are dimmed. A click on a line goes to its moment. */
export function Log({ view, events, position }: Moment) {
  const player = usePlayer();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const line = list.current?.querySelector<HTMLElement>(`li:nth-child(${position})`);
    if (list.current && line) scrollWithin(list.current, line, 0);
  }, [position]);
  if (events.length === 0) return <p className="panel-empty details-empty">Nothing has happened yet.</p>;
  return (
    <ol className="log mono" ref={list} onKeyDown={moveFocusInList}>
      {events.map((event, index) => (
        <li key={event.seq} data-type={event.type} data-ahead={index >= position || undefined}>
          <button
            type="button"
            className="plain"
            tabIndex={index === Math.max(0, position - 1) ? 0 : -1}
            onClick={() => goTo(event)}
          >
            <span className="log-at number">{clockText(event.at)}</span>
            {eventLine(event, view.header)}
          </button>
        </li>
      ))}
    </ol>
  );

  function goTo(event: TraceEvent) {
    const request = event.type === 'request' ? event.id : 'request' in event ? event.request : null;
    if (request !== null) player.select(request);
    else if (event.step !== null) void player.goToStep(event.step + 1);
    else player.goLive();
  }
}
