import './Messages.css';
import { useConfirmed } from './confirmed.ts';

/** Says for a moment what was copied or saved; to screen readers as well, each time. */
export function Confirmation() {
  const { sentence, times, tone } = useConfirmed();
  return (
    <div className="messages confirmation" aria-live="polite">
      {sentence !== null && (
        <div className="message" key={times} data-tone="done" data-failed={tone === 'wrong' || undefined}>
          <p>{sentence}</p>
        </div>
      )}
    </div>
  );
}
