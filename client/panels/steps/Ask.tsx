import { IconAlertTriangle, IconEqual, IconLockOpen, IconShieldCheck } from '@tabler/icons-react';
import type { StepView } from '../../../scenarios/engine/read.ts';
import type { AskOutline, Variant } from '../../../scenarios/engine/trace.ts';
import { answerText, elsewhere, verdict } from './answers.ts';

const icons = { weak: IconLockOpen, firm: IconShieldCheck, same: IconEqual, wrong: IconAlertTriangle };

interface Props {
  ask: AskOutline;
  answered: StepView['ask'];
  variant: Variant;
}

/** A step's question and, once it was played, what really came out. */
export function Ask({ ask, answered, variant }: Props) {
  const told = answered && verdict(ask, variant, answered.holds);
  const Icon = told && icons[told.tone];
  return (
    <div className="ask" data-tone={told?.tone}>
      <p className="ask-question">{ask.question}</p>
      {answered && told && Icon && (
        <>
          <p className="ask-answer">{answerText(answered.actual)}</p>
          <p className="ask-verdict">
            <Icon size={14} stroke={2} aria-hidden="true" />
            {told.sentence} {elsewhere(ask, variant)}
          </p>
        </>
      )}
    </div>
  );
}
