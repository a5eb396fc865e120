import { useId } from 'react';
import type { Answer, AskOutline, ScenarioOutline } from '../../../scenarios/engine/trace.ts';
import { answerText } from './answers.ts';
import { choicesFor } from './choices.ts';
import { meaningOf } from './statusMeanings.ts';

interface Props {
  ask: AskOutline;
  scenario: ScenarioOutline;
  guess: Answer | undefined;
  onGuess: (answer: Answer) => void;
}

/** What the next step will be asked, to be answered before it is played. Nobody has to: Next plays it either way. */
export function Predict({ ask, scenario, guess, onGuess }: Props) {
  const id = useId();
  const choices = choicesFor(ask, scenario);
  if (choices.length < 2) return null;
  const short = choices.every((choice) => answerText(choice).length <= 4 && meaningOf(choice) === null);
  return (
    <div className="ask predict">
      <p className="predict-hint">Predict it, or just go on</p>
      <div role="radiogroup" className="choices" data-short={short || undefined} aria-labelledby={id}>
        <p className="ask-question" id={id}>
          {ask.question}
        </p>
        {choices.map((choice) => (
          <label key={`${choice}`} className="choice">
            <input type="radio" name={id} checked={choice === guess} onChange={() => onGuess(choice)} />
            <span className="choice-text">{answerText(choice)}</span>
            <span className="choice-meaning">{meaningOf(choice)}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
