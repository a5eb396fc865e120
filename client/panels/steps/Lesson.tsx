import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { ScenarioOutline, Variant } from '../../../scenarios/engine/trace.ts';
import { addressOf } from '../../ui/address.ts';
import { Link } from '../../ui/Link.tsx';
import { Prose } from '../../ui/Prose.tsx';
import { TakeHome } from './TakeHome.tsx';

interface Props {
  scenario: ScenarioOutline;
  variant: Variant;
  /** The next scenario in reading order, null after the last one; undefined where there is no way on. */
  next: ScenarioOutline | null | undefined;
  onOtherVariant: (() => void) | null;
}

/** The end: what to remember, what to take home and what not, where it is written, the other side, and the way on. */
export function Lesson({ scenario, variant, next, onOtherVariant }: Props) {
  return (
    <div className="lesson">
      <h3>What to remember</h3>
      <p>
        <Prose text={scenario.lesson} />
      </p>
      <TakeHome fix={scenario.fix} notTheFix={scenario.notTheFix} />
      <p className="lesson-references">
        {scenario.references.map((id, index) => (
          <Fragment key={id}>
            {index > 0 && ' · '}
            <span>{id}</span>
          </Fragment>
        ))}
      </p>
      {onOtherVariant && (
        <Button variant="default" size="xs" fullWidth onClick={onOtherVariant}>
          The same on the {variant === 'vulnerable' ? 'protected' : 'vulnerable'} app
        </Button>
      )}
      {next !== undefined && (
        <Link className="lesson-next" to={next ? addressOf(next.slug) : '/'}>
          <span className="lesson-next-head">{next ? 'Next scenario' : 'This was the last scenario'}</span>
          <span className="lesson-next-title">
            {next?.title ?? 'All scenarios'} <IconArrowRight size={14} stroke={2} aria-hidden="true" />
          </span>
        </Link>
      )}
    </div>
  );
}
