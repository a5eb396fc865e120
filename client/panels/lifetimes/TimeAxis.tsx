import { memo } from 'react';
import { span } from '../../../scenarios/engine/durations.ts';
import type { StepOutline } from '../../../scenarios/engine/trace.ts';
import type { Tick } from './axis.ts';
import { momentText, roundedSpan } from './laneText.ts';
import { numberedTicks, placeTicks } from './placeTicks.ts';
import type { PlacedStretch, Scale } from './scale.ts';

interface Props {
  ticks: Tick[];
  scale: Scale;
  /** Of the plot, in px. */
  width: number;
  steps: StepOutline[];
  current: number | null;
  /** Goes to a step, by its index. */
  onSeek: (step: number) => void;
}

/** The steps as numbered buttons, and between them how long each stretch really is. */
export const TimeAxis = memo(function TimeAxis({ ticks, scale, width, steps, current, onSeek }: Props) {
  const currentTick = ticks.findIndex(({ step }) => step === current);
  const numbered = numberedTicks(ticks.length, currentTick, width).map((index) => ticks[index]!);
  const places = placeTicks(
    numbered.map(({ at }) => scale.x(at)),
    width,
  );
  return (
    <>
      {scale.stretches.map((stretch) => (
        <Length key={stretch.from} stretch={stretch} />
      ))}
      {scale.stretches.map(
        ({ isBreak, from, left }) =>
          isBreak && (
            <svg key={from} className="life-break" style={{ left }} width={10} height={11}>
              <title>The scale changes here</title>
              <path d="M1 10L4.5 1M5.5 10L9 1" />
            </svg>
          ),
      )}
      {numbered.map(({ step, at }, index) => (
        <button
          key={step}
          type="button"
          className="life-tick"
          style={{ left: places[index] }}
          aria-label={`Go to step ${step + 1}, ${momentText(at)}`}
          aria-current={step === current}
          title={`${steps[step]?.title}, ${momentText(at)}`}
          onClick={() => onSeek(step)}
        >
          {step + 1}
        </button>
      ))}
    </>
  );
});

/** A letter of 11 px is about 6 px wide. The numbers of two steps take 11 px each of the stretch between them. */
const letter = 6;
const ticksWidth = 24;

function Length({ stretch: { kind, from, to, left, width } }: { stretch: PlacedStretch }) {
  const short = kind === 'jumped' ? span(Math.round(to - from)) : roundedSpan(to - from);
  const long = { played: short, jumped: `${short} jumped`, ahead: short, open: '' }[kind];
  const text = [long, short].find((one) => one.length * letter + ticksWidth < width);
  if (!text || to - from < 1000) return null;
  return (
    <span className="life-length" data-kind={kind} style={{ left: left + width / 2 }} title={long}>
      {text}
    </span>
  );
}

/** What is behind the lanes: a line where each step starts, and hatching for the time that was jumped. */
export const AxisBackdrop = memo(function AxisBackdrop({ scale, ticks }: Pick<Props, 'scale' | 'ticks'>) {
  return (
    <>
      {scale.stretches.map(
        ({ kind, from, left, width }) =>
          kind === 'jumped' && <div key={from} className="life-jump" style={{ left, width }} />,
      )}
      {ticks.map(({ at }) => (
        <div key={at} className="life-guide" style={{ left: scale.x(at) }} />
      ))}
    </>
  );
});
