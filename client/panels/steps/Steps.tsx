import { useRovingIndex } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { StepView, View } from '../../../scenarios/engine/read.ts';
import type { ScenarioOutline } from '../../../scenarios/engine/trace.ts';
import { guessKey } from '../../memory/memory.ts';
import { useMemory, useRemembered } from '../../memory/useMemory.ts';
import { usePlayerState } from '../../player/usePlayer.ts';
import { scrollWithin } from '../../scrollWithin.ts';
import { Ask } from './Ask.tsx';
import { Beginning } from './Beginning.tsx';
import { Lesson } from './Lesson.tsx';
import { Predict } from './Predict.tsx';
import { ScoreHere } from './ScoreHere.tsx';
import './Steps.css';
import { StepTold } from './StepTold.tsx';

interface Props {
  view: View;
  /** The next scenario in reading order, null after the last one; undefined where there is no way on. */
  next: ScenarioOutline | null | undefined;
  /** The moment after so many steps. */
  onGoTo: (steps: number) => void;
  /** null where there is no other side to go to. */
  onOtherVariant: (() => void) | null;
}

/** Pixels at the top that the title of the panel covers, with some air. */
const headHeight = 36;

/** The scenario as a list; the step being looked at is open, and the next one can be predicted. */
export function Steps({ view, next, onGoTo, onOtherVariant }: Props) {
  const { scenario, variant } = view.header;
  const memory = useMemory();
  /** Only what Next would play can be predicted: neither in the past, nor without a sandbox. */
  const ahead = usePlayerState(({ status, cursor }) => status === 'ready' && cursor === null);
  const guesses = useRemembered((remembered) => remembered.guesses);
  const list = useRef<HTMLOListElement>(null);
  /** The step that Tab reaches, where it is not the one being looked at. */
  const [focused, setFocused] = useState<number | null>(null);
  const { getItemProps } = useRovingIndex({
    total: view.steps.length,
    orientation: 'vertical',
    loop: false,
    focusedIndex: focused ?? view.step ?? 0,
    onFocusChange: setFocused,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the step or what is told about it changes
  useEffect(() => {
    const step = list.current?.querySelector('[aria-current]')?.closest('li');
    const panel = list.current?.closest('section');
    const after = step?.nextElementSibling;
    if (panel && after instanceof HTMLElement) scrollWithin(panel, after, headHeight);
    if (step && panel) scrollWithin(panel, step, headHeight);
    else if (panel) panel.scrollTop = 0;
    setFocused(null);
  }, [view.step, view.running, view.header.sandbox]);

  const nextIndex = (view.step ?? -1) + 1;
  const atEnd = view.steps.at(-1)?.state === 'played' && view.step === view.steps.length - 1;
  const predictable = ahead && !view.running ? nextIndex : null;
  return (
    <>
      <div className="panel-head">
        <h2>Steps</h2>
        <span className="mute number">
          {view.step === null ? scenario.steps.length : `${view.step + 1} of ${scenario.steps.length}`}
        </span>
        <ScoreHere slug={scenario.slug} />
      </div>
      <p className="steps-question">{scenario.question}</p>
      {view.step === null && <Beginning {...scenario} />}
      <ol className="steps" ref={list}>
        {view.steps.map((step) => {
          const { index, outline } = step;
          const guess = guesses[guessKey(view, index)];
          const { onKeyDown, ...item } = getItemProps({ index, onClick: () => onGoTo(index + 1) });
          return (
            <li key={index} data-state={index === nextIndex ? 'next' : step.state}>
              <button
                type="button"
                className="plain step"
                aria-current={index === view.step ? 'step' : undefined}
                title={titleOf(step, nextIndex)}
                {...item}
                // Home and End are the page's: they go to the first and the last moment.
                onKeyDown={(event: KeyboardEvent) => /^Arrow/.test(event.key) && onKeyDown(event)}
              >
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
}

const titleOf = ({ state, index }: StepView, next: number) =>
  state === 'ahead' && index !== next ? 'Play up to here' : undefined;
