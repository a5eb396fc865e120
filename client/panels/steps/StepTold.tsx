import type { StepView } from '../../../scenarios/engine/read.ts';
import { Prose } from '../../ui/Prose.tsx';
import { Waiting } from './Waiting.tsx';

/** What the step being looked at is for, the reason, and whether it waits or went wrong. */
export function StepTold({ step, waitingUntil }: { step: StepView; waitingUntil: number | null }) {
  const { outline, error } = step;
  return (
    <>
      <p className="step-purpose">{outline.purpose}</p>
      <p>
        <Prose text={outline.narration} />
      </p>
      {waitingUntil !== null && <Waiting until={waitingUntil} />}
      {error && (
        <p className="step-error" role="alert">
          This step could not be played to its end: {error}
        </p>
      )}
    </>
  );
}
