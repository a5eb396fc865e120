import { labelOf } from '../../../scenarios/engine/identity.ts';
import type { Exchange, View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';

interface Props {
  view: View;
  events: readonly TraceEvent[];
}

const signs = { good: '✓', bad: '✕', plain: '·' };

/** The outcome of the last manual request. */
export function Outcome({ view, events }: Props) {
  const exchange = view.exchanges.findLast(({ request }) => request.step === null);
  return (
    <section className="play-outcome" aria-label="Outcome" aria-live="polite">
      {exchange ? (
        <>
          <h3>
            {labelOf(view.header, exchange.request.actor)}{' '}
            <span className="mono">
              {exchange.request.method} {new URL(exchange.request.url).pathname}
            </span>
          </h3>
          <ul>
            {outcomeOf(exchange, events).map(({ text, tone }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same may have happened twice, and the order never changes
              <li key={index} data-tone={tone}>
                <span aria-hidden="true">{signs[tone]} </span>
                {text}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="panel-empty">
          The browser sets Cookie, Origin and Sec-Fetch-Site by its own rules. The outcome of the request appears here,
          and the whole exchange under “Request & response”.
        </p>
      )}
    </section>
  );
}

interface OutcomeLine {
  text: string;
  tone: keyof typeof signs;
}

/**
 * Returns the outcome of a request, beginning with the status.
 * @param events those up to this moment, because the app notes a forged cookie in its audit log
 */
export function outcomeOf({ request, response, failure }: Exchange, events: readonly TraceEvent[]): OutcomeLine[] {
  const lines: OutcomeLine[] = [];
  const add = (tone: OutcomeLine['tone'], text: string) => lines.push({ text, tone });
  if (failure) add('bad', `No response: ${failure.why}`);
  else if (response) add(response.status < 400 ? 'good' : 'bad', `${response.status} ${response.statusText}`.trim());
  else add('plain', 'No response yet');
  if (events.some((event) => isForged(event, request.id))) {
    add('bad', 'The app found a signature that does not fit the id, so it ignored the cookie.');
  }
  for (const { name, sent, why } of request.cookies) if (!sent) add('plain', `${name} was not sent: ${why}`);
  for (const { name, outcome, why } of response?.cookies ?? []) {
    add(outcome === 'refused' ? 'bad' : 'plain', `${name} was ${outcome} by the browser: ${why}`);
  }
  return lines;
}

/** The app did not sign the session cookie of that request. */
const isForged = (event: TraceEvent, request: number) =>
  event.type === 'audit' && event.name === 'session_cookie_invalid' && event.request === request;
