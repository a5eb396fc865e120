import type { View } from '../../../scenarios/engine/read.ts';
import { Beginning } from './Beginning.tsx';
import { ScoreHere } from './ScoreHere.tsx';

/** Above the steps: how far they are, what the scenario asks, and before the first of them who takes part. */
export function StepsHead({ view: { header, step } }: { view: View }) {
  const { scenario } = header;
  return (
    <>
      <div className="panel-head">
        <h2>Steps</h2>
        <span className="mute number">
          {step === null ? scenario.steps.length : `${step + 1} of ${scenario.steps.length}`}
        </span>
        <ScoreHere slug={scenario.slug} />
      </div>
      <p className="steps-question">{scenario.question}</p>
      {step === null && <Beginning {...scenario} />}
    </>
  );
}
