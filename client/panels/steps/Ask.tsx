import {
  IconAlertTriangle,
  IconCheck,
  IconEqual,
  IconEqualNot,
  IconLockOpen,
  IconShieldCheck,
  IconX,
} from '@tabler/icons-react';
import { type KeyboardEvent, useId } from 'react';
import { choicesFor } from '../../../scenarios/engine/choices.ts';
import { answerText } from '../../../scenarios/engine/eventText.ts';
import type { StepView } from '../../../scenarios/engine/read.ts';
import type { Answer, AskOutline, ScenarioOutline, Variant } from '../../../scenarios/engine/trace.ts';
import { usePlaying } from '../../player/usePlaying.ts';
import { Named } from '../../ui/Named.tsx';
import { useDigitKeys } from '../../ui/pageKey.ts';
import { meaningOf, otherStoreAnswer, reveal, verdict } from './answers.ts';

interface AskProps {
  ask: AskOutline;
  answered: StepView['ask'];
  variant: Variant;
  /** What the learner predicted before the step was played. */
  guess: Answer | undefined;
}

const icons = {
  weak: IconLockOpen,
  firm: IconShieldCheck,
  same: IconEqual,
  differs: IconEqualNot,
  wrong: IconAlertTriangle,
};

/** A step's question. After the step was played, also the answer, and whether the learner predicted it. */
export function Ask({ ask, answered, variant, guess }: AskProps) {
  const result = answered && verdict(ask, variant, answered.holds);
  const Icon = result && icons[result.tone];
  return (
    <div className="ask" data-tone={result?.tone}>
      <p className="ask-question">
        <Named text={ask.question} />
      </p>
      {guess !== undefined && !answered && <p className="ask-waiting">You said “{answerText(guess)}”.</p>}
      {answered && result && Icon && (
        <>
          <p className="ask-answer">
            <Named text={answerText(answered.actual)} />{' '}
            <span className="choice-meaning">{meaningOf(answered.actual, ask.question)}</span>
          </p>
          {guess !== undefined && <Reveal {...reveal(ask, variant, answered, guess)} />}
          <p className="ask-verdict">
            <Icon size={14} stroke={2} aria-hidden="true" />
            <span>
              {result.sentence} {otherStoreAnswer(ask, variant)}
            </span>
          </p>
        </>
      )}
    </div>
  );
}

function Reveal({ right, why }: { right: boolean; why: string }) {
  const Icon = right ? IconCheck : IconX;
  return (
    <p className="ask-reveal" data-right={right}>
      <Icon size={14} stroke={2.6} aria-hidden="true" />
      <span>
        <strong>{right ? 'Right.' : 'Wrong.'}</strong> {why}
      </span>
    </p>
  );
}

interface PredictProps {
  ask: AskOutline;
  scenario: ScenarioOutline;
  guess: Answer | undefined;
  onGuess: (answer: Answer) => void;
}

/** The question of the next step, with answers to choose from. Predicting is optional. */
export function Predict({ ask, scenario, guess, onGuess }: PredictProps) {
  const id = useId();
  const { next } = usePlaying();
  const choices = choicesFor(ask, scenario);
  useDigitKeys(choices.length < 2 ? 0 : choices.length, (index) => onGuess(choices[index]!));
  if (choices.length < 2) return null;
  const onEnter = ({ key }: KeyboardEvent) => {
    if (key === 'Enter') next();
  };
  const short = choices.every((choice) => answerText(choice).length <= 4 && meaningOf(choice, ask.question) === null);
  return (
    <div className="ask predict">
      <p className="predict-hint">Predict it, or just go on</p>
      <div
        role="radiogroup"
        className="choices"
        onKeyDown={onEnter}
        data-short={short || undefined}
        aria-labelledby={id}
      >
        <p className="ask-question" id={id}>
          <Named text={ask.question} />
        </p>
        {choices.map((choice) => (
          <label key={`${choice}`} className="choice">
            <input type="radio" name={id} checked={choice === guess} onChange={() => onGuess(choice)} />
            <span className="choice-text">
              <Named text={answerText(choice)} />
            </span>
            <span className="choice-meaning">{meaningOf(choice, ask.question)}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
