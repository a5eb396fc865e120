import { IconCheck } from '@tabler/icons-react';
import { answerText } from '../../../scenarios/engine/eventText.ts';
import type { Answer, Variant } from '../../../scenarios/engine/trace.ts';
import type { RoomQuestion } from '../../../scenarios/engine/workshop.ts';
import { sides } from '../../compare/sides.ts';
import { Named } from '../../ui/Named.tsx';
import './QuestionResult.css';
import { rightText } from './rightText.ts';

interface Props {
  question: RoomQuestion;
  /** What each app answered. */
  actual: Partial<Record<Variant, Answer>>;
  /** What the person at this page said, as a sentence; null where nobody did. */
  said?: string | null;
}

/** The answer of a question whose step was played, and who was right. It is small: the step is what is looked at now. */
export function QuestionResult({ question, actual, said = null }: Props) {
  const { variants } = question;
  const right = rightText(question, actual);
  if (right === null) return null;
  return (
    <section className="question-result" aria-label="Answer of the question">
      <p className="question-result-text">
        <Named text={question.question} />
      </p>
      {sides
        .filter(({ variant }) => variants.includes(variant))
        .map(({ variant, title }) => (
          <p key={variant} className="question-result-answer" data-right>
            <IconCheck size={16} stroke={2.6} aria-hidden="true" />
            {variants.length > 1 && <span className="question-result-app">{title}</span>}
            <Named text={answerText(actual[variant]!)} />
          </p>
        ))}
      <p className="question-result-foot" role="status">
        <span className="number">{right}</span>
        {said !== null && ` · ${said}`}
      </p>
    </section>
  );
}
