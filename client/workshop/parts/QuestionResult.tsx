import { IconCheck } from '@tabler/icons-react';
import { answerText } from '../../../scenarios/engine/eventText.ts';
import type { Answer, Variant } from '../../../scenarios/engine/trace.ts';
import type { RoomQuestion } from '../../../scenarios/engine/workshop.ts';
import { sides } from '../../compare/sides.ts';
import { Named } from '../../ui/Named.tsx';
import './QuestionResult.css';
import { rightOf } from './rightText.ts';

interface Props {
  question: RoomQuestion;
  /** What each app answered; nothing before the step has ended. */
  actual: Partial<Record<Variant, Answer>>;
  /** What the person at this page said, as a sentence; null where nobody did. */
  said?: string | null;
}

/** The answer of a question whose step was played, and how many were right. It is small: the step is what is looked at now. */
export function QuestionResult({ question, actual, said = null }: Props) {
  const answered = sides.flatMap(({ variant, title }) => {
    const right = rightOf(question, variant, actual[variant]);
    return right === null ? [] : [{ variant, title, right, answer: actual[variant]! }];
  });
  if (answered.length < question.variants.length) return null;
  return (
    <section className="question-result" aria-label="Answer of the question">
      {answered.map(({ variant, title, answer, right }) => (
        <p key={variant}>
          {answered.length > 1 && <span className="question-result-app">{title} </span>}
          <IconCheck size={15} stroke={2.6} aria-label="The app’s answer:" />
          <strong>
            <Named text={answerText(answer)} />
          </strong>{' '}
          <span className="number">{right}</span>
        </p>
      ))}
      {said !== null && <p className="question-result-said">{said}</p>}
    </section>
  );
}
