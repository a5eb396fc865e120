import type { CodePlace } from '../../../../scenarios/engine/trace.ts';
import { useRegionName } from '../../../ui/panel.ts';
import { WithSids } from '../../../ui/Sid.tsx';
import { isOfWeakness, placeName, samePlace } from '../codePlace.ts';
import { type RequestMoment, useDetails } from '../detailsState.ts';
import type { DecisiveLine } from './handlingCode.ts';

interface Props extends RequestMoment {
  lines: readonly DecisiveLine[];
  /** The line under the pointer, or the selected one. */
  lit: CodePlace | null;
  onHover: (place: CodePlace | null) => void;
}

/** Each decisive line with its effects: the commands and the answer. */
export function DecisiveLines({ view, exchange, sids, lines, lit, onHover }: Props) {
  const { showLine, showCommand } = useDetails();
  const unknown = exchange.commands.filter(({ code }) => !code);
  return (
    <ol className="decisive-lines" aria-label={useRegionName('Decisive lines and their effects')}>
      {lines.map((line) => (
        <li
          key={placeName(line)}
          data-lit={samePlace(lit, line) || undefined}
          onPointerEnter={() => onHover(line)}
          onPointerLeave={() => onHover(null)}
        >
          <button
            type="button"
            className="plain decisive-place mono"
            data-weak={isOfWeakness(line) || undefined}
            aria-pressed={samePlace(lit, line)}
            onFocus={() => onHover(line)}
            onBlur={() => onHover(null)}
            onClick={() => showLine(exchange.request, line)}
          >
            {placeName(line)}
          </button>
          {line.commands.map(({ id, name, args }) => (
            <button
              key={id}
              type="button"
              className="plain decisive-command mono"
              title="Show this command and its reply"
              onClick={() => showCommand(exchange.request, id)}
            >
              <span aria-hidden="true">→ </span>
              {name.toUpperCase()}{' '}
              <WithSids text={args.join(' ').replaceAll(view.header.namespace, '')} sids={sids} inButton />
            </button>
          ))}
          {line.answered !== null && (
            <p className="decisive-answer mono">
              <span aria-hidden="true">← </span>
              answers {line.answered}
            </p>
          )}
        </li>
      ))}
      {unknown.length > 0 && (
        <li className="mute">
          {unknown.length === 1 ? 'One command has' : `${unknown.length} commands have`} no known line.
        </li>
      )}
    </ol>
  );
}
