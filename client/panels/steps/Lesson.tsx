import { Button } from '@mantine/core';
import type { ScenarioOutline, Variant } from '../../../scenarios/engine/trace.ts';
import { Prose } from './Prose.tsx';
import { TakeHome } from './TakeHome.tsx';

interface Props {
  scenario: ScenarioOutline;
  variant: Variant;
  onOtherVariant: () => void;
}

/** The end: what to remember, what to take home and what not, where it is written, and the other side. */
export function Lesson({ scenario, variant, onOtherVariant }: Props) {
  return (
    <div className="lesson">
      <h3>What to remember</h3>
      <p>
        <Prose text={scenario.lesson} />
      </p>
      <TakeHome fix={scenario.fix} notTheFix={scenario.notTheFix} />
      <p className="lesson-references">{scenario.references.join(' · ')}</p>
      <Button variant="default" size="xs" fullWidth onClick={onOtherVariant}>
        The same on the {variant === 'vulnerable' ? 'protected' : 'vulnerable'} app
      </Button>
    </div>
  );
}
