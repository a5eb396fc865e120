import { useEffect, useMemo, useRef } from 'react';
import { eventLine } from '../../../scenarios/engine/eventText.ts';
import { bookkeeping, foldNeighbors } from '../../../scenarios/engine/subject.ts';
import type { RedisCommand } from '../../../scenarios/engine/trace.ts';
import { holds } from '../../ui/follow.ts';
import { scrollWithin, useRegionName } from '../../ui/panel.ts';
import { WithSids } from '../../ui/Sid.tsx';
import { durationText } from '../../ui/timeText.ts';
import { placeName } from './codePlace.ts';
import { type RequestMoment, useDetails } from './detailsState.ts';
import { FoldButton, useFolds } from './FoldButton.tsx';
import { wordsIn } from './wordsIn.ts';

/** The Redis commands that a request caused, in order, with their replies and the keys they changed. Bookkeeping is folded. */
export function RedisCommands(moment: RequestMoment) {
  const { view, events, position, exchange } = moment;
  const { request, commands } = exchange;
  const { lit } = useDetails();
  const litCommand = lit?.request === request && 'command' in lit ? lit.command : null;
  const label = useRegionName('Redis commands');
  const list = useRef<HTMLOListElement>(null);
  const folds = useFolds();
  const topics = useMemo(
    () => bookkeeping([exchange], events.slice(0, position), view.header),
    [exchange, events, position, view.header],
  );
  useEffect(() => {
    const command = list.current?.querySelector<HTMLElement>(`[data-command="${litCommand}"]`);
    if (list.current && command) return scrollWithin(list.current, command, 0);
  }, [litCommand]);
  if (commands.length === 0) {
    return <p className="panel-empty details-empty">This request did not use Redis.</p>;
  }
  const topicOf = ({ id }: RedisCommand) => (id === litCommand ? null : (topics.get(id) ?? null));
  const item = (command: RedisCommand) => (
    <Command key={command.id} command={command} lit={command.id === litCommand} {...moment} />
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <ol className="commands mono" tabIndex={0} aria-label={label} ref={list}>
      {foldNeighbors(commands, topicOf, () => request.id).flatMap((one) => {
        if ('item' in one) return [item(one.item)];
        const { seq } = one.folded[0];
        const open = folds.isOpen(seq);
        return [
          <li key={`fold ${seq}`} {...holds(one.folded.map((command) => command.seq))}>
            <FoldButton label={one.label} meaning={one.meaning} open={open} onToggle={() => folds.toggle(seq)} />
          </li>,
          ...(open ? one.folded.map(item) : []),
        ];
      })}
    </ol>
  );
}

interface CommandProps extends RequestMoment {
  command: RedisCommand;
  lit: boolean;
}

function Command({ command, lit, view, exchange, sids }: CommandProps) {
  const { id, seq, name, args, reply, error, why, ms, code } = command;
  const { showLine } = useDetails();
  const words = wordsIn(command, view.header, sids);
  return (
    <li className="command" data-command={id} data-event={seq} data-lit={lit || undefined}>
      <p className="command-line">
        <strong>{name.toUpperCase()}</strong>{' '}
        <WithSids text={args.join(' ')} sids={sids} namespace={view.header.namespace} words={words} />
      </p>
      <p className="command-reply" data-failed={error !== null || undefined}>
        <span aria-hidden="true">→ </span>
        {error ?? reply}
        {why && ` ${why}`}
      </p>
      <span className="command-aside">
        {code && (
          <button
            type="button"
            className="plain command-code"
            title="Show the line that caused this command"
            onClick={() => showLine(exchange.request, code)}
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
            <WithSids text={eventLine(change, view.header)} sids={sids} words={words} inButton />
          </p>
        ))}
    </li>
  );
}
