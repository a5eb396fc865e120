import { useNow } from '../../player/usePlayer.ts';
import { span } from '../../spans.ts';

/** Shorter than this, a step is just being played. */
const noticeableMs = 1000;

/** How long a step has really been waiting, and that it need not. */
export function Waiting({ since }: { since: number }) {
  const waited = useNow() - since;
  if (waited < noticeableMs) return null;
  return (
    <p className="waiting">
      <span className="waiting-dot" aria-hidden="true" />
      <span>
        Really waiting, <span className="number">{span(waited)}</span> so far. Jump time shortens it.
      </span>
    </p>
  );
}
