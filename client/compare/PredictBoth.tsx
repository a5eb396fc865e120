import { useId } from 'react';
import type { Answer, AskOutline, ScenarioOutline, Variant } from '../../scenarios/engine/trace.ts';
import { answerText, meaningOf } from '../panels/steps/answers.ts';
import { choicesFor } from '../panels/steps/choices.ts';
import { sides } from './sides.ts';

interface Props {
  ask: AskOutline;
  scenario: ScenarioOutline;
  guesses: Readonly<Record<Variant, Answer | undefined>>;
  onGuess: (variant: Variant, answer: Answer) => void;
}

/** What the next step will be asked, to be answered for each of the two apps before it is played. Nobody has to. */
export function PredictBoth({ ask, scenario, guesses, onGuess }: Props) {
  const id = useId();
  const choices = choicesFor(ask, scenario);
  if (choices.length < 2) return null;
  return (
    <div className="ask predict">
      <p className="predict-hint">Predict both, or just go on</p>
      <table className="predict-both">
        <caption className="ask-question">{ask.question}</caption>
        <thead>
          <tr>
            <td />
            {sides.map(({ variant, title, Icon }) => (
              <th key={variant} scope="col" data-variant={variant} title={title}>
                <Icon size={15} stroke={2} aria-hidden="true" />
                <span className="spoken">{title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {choices.map((choice) => (
            <tr key={`${choice}`}>
              <th scope="row">
                <span className="choice-text">{answerText(choice)}</span>{' '}
                <span className="choice-meaning">{meaningOf(choice)}</span>
              </th>
              {sides.map(({ variant, title }) => (
                <td key={variant}>
                  <label>
                    <input
                      type="radio"
                      name={`${id} ${variant}`}
                      aria-label={`${title}: ${answerText(choice)}`}
                      checked={guesses[variant] === choice}
                      onChange={() => onGuess(variant, choice)}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
