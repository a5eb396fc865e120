import { IconAlertTriangle, IconCheck, IconEqual, IconLockOpen, IconShieldCheck, IconX } from '@tabler/icons-react';
import type { StepView } from '../../../scenarios/engine/read.ts';
import type { Answer, AskOutline, Variant } from '../../../scenarios/engine/trace.ts';
import { answerText, elsewhere, reveal, verdict } from './answers.ts';
import { meaningOf } from './statusMeanings.ts';

const icons = { weak: IconLockOpen, firm: IconShieldCheck, same: IconEqual, wrong: IconAlertTriangle };

interface Props {
  ask: AskOutline;
  answered: StepView['ask'];
  variant: Variant;
  /** What was predicted before it was played, if anything. */
  guess: Answer | undefined;
}

/** A step's question and, once it was played, what really came out, and whether that was predicted. */
export function Ask({ ask, answered, variant, guess }: Props) {
  const told = answered && verdict(ask, variant, answered.holds);
  const Icon = told && icons[told.tone];
  return (
    <div className="ask" data-tone={told?.tone}>
      <p className="ask-question">{ask.question}</p>
      {guess !== undefined && !answered && <p className="ask-waiting">You said “{answerText(guess)}”.</p>}
      {answered && told && Icon && (
        <>
          <p className="ask-answer">
            {answerText(answered.actual)} <span className="choice-meaning">{meaningOf(answered.actual)}</span>
          </p>
          {guess !== undefined && <Reveal {...reveal(ask, variant, answered, guess)} />}
          <p className="ask-verdict">
            <Icon size={14} stroke={2} aria-hidden="true" />
            <span>
              {told.sentence} {elsewhere(ask, variant)}
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
