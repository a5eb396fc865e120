import { IconCheck, IconX } from '@tabler/icons-react';
import type { StepView } from '../../scenarios/engine/read.ts';
import type { Answer, Variant } from '../../scenarios/engine/trace.ts';
import { answerText } from '../panels/steps/answers.ts';
import { sides } from './sides.ts';

interface Props {
  question: string;
  answered: Readonly<Record<Variant, StepView['ask']>>;
  /** What was predicted before it was played, if anything. */
  guesses: Readonly<Record<Variant, Answer | undefined>>;
}

/** One question with both answers, as far as they have been given, and whether they were predicted. */
export function BothAnswers({ question, answered, guesses }: Props) {
  const any = answered.vulnerable ?? answered.protected;
  return (
    <div className="ask">
      <p className="ask-question">{question}</p>
      {any && (
        <dl className="both-answers" data-differ={answered.vulnerable?.actual !== answered.protected?.actual}>
          {sides.map(({ variant, title }) => {
            const answer = answered[variant];
            const guess = guesses[variant];
            return (
              <div key={variant}>
                <dt>{title}</dt>
                <dd data-variant={variant}>{answer ? answerText(answer.actual) : '…'}</dd>
                {answer && guess !== undefined && (
                  <dd className="ask-reveal" data-right={guess === answer.actual}>
                    {guess === answer.actual ? (
                      <IconCheck size={14} stroke={2.6} aria-hidden="true" />
                    ) : (
                      <IconX size={14} stroke={2.6} aria-hidden="true" />
                    )}
                    <span>
                      {guess === answer.actual ? (
                        <strong>Right.</strong>
                      ) : (
                        <>
                          <strong>Wrong.</strong> You said “{answerText(guess)}”.
                        </>
                      )}
                    </span>
                  </dd>
                )}
              </div>
            );
          })}
        </dl>
      )}
      {!any && Object.values(guesses).some((guess) => guess !== undefined) && (
        <p className="ask-waiting">Your predictions are noted.</p>
      )}
    </div>
  );
}
