import { eventLine } from '../../../scenarios/engine/eventText.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';

const tells = /^(?:cookie-|time|page-shown|script|restart|fault)/;

/** A step without a request: what happened instead. */
export function NoRequest({ view, events }: { view: View; events: readonly TraceEvent[] }) {
  const happened = events.filter(({ type, step }) => step === view.step && tells.test(type));
  if (view.step === null) {
    return (
      <p className="panel-empty details-empty">The first step has not been played: nothing went over the wire yet.</p>
    );
  }
  return (
    <div className="panel-empty details-empty">
      <p>{view.running ? 'No request yet.' : 'This step sent no request.'}</p>
      {happened.map((event) => (
        <p key={event.seq}>{eventLine(event, view.header)}.</p>
      ))}
    </div>
  );
}
