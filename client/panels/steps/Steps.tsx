import { useEffect, useRef } from 'react';
import type { StepView, View } from '../../../scenarios/engine/read.ts';
import { scrollWithin } from '../../scrollWithin.ts';
import { Ask } from './Ask.tsx';
import { Beginning } from './Beginning.tsx';
import { Lesson } from './Lesson.tsx';
import { Prose } from './Prose.tsx';
import './Steps.css';
import { Waiting } from './Waiting.tsx';

interface Props {
  view: View;
  /** The moment after so many steps. */
  onGoTo: (steps: number) => void;
  onOtherVariant: () => void;
}

/** Pixels at the top that the title of the panel covers, with some air. */
const headHeight = 36;

/** The scenario as a list; the step being looked at is open. */
export function Steps({ view, onGoTo, onOtherVariant }: Props) {
  const { scenario, variant } = view.header;
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the step or what is told about it changes
  useEffect(() => {
    const step = list.current?.querySelector('[aria-current]')?.closest('li');
    const panel = list.current?.closest('section');
    if (step && panel) scrollWithin(panel, step, headHeight);
    else if (panel) panel.scrollTop = 0;
  }, [view.step, view.running, view.header.sandbox]);

  const atEnd = view.steps.at(-1)?.state === 'played' && view.step === view.steps.length - 1;
  return (
    <>
      <div className="panel-head">
        <h2>Steps</h2>
        <span className="mute number">
          {view.step === null ? scenario.steps.length : `${view.step + 1} of ${scenario.steps.length}`}
        </span>
      </div>
      <p className="steps-question">{scenario.question}</p>
      {view.step === null && <Beginning {...scenario} />}
      <ol className="steps" ref={list}>
        {view.steps.map((step) => (
          <li key={step.index} data-state={stateOf(step, view.step)}>
            <button
              type="button"
              className="plain step"
              aria-current={step.index === view.step ? 'step' : undefined}
              title={step.state === 'ahead' && step.index !== (view.step ?? -1) + 1 ? 'Play up to here' : undefined}
              onClick={() => onGoTo(step.index + 1)}
            >
              <span className="step-number">{step.index + 1}</span>{' '}
              <span className="step-title">{step.outline.title}</span>
            </button>
            {step.index === view.step && (
              <div className="step-told">
                <p className="step-purpose">{step.outline.purpose}</p>
                <p>
                  <Prose text={step.outline.narration} />
                </p>
                {view.waitingUntil !== null && <Waiting until={view.waitingUntil} />}
                {step.error && (
                  <p className="step-error" role="alert">
                    This step could not be played to its end: {step.error}
                  </p>
                )}
                {step.outline.ask && <Ask ask={step.outline.ask} answered={step.ask} variant={variant} />}
                {atEnd && <Lesson scenario={scenario} variant={variant} onOtherVariant={onOtherVariant} />}
              </div>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function stateOf({ state, index }: StepView, current: number | null): string {
  return index === (current ?? -1) + 1 ? 'next' : state;
}
