import { fractionLeft } from '../player/expiries.ts';
import './Countdown.css';
import { useTicking } from '../player/usePlayer.ts';

/** A bar is a few hundred pixels wide: finer than this nobody sees it move. */
const steps = 400;

/** What is left of a lifetime as a bar. Times are sandbox milliseconds. The number beside it says the same to ears. */
export function Countdown({ from, to, color }: { from: number; to: number; color: string }) {
  const left = useTicking((now) => Math.round(fractionLeft(from, to, now) * steps) / steps);
  return (
    <span className="countdown" aria-hidden="true">
      <span style={{ background: color, transform: `scaleX(${left})` }} />
    </span>
  );
}
