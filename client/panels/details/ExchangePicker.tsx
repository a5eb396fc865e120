import type { ActorView, Exchange } from '../../../scenarios/engine/read.ts';

interface Props {
  exchanges: readonly Exchange[];
  selected: Exchange | null;
  actors: readonly ActorView[];
  onSelect: (request: number) => void;
}

/** The requests of one step, to look at one of them. */
export function ExchangePicker({ exchanges, selected, actors, onSelect }: Props) {
  return (
    <fieldset className="exchanges" aria-label="Requests of this step">
      {exchanges.map(({ request, response }) => (
        <button
          key={request.id}
          type="button"
          className="plain exchange mono"
          aria-pressed={request.id === selected?.request.id}
          onClick={() => onSelect(request.id)}
        >
          <span className="exchange-actor">
            {actors.find(({ outline }) => outline.name === request.actor)?.outline.label}
          </span>{' '}
          {request.method} {new URL(request.url).pathname}{' '}
          <span className="exchange-status" data-ok={response !== null && response.status < 400}>
            {response?.status ?? '…'}
          </span>
        </button>
      ))}
    </fieldset>
  );
}
