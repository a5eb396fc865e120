import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ScenarioOutline } from '../../../scenarios/engine/trace.ts';
import { Prose } from '../../ui/Prose.tsx';

/** The lines that mend it, to copy, and what people believe mends it. */
export function TakeHome({ fix, notTheFix }: Pick<ScenarioOutline, 'fix' | 'notTheFix'>) {
  return (
    <>
      {fix !== null && (
        <section className="fix" aria-label="The fix">
          <div className="fix-head">
            <h3>The fix</h3>
            <CopyButton value={fix}>
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
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that */}
          <pre className="mono" tabIndex={0}>
            {fix}
          </pre>
        </section>
      )}
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
    </>
  );
}
