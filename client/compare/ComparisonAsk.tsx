/** A step's question in a comparison: predicted for both apps before the step is played, and answered by both after it. */
import { IconCheck, IconX } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import { answerTone } from '../../scenarios/engine/answerTone.ts';
import { choicesFor } from '../../scenarios/engine/choices.ts';
import { answerText } from '../../scenarios/engine/eventText.ts';
import type { StepView } from '../../scenarios/engine/read.ts';
import type { Answer, AskOutline, ScenarioOutline, Variant } from '../../scenarios/engine/trace.ts';
import { meaningOf } from '../panels/steps/answers.ts';
import { Named } from '../ui/Named.tsx';
import { useDigitKeys } from '../ui/pageKey.ts';
import './ComparisonAsk.css';
import { sideOfDigit } from './digitSide.ts';
import { sides } from './sides.ts';

type Guesses = Readonly<Record<Variant, Answer | undefined>>;

interface ComparedAskProps {
  outline: AskOutline;
  /** The answer of each app; null until it is known. */
  answered: Readonly<Record<Variant, StepView['ask']>>;
  guesses: Guesses;
}

/** The question with the answers of both apps, and whether they were predicted. */
export function ComparedAsk({ outline, answered, guesses }: ComparedAskProps) {
  const anyAnswer = answered.vulnerable ?? answered.protected;
  const anyGuess = Object.values(guesses).some((guess) => guess !== undefined);
  return (
    <div className="ask">
      <p className="ask-question">
        <Named text={outline.question} />
      </p>
      {anyAnswer && (
        <dl className="compared-answers">
          {sides.map(({ variant, title }) => {
            const answer = answered[variant];
            const guess = guesses[variant];
            return (
              <div key={variant}>
                <dt>{title}</dt>
                <dd data-tone={answer ? answerTone(outline, variant, answer.holds) : undefined}>
                  {answer ? <Named text={answerText(answer.actual)} /> : '…'}
                </dd>
                {answer && guess !== undefined && <Reveal guess={guess} actual={answer.actual} />}
              </div>
            );
          })}
        </dl>
      )}
      {!anyAnswer && anyGuess && <p className="ask-waiting">Your predictions are noted.</p>}
    </div>
  );
}

function Reveal({ guess, actual }: { guess: Answer; actual: Answer }) {
  const right = guess === actual;
  const Icon = right ? IconCheck : IconX;
  return (
    <dd className="ask-reveal" data-right={right}>
      <Icon size={14} stroke={2.6} aria-hidden="true" />
      <span>
        <strong>{right ? 'Right.' : 'Wrong.'}</strong>
        {!right && ` You said “${answerText(guess)}”.`}
      </span>
    </dd>
  );
}

interface PredictBothProps {
  ask: AskOutline;
  scenario: ScenarioOutline;
  guesses: Guesses;
  onGuess: (variant: Variant, answer: Answer) => void;
}

/** The question of the next step, to be predicted for each app. A prediction is optional. */
export function PredictBoth({ ask, scenario, guesses, onGuess }: PredictBothProps) {
  const id = useId();
  const choices = choicesFor(ask, scenario);
  const table = useRef<HTMLTableElement>(null);
  /** What the last digit was about, of this question. */
  const last = useRef<Variant>(null);
  useDigitKeys(choices.length < 2 ? 0 : choices.length, (index) => {
    const column = table.current?.querySelector<HTMLElement>('input:focus')?.dataset.variant as Variant | undefined;
    const variant = sideOfDigit(column ?? null, guesses, last.current);
    last.current = variant;
    onGuess(variant, choices[index]!);
  });
  if (choices.length < 2) return null;
  return (
    <div className="ask predict">
      <p className="predict-hint">Predict both, or just go on</p>
      <table className="predict-both" ref={table}>
        <caption className="ask-question">
          <Named text={ask.question} />
        </caption>
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
                <span className="choice-text">
                  <Named text={answerText(choice)} />
                </span>{' '}
                <span className="choice-meaning">{meaningOf(choice, ask.question)}</span>
              </th>
              {sides.map(({ variant, title }) => (
                <td key={variant}>
                  <label>
                    <input
                      type="radio"
                      name={`${id} ${variant}`}
                      data-variant={variant}
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
