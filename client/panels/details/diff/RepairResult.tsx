import { Button } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { type ComponentType, useMemo, useState } from 'react';
import { sessionIds } from '../../../../scenarios/engine/identity.ts';
import { endOfStep, read, type View } from '../../../../scenarios/engine/read.ts';
import type { Outcome } from '../../../../scenarios/engine/repairOutcome.ts';
import { runName } from '../../../../scenarios/engine/repairs.ts';
import type { RepairOutline, Trace } from '../../../../scenarios/engine/trace.ts';
import { confirm } from '../../../ui/Confirmation.tsx';
import { Prose } from '../../../ui/Prose.tsx';
import { download } from '../../../ui/saveText.ts';

export interface RunPictureProps {
  view: View;
  sids: readonly string[];
}

interface Props {
  trace: Trace;
  outcome: Outcome;
  repair: RepairOutline;
  Picture: ComponentType<RunPictureProps>;
}

/** What a run with a repair shows: the outcome in words, and the picture of who is who after the step that decides. */
export function RepairResult({ trace, outcome, repair, Picture }: Props) {
  const [step, setStep] = useState(outcome.step);
  const { is, sentences } = outcome;
  const sids = useMemo(() => sessionIds(trace.events), [trace]);
  const view = useMemo(() => read(trace, endOfStep(trace.events, step) ?? undefined), [trace, step]);
  const Icon = is === 'holds' ? IconShieldCheck : IconAlertTriangle;
  const { steps } = trace.header.scenario;
  // What the scenario says about a repair is about the outcome that it expects, so another outcome is not explained with it.
  const expected = (is === 'holds') === (repair.file === null);
  return (
    <div className="repair-result" data-is={is}>
      <div className="repair-outcome">
        <p className="repair-tried">{repair.title}</p>
        <p className="repair-verdict">
          <Icon size={16} stroke={2} aria-hidden="true" /> {sentences[0]}
        </p>
        <p>{sentences[1]}</p>
        {expected && (
          <p>
            <Prose text={repair.because} />
          </p>
        )}
        <Button variant="subtle" size="compact-xs" className="repair-save" onClick={() => saveTrace(trace)}>
          Save the trace of this run
        </Button>
      </div>
      <div className="repair-picture">
        <fieldset className="repair-steps" aria-label="After which step">
          <span className="repair-run">With this repair,</span>
          <span className="mute">after step</span>
          {steps.map(({ title }, index) => (
            <button
              key={title}
              type="button"
              className="plain repair-step number"
              aria-pressed={index === step}
              title={title}
              onClick={() => setStep(index)}
            >
              {index + 1}
            </button>
          ))}
          <span className="repair-step-title">{steps[step]?.title}</span>
        </fieldset>
        <Picture view={view} sids={sids} />
      </div>
    </div>
  );
}

/** The page can open it: its header says which repair it was played with. */
function saveTrace(trace: Trace): void {
  const name = `${trace.header.scenario.slug}.${runName(trace.header)}.trace.json`;
  download(name, `${JSON.stringify(trace)}\n`, 'application/json');
  confirm(`Saved as ${name}.`);
}
