import { memo } from 'react';
import { span } from '../../../scenarios/engine/durations.ts';
import { differsText, untrueText } from '../../../scenarios/engine/eventText.ts';
import { narrationFor, toldIn } from '../../../scenarios/engine/narration.ts';
import type { StepView, View } from '../../../scenarios/engine/read.ts';
import type { Variant } from '../../../scenarios/engine/trace.ts';
import { useNow, usePlayerState } from '../../player/usePlayer.ts';
import { guessKey } from '../../progress/progressStore.ts';
import { useProgress, useProgressState } from '../../progress/useProgress.ts';
import { CastContext } from '../../ui/Named.tsx';
import { Prose } from '../../ui/Prose.tsx';
import { Ask, Predict } from './Ask.tsx';
import { Ending } from './Ending.tsx';
import './Steps.css';
import { StepsHead } from './StepsHead.tsx';
import { useStepList } from './useStepList.ts';

interface Props {
  view: View;
  /** Goes to the moment after this number of steps. */
  onGoTo: (steps: number) => void;
  /** Shows the diff of both variants. */
  onDiff: () => void;
  /** Shows the repairs to choose from; null when there is no such choice. */
  onRepair?: (() => void) | null;
  /** null when there is no other variant to play. */
  onOtherVariant: (() => void) | null;
}

/** The steps of the scenario as a list. The current step is open, and the answer of the next one can be predicted. */
export const Steps = memo(function Steps({ view, onGoTo, onDiff, onRepair = null, onOtherVariant }: Props) {
  const { scenario, variant } = view.header;
  const progress = useProgress();
  const live = usePlayerState(({ status, cursor }) => status === 'ready' && cursor === null);
  const guesses = useProgressState((state) => state.guesses);
  const nextIndex = (view.step ?? -1) + 1;
  const atEnd = isAtEnd(view);
  const { list, propsOf } = useStepList(view, atEnd, onGoTo);
  const predictable = live && !view.running ? nextIndex : null;
  return (
    <>
      <StepsHead view={view} variants={[variant]} atEnd={atEnd} />
      <CastContext value={scenario.actors}>
        <ol className="steps" ref={list}>
          {view.steps.map((step) => {
            const { index, outline, state } = step;
            const guess = guesses[guessKey(view, index)];
            const title = state === 'ahead' && index !== nextIndex ? 'Play all steps up to this one' : undefined;
            return (
              <li key={index} data-state={index === nextIndex ? 'next' : state}>
                <button type="button" className="plain step" title={title} {...propsOf(index)}>
                  <span className="step-number">{index + 1}</span> <span className="step-title">{outline.title}</span>
                </button>
                {index === view.step && (
                  <div className="step-told">
                    <StepText step={step} variant={toldIn(view.header)} waitingUntil={view.waitingUntil} />
                    {outline.ask && <Ask ask={outline.ask} answered={step.ask} variant={variant} guess={guess} />}
                  </div>
                )}
                {index === predictable && outline.ask && (
                  <Predict
                    ask={outline.ask}
                    scenario={scenario}
                    guess={guess}
                    onGuess={(answer) => progress.guess(view, index, answer)}
                  />
                )}
              </li>
            );
          })}
        </ol>
      </CastContext>
      {atEnd && <Ending {...{ scenario, onDiff, onRepair, onOtherVariant }} variants={[variant]} />}
    </>
  );
});

/** Returns whether the moment is the end of the scenario: its last step has been played, successfully. */
export const isAtEnd = ({ running, step, steps }: View) =>
  !running && step === steps.length - 1 && steps.at(-1)?.state === 'played';

interface StepTextProps {
  step: StepView;
  /** Whose story is told; null for that of both. */
  variant: Variant | null;
  waitingUntil: number | null;
}

/** The purpose and the narration of the current step, and whether it waits or failed. */
export function StepText({ step, variant, waitingUntil }: StepTextProps) {
  const { outline, error, untrue, differs } = step;
  return (
    <>
      <p className="step-purpose">{outline.purpose}</p>
      <p>
        <Prose text={narrationFor(outline, variant)} />
      </p>
      {untrue.map(({ claim, seen }) => (
        <p className="step-error" role="alert" key={claim}>
          {untrueText({ claim, seen })}
        </p>
      ))}
      {differs.map((one) => (
        <p className={one.reason === undefined ? 'step-error' : 'mute'} role="note" key={one.what}>
          {differsText(one)}
        </p>
      ))}
      {waitingUntil !== null && <Waiting until={waitingUntil} />}
      {error && (
        <p className="step-error" role="alert">
          This step failed: {error}
        </p>
      )}
    </>
  );
}

/** @param until in sandbox milliseconds */
function Waiting({ until }: { until: number }) {
  const left = until - useNow();
  // The time is over, and the step goes on.
  if (left <= 0) return null;
  return (
    <p className="waiting">
      <span className="waiting-dot" aria-hidden="true" />
      <span>
        Really waiting, <span className="number">{span(left)}</span> to go. To wait less, jump time.
      </span>
    </p>
  );
}
