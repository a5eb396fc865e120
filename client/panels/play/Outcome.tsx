import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { outcomeOf } from './outcome.ts';

interface Props {
  view: View;
  events: readonly TraceEvent[];
}

const signs = { good: '✓', bad: '✕', plain: '·' };

/** What became of the last request that was sent by hand. */
export function Outcome({ view, events }: Props) {
  const exchange = view.exchanges.findLast(({ request }) => request.step === null);
  return (
    <section className="play-outcome" aria-label="Outcome" aria-live="polite">
      {exchange ? (
        <>
          <h3>
            {view.actors.find(({ outline }) => outline.name === exchange.request.actor)?.outline.label}{' '}
            <span className="mono">
              {exchange.request.method} {new URL(exchange.request.url).pathname}
            </span>
          </h3>
          <ul>
            {outcomeOf(exchange, events).map(({ text, tone }) => (
              <li key={text} data-tone={tone}>
                <span aria-hidden="true">{signs[tone]} </span>
                {text}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="panel-empty">
          Cookies, Origin and Sec-Fetch-Site are the browser’s own to write, by its rules. What became of the request
          stands here, and all of it under “Request & response”.
        </p>
      )}
    </section>
  );
}
