import { Button, CopyButton } from '@mantine/core';
import { IconArrowRight, IconCheck, IconCopy } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { ScenarioOutline, Variant } from '../../../scenarios/engine/trace.ts';
import { addressOf } from '../../ui/address.ts';
import { Link } from '../../ui/Link.tsx';
import { Prose } from '../../ui/Prose.tsx';

interface Props {
  scenario: ScenarioOutline;
  variant: Variant;
  /** The next scenario in reading order; null after the last one; undefined when there is no link to another scenario. */
  next: ScenarioOutline | null | undefined;
  /** null when there is no other variant to play. */
  onOtherVariant: (() => void) | null;
}

/** The end of a scenario: the lesson, the fix, what does not help, the references, the other variant and the next scenario. */
export function Lesson({ scenario, variant, next, onOtherVariant }: Props) {
  const { lesson, fix, notTheFix, references } = scenario;
  return (
    <div className="lesson">
      <h3>What to remember</h3>
      <p>
        <Prose text={lesson} />
      </p>
      {fix !== null && <Fix code={fix} />}
      {notTheFix.length > 0 && (
        <section className="not-the-fix" aria-label="What does not help">
          <h3>What does not help</h3>
          <ul>
            {notTheFix.map((belief) => (
              <li key={belief}>
                <Prose text={belief} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="lesson-references">
        {references.map((id, index) => (
          <Fragment key={id}>
            {index > 0 && ' · '}
            <span>{id}</span>
          </Fragment>
        ))}
      </p>
      {onOtherVariant && (
        <Button variant="default" size="xs" fullWidth onClick={onOtherVariant}>
          Play the same steps on the {variant === 'vulnerable' ? 'protected' : 'vulnerable'} app
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

function Fix({ code }: { code: string }) {
  return (
    <section className="fix" aria-label="The fix">
      <div className="fix-head">
        <h3>The fix</h3>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre className="mono" tabIndex={0}>
        {code}
      </pre>
    </section>
  );
}
