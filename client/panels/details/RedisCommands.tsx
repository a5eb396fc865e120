import { useEffect, useRef } from 'react';
import { span } from '../../../scenarios/engine/durations.ts';
import type { Exchange } from '../../../scenarios/engine/read.ts';
import type { KeyChanged } from '../../../scenarios/engine/trace.ts';
import { scrollWithin, useRegionName } from '../../ui/panel.ts';
import { WithSids } from '../../ui/Sid.tsx';
import { durationText } from '../../ui/timeText.ts';
import { placeName } from './codePlace.ts';
import { useDetails } from './detailsState.ts';

interface Props {
  exchange: Exchange;
  namespace: string;
  sids: readonly string[];
}

/** The Redis commands that a request caused, in order, with their replies and the keys they changed. */
export function RedisCommands({ exchange, namespace, sids }: Props) {
  const { request } = exchange;
  const showLine = useDetails((state) => state.showLine);
  const lit = useDetails(({ lit }) => (lit?.request === request && 'command' in lit ? lit.command : null));
  const label = useRegionName('Redis commands');
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const command = list.current?.querySelector<HTMLElement>(`[data-command="${lit}"]`);
    if (list.current && command) scrollWithin(list.current, command, 0);
  }, [lit]);
  if (exchange.commands.length === 0) {
    return <p className="panel-empty details-empty">This request did not use Redis.</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <ol className="commands mono" tabIndex={0} aria-label={label} ref={list}>
      {exchange.commands.map(({ id, name, args, reply, error, ms, at, code }) => (
        <li key={id} className="command" data-command={id} data-lit={id === lit || undefined}>
          <p className="command-line">
            <strong>{name.toUpperCase()}</strong> <WithSids text={args.join(' ')} sids={sids} namespace={namespace} />
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
                {changeText(change, at)}
              </p>
            ))}
        </li>
      ))}
    </ol>
  );
}

/** @param at when the command was sent, in sandbox milliseconds */
function changeText({ change, expiresAt }: KeyChanged, at: number): string {
  const lifetime =
    expiresAt === null ? 'without a TTL' : `expires in ${span(Math.round((expiresAt - at) / 1000) * 1000)}`;
  switch (change) {
    case 'set':
      return `key set, ${lifetime}`;
    case 'ttl':
      return `key ${lifetime} again`;
    case 'deleted':
      return 'key deleted';
    case 'expired':
      return 'key expired';
  }
}
