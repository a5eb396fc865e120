import { memo } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import type { Variant } from '../../scenarios/engine/trace.ts';
import { Ending } from '../panels/steps/Ending.tsx';
import { isAtEnd, StepText } from '../panels/steps/Steps.tsx';
import { StepsHead } from '../panels/steps/StepsHead.tsx';
import { useStepList } from '../panels/steps/useStepList.ts';
import { usePlayerState } from '../player/usePlayer.ts';
import { usePlaying } from '../player/usePlaying.ts';
import { guessKey } from '../progress/progressStore.ts';
import { useProgress, useProgressState } from '../progress/useProgress.ts';
import { CastContext } from '../ui/Named.tsx';
import { ComparedAsk, PredictBoth } from './ComparisonAsk.tsx';
import { type Apart, partsAt } from './differingSteps.ts';

const bothVariants = ['vulnerable', 'protected'] as const;

interface Props extends Readonly<Record<Variant, View>> {
  /** After which steps the two apps take a browser for different people. */
  apart: Apart;
  /** Shows the diff of both variants. */
  onDiff: () => void;
}

/** The list of steps. The current one is open, with the answers of both apps; the answers of the next one can be predicted. */
export const ComparisonSteps = memo(function ComparisonSteps({ apart, onDiff, ...views }: Props) {
  const { vulnerable: view, protected: other } = views;
  const { scenario } = view.header;
  const { goToStep } = usePlaying();
  const { guess } = useProgress();
  const guesses = useProgressState((state) => state.guesses);
  const guessesOf = (step: number) => ({
    vulnerable: guesses[guessKey(view, step)],
    protected: guesses[guessKey(other, step)],
  });
  /** Only the step that Next plays can be predicted: no step in the past, and none without a sandbox. */
  const canPlay = usePlayerState(({ status, cursor }) => status === 'ready' && cursor === null);
  const running = view.running || other.running;
  const nextIndex = (view.step ?? -1) + 1;
  const atEnd = isAtEnd(view) && isAtEnd(other);
  const { list, propsOf } = useStepList({ ...view, running }, atEnd, goToStep);

  return (
    <>
      <StepsHead view={view} variants={['vulnerable', 'protected']} atEnd={atEnd} />
      <CastContext value={scenario.actors}>
        <ol className="steps" ref={list}>
          {view.steps.map((step) => {
            const { index, outline } = step;
            const otherStep = other.steps[index];
            return (
              <li key={index} data-state={index === nextIndex ? 'next' : step.state}>
                <button type="button" className="plain step" {...propsOf(index)}>
                  <span className="step-number">{index + 1}</span>{' '}
                  <span className="step-title">
                    {outline.title}
                    {partsAt(apart, index) && (
                      <>
                        {' '}
                        <span
                          className="difference-sign"
                          title="From here on, the two apps take a browser for different people"
                        >
                          ≠
                        </span>
                      </>
                    )}
                  </span>
                </button>
                {index === view.step && (
                  <div className="step-told">
                    <StepText
                      step={{ ...step, error: step.error ?? otherStep?.error ?? null }}
                      variant={null}
                      waitingUntil={view.waitingUntil}
                    />
                    {outline.ask && (
                      <ComparedAsk
                        outline={outline.ask}
                        answered={{ vulnerable: step.ask, protected: otherStep?.ask ?? null }}
                        guesses={guessesOf(index)}
                      />
                    )}
                  </div>
                )}
                {canPlay && !running && index === nextIndex && outline.ask && (
                  <PredictBoth
                    ask={outline.ask}
                    scenario={scenario}
                    guesses={guessesOf(index)}
                    onGuess={(variant, answer) => guess(views[variant], index, answer)}
                  />
                )}
              </li>
            );
          })}
        </ol>
      </CastContext>
      {atEnd && <Ending {...{ scenario, onDiff }} variants={bothVariants} onOtherVariant={null} />}
    </>
  );
});
