import { fractionLeft } from './expiries.ts';
import './Countdown.css';

/** What is left of a lifetime as a bar. Times are sandbox milliseconds. The number beside it says the same to ears. */
export function Countdown({ from, to, now, color }: { from: number; to: number; now: number; color: string }) {
  return (
    <span className="countdown" aria-hidden="true">
      <span style={{ background: color, transform: `scaleX(${fractionLeft(from, to, now)})` }} />
    </span>
  );
}
