import type { Exchange, View } from '../../../scenarios/engine/read.ts';
import { useRegionName } from '../../ui/useRegionName.ts';

interface Props {
  view: View;
  selected: Exchange | null;
  onSelect: (request: number) => void;
}

/** The requests of one step, to look at one of them. */
export function ExchangePicker({ view, selected, onSelect }: Props) {
  const exchanges = view.exchanges.filter(({ request }) => request.step === selected?.request.step);
  return (
    <fieldset className="exchanges" aria-label={useRegionName('Requests of this step')}>
      {exchanges.map(({ request, response }) => (
        <button
          key={request.id}
          type="button"
          className="plain exchange mono"
          aria-pressed={request.id === selected?.request.id}
          onClick={() => onSelect(request.id)}
        >
          <span className="exchange-actor">
            {view.actors.find(({ outline }) => outline.name === request.actor)?.outline.label}
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
