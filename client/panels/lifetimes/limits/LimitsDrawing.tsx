import { type CSSProperties, type ReactNode, useRef } from 'react';
import type { Click, Limits } from '../../../../scenarios/engine/limits.ts';
import { useInnerSize } from '../../../ui/panel.ts';
import { drawnUntil, evenScale, roundTimes } from './clickLanes.ts';
import { LimitsRows } from './LimitsRows.tsx';
import { lengthText } from './limitSteps.ts';

interface Props {
  limits: Limits;
  model: readonly Click[];
  /** null: not played yet. */
  measured: readonly Click[] | null;
  /** What stands in place of the measured rows until they are there. */
  children: ReactNode;
}

/** The lifetimes that the model says, and below them those that were measured, on one time axis that is to scale. */
export function LimitsDrawing({ limits, model, measured, children }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  const { width } = useInnerSize(plot);
  const until = drawnUntil(model, limits);
  const scale = evenScale(until, width);
  const { absolute } = limits;
  const shared = { limits, scale, width };
  return (
    // Nothing in it is still ahead.
    <div className="limits-drawing" style={{ '--now-share': '101%' } as CSSProperties}>
      <div className="limits-backdrop" ref={plot} aria-hidden="true">
        {roundTimes(until, width).map((at) => (
          <span key={at} className="limits-time" style={{ left: scale.x(at) }}>
            <span>{at === 0 ? 'login' : lengthText(at)}</span>
          </span>
        ))}
        {absolute !== null && absolute <= until && (
          <span
            className="limits-absolute"
            data-flip={scale.x(absolute) > width / 2}
            style={{ left: scale.x(absolute) }}
          >
            <span>absolute limit</span>
          </span>
        )}
      </div>
      <LimitsRows title="Expected" clicks={model} sid="model" {...shared} />
      {measured ? (
        <LimitsRows title="Measured on the app" clicks={measured} sid="measured" {...shared} />
      ) : (
        <div className="limits-rows limits-unplayed">{children}</div>
      )}
    </div>
  );
}
