import { memo } from 'react';
import { span } from '../../../scenarios/engine/durations.ts';
import type { StepOutline } from '../../../scenarios/engine/trace.ts';
import type { Tick } from './axis.ts';
import type { PlacedStretch, Scale } from './scale.ts';
import { momentInWords, roundSpan } from './words.ts';

interface TimeAxisProps {
  ticks: Tick[];
  scale: Scale;
  steps: StepOutline[];
  current: number | null;
  onSeek: (step: number) => void;
}

/** The steps as numbers to go back to, and between them how long each stretch really is. */
export const TimeAxis = memo(function TimeAxis({ ticks, scale, steps, current, onSeek }: TimeAxisProps) {
  return (
    <>
      {scale.stretches.map((stretch) => (
        <Length key={stretch.from} stretch={stretch} />
      ))}
      {ticks.map(({ step, at }) => (
        <button
          key={step}
          type="button"
          className="life-tick"
          style={{ left: scale.x(at) }}
          aria-label={`Go to step ${step + 1}, ${momentInWords(at)}`}
          aria-current={step === current}
          title={`${steps[step]?.title}, ${momentInWords(at)}`}
          onClick={() => onSeek(step)}
        >
          {step + 1}
        </button>
      ))}
    </>
  );
});

/** Letters of 11 px are about 6 px wide; a step's number takes 11 px of its own stretch and of the one before. */
const letter = 6;
const besideTicks = 24;

function Length({ stretch: { kind, from, to, left, width } }: { stretch: PlacedStretch }) {
  const short = kind === 'jumped' ? span(Math.round(to - from)) : roundSpan(to - from);
  const long = { played: short, jumped: `${short} jumped`, ahead: `${short} ahead`, open: '' }[kind];
  const text = [long, short].find((one) => one.length * letter + besideTicks < width);
  if (!text || to - from < 1000) return null;
  return (
    <span className="life-length" data-kind={kind} style={{ left: left + width / 2 }} title={long}>
      {text}
    </span>
  );
}
