import type { StepView, View } from '../../../scenarios/engine/read.ts';
import type { ScenarioOutline } from '../../../scenarios/engine/trace.ts';
import { usePlayerState } from '../../player/usePlayer.ts';
import { guessKey } from '../../progress/progressStore.ts';
import { useProgress, useProgressState } from '../../progress/useProgress.ts';
import { Ask } from './Ask.tsx';
import { Lesson } from './Lesson.tsx';
import { Predict } from './Predict.tsx';
import './Steps.css';
import { memo } from 'react';
import { StepsHead } from './StepsHead.tsx';
import { StepTold } from './StepTold.tsx';
import { useStepList } from './useStepList.ts';

interface Props {
  view: View;
  /** The next scenario in reading order, null after the last one; undefined where there is no way on. */
  next: ScenarioOutline | null | undefined;
  /** The moment after so many steps. */
  onGoTo: (steps: number) => void;
  /** null where there is no other side to go to. */
  onOtherVariant: (() => void) | null;
}

/** The scenario as a list; the step being looked at is open, and the next one can be predicted. */
export const Steps = memo(function Steps({ view, next, onGoTo, onOtherVariant }: Props) {
  const { scenario, variant } = view.header;
  const memory = useProgress();
  /** Only what Next would play can be predicted: neither in the past, nor without a sandbox. */
  const ahead = usePlayerState(({ status, cursor }) => status === 'ready' && cursor === null);
  const guesses = useProgressState((remembered) => remembered.guesses);
  const { list, propsOf } = useStepList(view, onGoTo);
  const nextIndex = (view.step ?? -1) + 1;
  const atEnd = view.steps.at(-1)?.state === 'played' && view.step === view.steps.length - 1;
  const predictable = ahead && !view.running ? nextIndex : null;
  return (
    <>
      <StepsHead view={view} />
      <ol className="steps" ref={list}>
        {view.steps.map((step) => {
          const { index, outline } = step;
          const guess = guesses[guessKey(view, index)];
          return (
            <li key={index} data-state={index === nextIndex ? 'next' : step.state}>
              <button type="button" className="plain step" title={titleOf(step, nextIndex)} {...propsOf(index)}>
                <span className="step-number">{index + 1}</span> <span className="step-title">{outline.title}</span>
              </button>
              {index === view.step && (
                <div className="step-told">
                  <StepTold step={step} waitingUntil={view.waitingUntil} />
                  {outline.ask && <Ask ask={outline.ask} answered={step.ask} variant={variant} guess={guess} />}
                  {atEnd && <Lesson {...{ scenario, variant, next, onOtherVariant }} />}
                </div>
              )}
              {index === predictable && outline.ask && (
                <Predict
                  ask={outline.ask}
                  scenario={scenario}
                  guess={guess}
                  onGuess={(answer) => memory.guess(view, index, answer)}
                />
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
});

const titleOf = ({ state, index }: StepView, next: number) =>
  state === 'ahead' && index !== next ? 'Play up to here' : undefined;
