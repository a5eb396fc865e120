import { useEffect, useRef } from 'react';
import { eventLine } from '../../../scenarios/engine/eventText.ts';
import { scrollWithin, useRegionName } from '../../ui/panel.ts';
import { WithSids } from '../../ui/Sid.tsx';
import { durationText } from '../../ui/timeText.ts';
import { placeName } from './codePlace.ts';
import { type RequestMoment, useDetails } from './detailsState.ts';

/** The Redis commands that a request caused, in order, with their replies and the keys they changed. */
export function RedisCommands({ view, exchange, sids }: RequestMoment) {
  const { request } = exchange;
  const { lit, showLine } = useDetails();
  const litCommand = lit?.request === request && 'command' in lit ? lit.command : null;
  const label = useRegionName('Redis commands');
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const command = list.current?.querySelector<HTMLElement>(`[data-command="${litCommand}"]`);
    if (list.current && command) scrollWithin(list.current, command, 0);
  }, [litCommand]);
  if (exchange.commands.length === 0) {
    return <p className="panel-empty details-empty">This request did not use Redis.</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <ol className="commands mono" tabIndex={0} aria-label={label} ref={list}>
      {exchange.commands.map(({ id, name, args, reply, error, ms, code }) => (
        <li key={id} className="command" data-command={id} data-lit={id === litCommand || undefined}>
          <p className="command-line">
            <strong>{name.toUpperCase()}</strong>{' '}
            <WithSids text={args.join(' ')} sids={sids} namespace={view.header.namespace} />
          </p>
          <p className="command-reply" data-failed={error !== null || undefined}>
            <span aria-hidden="true">→ </span>
            {error ?? reply}
          </p>
          <span className="command-aside">
            {code && (
              <button
                type="button"
                className="plain command-code"
                title="Show the line that caused this command"
                onClick={() => showLine(request, code)}
              >
                line {placeName(code)}
              </button>
            )}
            <span className="number mute">{durationText(ms)}</span>
          </span>
          {exchange.keys
            .filter(({ cause }) => cause.by === 'command' && cause.command === id)
            .map((change) => (
              <p key={change.seq} className="command-change" data-change={change.change}>
                {eventLine(change, view.header)}
              </p>
            ))}
        </li>
      ))}
    </ol>
  );
}
