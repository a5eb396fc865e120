import type { Exchange } from '../../../../scenarios/engine/read.ts';
import type { CodePlace } from '../../../../scenarios/engine/trace.ts';
import { useRegionName } from '../../../ui/useRegionName.ts';
import { WithSids } from '../../../ui/WithSids.tsx';
import { useDetails } from '../detailsState.ts';
import { type Decisive, placeName, samePlace } from './places.ts';

interface Props {
  exchange: Exchange;
  places: readonly Decisive[];
  /** The line that the pointer is on, or that was selected. */
  lit: CodePlace | null;
  namespace: string;
  sids: readonly string[];
  onPick: (place: CodePlace) => void;
  onHover: (place: CodePlace | null) => void;
}

/** Each decisive line with its effects: the commands and the answer. */
export function Handled({ exchange, places, lit, namespace, sids, onPick, onHover }: Props) {
  const showCommand = useDetails((state) => state.showCommand);
  const unknown = exchange.commands.filter(({ code }) => !code);
  return (
    <ol className="handled" aria-label={useRegionName('Decisive lines and their effects')}>
      {places.map((place) => (
        <li
          key={placeName(place)}
          data-lit={samePlace(lit, place) || undefined}
          onPointerEnter={() => onHover(place)}
          onPointerLeave={() => onHover(null)}
        >
          <button
            type="button"
            className="plain handled-place mono"
            aria-pressed={samePlace(lit, place)}
            onFocus={() => onHover(place)}
            onBlur={() => onHover(null)}
            onClick={() => onPick(place)}
          >
            {placeName(place)}
          </button>
          {place.commands.map(({ id, name, args }) => (
            <button
              key={id}
              type="button"
              className="plain handled-command mono"
              title="Show this command and its reply"
              onClick={() => showCommand(exchange.request, id)}
            >
              <span aria-hidden="true">→ </span>
              {name.toUpperCase()} <WithSids text={args.join(' ').replaceAll(namespace, '')} sids={sids} />
            </button>
          ))}
          {place.answered !== null && (
            <p className="handled-answer mono">
              <span aria-hidden="true">← </span>
              answers {place.answered}
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
