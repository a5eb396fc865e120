import { IconCheck } from '@tabler/icons-react';
import { useId } from 'react';
import { answerText } from '../../../scenarios/engine/eventText.ts';
import type { Answer, Variant } from '../../../scenarios/engine/trace.ts';
import type { RoomQuestion } from '../../../scenarios/engine/workshop.ts';
import { sides } from '../../compare/sides.ts';
import { meaningOf } from '../../panels/steps/answers.ts';
import { Named } from '../../ui/Named.tsx';
import './QuestionCard.css';
import { shareOf } from './roomText.ts';
import { useAskedStep } from './useAskedStep.ts';

interface Props {
  question: RoomQuestion;
  /** The answers of the person at this page, as indices of the choices. */
  answers?: Partial<Record<Variant, number>>;
  /** What each app answered; nothing before the step was played. */
  actual: Partial<Record<Variant, Answer>>;
  /** Answers the question; null where that is not possible. */
  onAnswer: ((variant: Variant, choice: number) => void) | null;
}

/** A question of a step with its choices, for each app that is asked about. When it is revealed, they show how many chose them. */
export function QuestionCard({ question, answers = {}, actual, onAnswer }: Props) {
  const { variants } = question;
  const step = useAskedStep(question);
  return (
    <div className="question" data-columns={variants.length}>
      {step !== null && <p className="question-step">{step}</p>}
      <h2 className="question-text">
        <Named text={question.question} />
      </h2>
      <div className="question-columns">
        {sides
          .filter(({ variant }) => variants.includes(variant))
          .map(({ variant, title, Icon }) => (
            <fieldset key={variant} className="question-column">
              <legend className={variants.length === 1 ? 'spoken' : 'question-app'} data-variant={variant}>
                <Icon size={15} stroke={2} aria-hidden="true" />
                {title}
              </legend>
              <Choices {...{ question, variant, onAnswer }} said={answers[variant]} actual={actual[variant]} />
            </fieldset>
          ))}
      </div>
    </div>
  );
}

interface ChoicesProps {
  question: RoomQuestion;
  variant: Variant;
  said: number | undefined;
  actual: Answer | undefined;
  onAnswer: Props['onAnswer'];
}

function Choices({ question, variant, said, actual, onAnswer }: ChoicesProps) {
  const name = useId();
  const { choices, phase } = question;
  const counts = question.counts?.[variant];
  const canAnswer = onAnswer !== null && phase === 'open';
  return choices.map((choice, index) => {
    const right = actual !== undefined && choice === actual;
    const count = counts?.[index];
    const text = (
      <>
        {count !== undefined && counts && (
          <span className="question-bar" style={{ width: `${shareOf(count, counts)}%` }} aria-hidden="true" />
        )}
        <span className="question-choice-text">
          <Named text={answerText(choice)} />
          <span className="question-meaning">{meaningOf(choice, question.question)}</span>
        </span>
        {right && (
          <span className="question-right">
            <IconCheck size={16} stroke={2.6} aria-hidden="true" />
            <span className="question-right-word">the app’s answer</span>
          </span>
        )}
        {count !== undefined && <span className="question-count number">{count}</span>}
      </>
    );
    const state = { 'data-right': right || undefined, 'data-said': said === index || undefined };
    if (!canAnswer)
      return (
        <p key={`${choice}`} className="question-choice" {...state}>
          {said === index && <span className="spoken">Your answer: </span>}
          {text}
        </p>
      );
    return (
      <label key={`${choice}`} className="question-choice" {...state}>
        <input type="radio" name={name} checked={said === index} onChange={() => onAnswer(variant, index)} />
        {text}
      </label>
    );
  });
}
