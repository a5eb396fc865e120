import { useEffect, useRef } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import { Prose } from '../panels/steps/Prose.tsx';
import { scrollWithin } from '../scrollWithin.ts';
import { BothAnswers } from './BothAnswers.tsx';
import type { Difference } from './firstDifference.ts';

interface Props {
  /** Of the vulnerable side. */
  view: View;
  /** Of the protected side. */
  other: View;
  difference: Difference | null;
  onGoTo: (steps: number) => void;
}

/** Pixels at the top that the title of the panel covers, with some air. */
const headHeight = 36;

/** The scenario as a list; the step being looked at is open, with what each of the two apps answered. */
export function BothSteps({ view, other, difference, onGoTo }: Props) {
  const { scenario } = view.header;
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the step or what is told about it changes
  useEffect(() => {
    const step = list.current?.querySelector('[aria-current]')?.closest('li');
    const panel = list.current?.closest('section');
    if (step && panel) scrollWithin(panel, step, headHeight);
    else if (panel) panel.scrollTop = 0;
  }, [view.step, view.running]);

  return (
    <>
      <div className="panel-head">
        <h2>Steps</h2>
        <span className="mute number">
          {view.step === null ? scenario.steps.length : `${view.step + 1} of ${scenario.steps.length}`}
        </span>
      </div>
      <p className="steps-question">{scenario.question}</p>
      <ol className="steps" ref={list}>
        {view.steps.map((step) => (
          <li key={step.index} data-state={step.index === (view.step ?? -1) + 1 ? 'next' : step.state}>
            <button
              type="button"
              className="plain step"
              aria-current={step.index === view.step ? 'step' : undefined}
              onClick={() => onGoTo(step.index + 1)}
            >
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
                <p className="step-purpose">{step.outline.purpose}</p>
                <p>
                  <Prose text={step.outline.narration} />
                </p>
                {step.outline.ask && (
                  <BothAnswers
                    question={step.outline.ask.question}
                    vulnerable={step.ask}
                    protected={other.steps[step.index]?.ask ?? null}
                  />
                )}
              </div>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
