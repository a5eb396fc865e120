import { span } from '../../../scenarios/engine/durations.ts';
import { useNow } from '../../player/usePlayer.ts';

/** How long a step goes on waiting, and that it need not. */
export function Waiting({ until }: { until: number }) {
  const left = Math.max(0, until - useNow());
  return (
    <p className="waiting">
      <span className="waiting-dot" aria-hidden="true" />
      <span>
        Really waiting, <span className="number">{span(left)}</span> to go. Jump time shortens it.
      </span>
    </p>
  );
}
