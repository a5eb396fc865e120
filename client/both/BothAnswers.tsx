import type { StepView } from '../../scenarios/engine/read.ts';
import { answerText } from '../panels/steps/answers.ts';

interface Props {
  question: string;
  vulnerable: StepView['ask'];
  protected: StepView['ask'];
}

/** One question with both answers, as far as they have been given. */
export function BothAnswers({ question, vulnerable, protected: fixed }: Props) {
  return (
    <div className="ask">
      <p className="ask-question">{question}</p>
      {(vulnerable || fixed) && (
        <dl className="both-answers" data-differ={vulnerable?.actual !== fixed?.actual}>
          <dt>Vulnerable</dt>
          <dd data-variant="vulnerable">{vulnerable ? answerText(vulnerable.actual) : '…'}</dd>
          <dt>Protected</dt>
          <dd data-variant="protected">{fixed ? answerText(fixed.actual) : '…'}</dd>
        </dl>
      )}
    </div>
  );
}
