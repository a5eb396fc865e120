import './Countdown.css';

/** A bar that shows how much of a lifetime is left, between 0 and 1. The text beside it says the same to screen readers. */
export function Countdown({ left, color }: { left: number; color: string }) {
  return (
    <span className="countdown" aria-hidden="true">
      <span style={{ background: color, transform: `scaleX(${left})` }} />
    </span>
  );
}

/** A bar is a few hundred pixels wide: smaller steps would be drawn and not seen. */
const steps = 400;

/** Returns how much of the time between `from` and `to` is left, between 0 and 1. Times are in sandbox ms. */
export function fractionLeft(from: number, to: number, now: number): number {
  if (to <= from) return 0;
  const left = Math.min(1, Math.max(0, (to - now) / (to - from)));
  return Math.round(left * steps) / steps;
}
