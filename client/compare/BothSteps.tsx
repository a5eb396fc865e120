import { memo } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { Lesson } from '../panels/steps/Lesson.tsx';
import { StepsHead } from '../panels/steps/StepsHead.tsx';
import { StepTold } from '../panels/steps/StepTold.tsx';
import { useStepList } from '../panels/steps/useStepList.ts';
import { usePlayerState } from '../player/usePlayer.ts';
import { guessKey } from '../progress/progressStore.ts';
import { useProgress, useProgressState } from '../progress/useProgress.ts';
import { BothAnswers } from './BothAnswers.tsx';
import type { Difference } from './firstDifference.ts';
import { PredictBoth } from './PredictBoth.tsx';

interface Props {
  /** Of the vulnerable side. */
  view: View;
  /** Of the protected side. */
  other: View;
  difference: Difference | null;
  /** The next scenario in reading order, null after the last one. */
  next: ScenarioOutline | null;
  onGoTo: (steps: number) => void;
}

/** The scenario as a list; the step being looked at is open, with what each app answered, and the next one can be predicted. */
export const BothSteps = memo(function BothSteps({ view, other, difference, next, onGoTo }: Props) {
  const { scenario } = view.header;
  const memory = useProgress();
  const guesses = useProgressState((remembered) => remembered.guesses);
  /** Only what Next would play can be predicted: neither in the past, nor without a sandbox. */
  const ahead = usePlayerState(({ status, cursor }) => status === 'ready' && cursor === null);
  const running = view.running || other.running;
  const nextIndex = (view.step ?? -1) + 1;
  const atEnd = !running && view.step === view.steps.length - 1 && view.steps.at(-1)?.state === 'played';
  const guessesOf = (step: number) => ({
    vulnerable: guesses[guessKey(view, step)],
    protected: guesses[guessKey(other, step)],
  });
  const { list, propsOf } = useStepList(view, onGoTo);

  return (
    <>
      <StepsHead view={view} />
      <ol className="steps" ref={list}>
        {view.steps.map((step) => (
          <li key={step.index} data-state={step.index === nextIndex ? 'next' : step.state}>
            <button type="button" className="plain step" {...propsOf(step.index)}>
              <span className="step-number">{step.index + 1}</span>{' '}
              <span className="step-title">
                {step.outline.title}
                {step.index === difference?.step && (
                  <>
                    {' '}
                    <span className="difference-sign" title="Here the two first part">
                      ≠
                    </span>
                  </>
                )}
              </span>
            </button>
            {step.index === view.step && (
              <div className="step-told">
                <StepTold
                  step={{ ...step, error: step.error ?? other.steps[step.index]?.error ?? null }}
                  waitingUntil={view.waitingUntil}
                />
                {step.outline.ask && (
                  <BothAnswers
                    question={step.outline.ask.question}
                    answered={{ vulnerable: step.ask, protected: other.steps[step.index]?.ask ?? null }}
                    guesses={guessesOf(step.index)}
                  />
                )}
                {atEnd && <Lesson scenario={scenario} variant="vulnerable" next={next} onOtherVariant={null} />}
              </div>
            )}
            {ahead && !running && step.index === nextIndex && step.outline.ask && (
              <PredictBoth
                ask={step.outline.ask}
                scenario={scenario}
                guesses={guessesOf(step.index)}
                onGuess={(variant, answer) => memory.guess(variant === 'vulnerable' ? view : other, step.index, answer)}
              />
            )}
          </li>
        ))}
      </ol>
    </>
  );
});
