import { useEffect, useMemo, useRef } from 'react';
import { eventLine } from '../../../scenarios/engine/eventText.ts';
import { read } from '../../../scenarios/engine/read.ts';
import { bookkeeping, foldLabel, foldNeighbors } from '../../../scenarios/engine/subject.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import { holds } from '../../ui/follow.ts';
import { moveFocusInList, scrollWithin } from '../../ui/panel.ts';
import { WithSids } from '../../ui/Sid.tsx';
import { clockText } from '../../ui/timeText.ts';
import type { Moment } from './detailsState.ts';
import { FoldButton, useFolds } from './FoldButton.tsx';
import { wordsIn } from './wordsIn.ts';

/**
 * All events, one line each; bookkeeping is folded. Those after the moment that is shown are dimmed. A click on a line goes to
 * its moment.
 */
export function Log({ view, events, position, sids }: Moment) {
  const player = usePlayer();
  const { header } = view;
  const list = useRef<HTMLOListElement>(null);
  const folds = useFolds();
  const topics = useMemo(
    () => bookkeeping(read({ header, events: [...events] }).exchanges, events, header),
    [header, events],
  );
  const current = events[Math.max(0, position - 1)]?.seq;
  useEffect(() => {
    const line = list.current?.querySelector<HTMLElement>(`[data-seq="${current}"]`);
    if (list.current && line) return scrollWithin(list.current, line, 0);
  }, [current]);
  if (events.length === 0) return <p className="panel-empty details-empty">Nothing has happened yet.</p>;
  const topicOf = (event: TraceEvent) => {
    if (event.seq === current) return null;
    if (event.type === 'command') return topics.get(event.id) ?? null;
    // The change of a key goes with the command that made it.
    return event.type === 'key' && event.cause.by === 'command' ? (topics.get(event.cause.command) ?? null) : null;
  };
  // As in the diagram, commands are counted.
  const labelOf = (folded: readonly TraceEvent[]) =>
    foldLabel(folded.filter(({ type }) => type === 'command').map(topicOf));
  const line = (event: TraceEvent) => (
    <li
      key={event.seq}
      data-seq={event.seq}
      data-event={event.seq}
      data-type={event.type}
      data-ahead={(current !== undefined && event.seq > current) || position === 0 || undefined}
    >
      <button type="button" className="plain" tabIndex={event.seq === current ? 0 : -1} onClick={() => goTo(event)}>
        <span className="log-at number">{clockText(event.at)}</span>
        <WithSids text={eventLine(event, header)} sids={sids} words={wordsIn(event, header, sids)} inButton />
      </button>
    </li>
  );
  return (
    <ol className="log mono" ref={list} onKeyDown={moveFocusInList}>
      {foldNeighbors(events, topicOf, () => null).flatMap((one) => {
        if ('item' in one) return [line(one.item)];
        const { seq } = one.folded[0];
        const open = folds.isOpen(seq);
        return [
          <li
            key={`fold ${seq}`}
            data-ahead={(current !== undefined && seq > current) || undefined}
            {...holds(one.folded.map((event) => event.seq))}
          >
            <FoldButton
              label={labelOf(one.folded) || one.label}
              meaning={one.meaning}
              open={open}
              onToggle={() => folds.toggle(seq)}
              tabIndex={-1}
            />
          </li>,
          ...(open ? one.folded.map(line) : []),
        ];
      })}
    </ol>
  );

  function goTo(event: TraceEvent) {
    const request = event.type === 'request' ? event.id : 'request' in event ? event.request : null;
    if (request !== null) player.select(request);
    else if (event.step !== null) void player.goToStep(event.step + 1);
    else player.goLive();
  }
}
