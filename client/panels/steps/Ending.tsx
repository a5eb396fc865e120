import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconGitCompare, IconTool } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ScenarioOutline, Variant } from '../../../scenarios/engine/trace.ts';
import { scoreIn } from '../../progress/progress.ts';
import { useScenarioProgress } from '../../progress/useProgress.ts';
import { Prose } from '../../ui/Prose.tsx';
import './Ending.css';

interface Props {
  scenario: ScenarioOutline;
  /** What was played. */
  variants: readonly Variant[];
  /** Shows the diff of both variants. */
  onDiff: () => void;
  /** Shows the repairs to choose from; null when there is no such choice. */
  onRepair?: (() => void) | null;
  /** Plays the other variant; null when both are shown, or there is none to play. */
  onOtherVariant: (() => void) | null;
}

/**
 * The end of a scenario, short enough to be read at a glance: the weakness to be put right, the lesson, the fix, what does not help, and
 * the score. The lesson names the fix, so a learner who reads it first has nothing left to find out.
 */
export function Ending({ scenario, variants, onDiff, onRepair = null, onOtherVariant }: Props) {
  const { lesson, weakness, fix, notTheFix, references } = scenario;
  const other = variants.includes('vulnerable') ? 'protected' : 'vulnerable';
  return (
    <section className="ending" aria-label="Ending">
      {onRepair && (
        <Button size="xs" variant="light" leftSection={<IconTool size={14} stroke={1.8} />} onClick={onRepair}>
          Put it right yourself
        </Button>
      )}
      <h3>What to remember</h3>
      <p className="ending-lesson">
        <Prose text={lesson} />
      </p>
      <div className="ending-ways">
        {weakness !== null && (
          <Button
            size="xs"
            variant={onRepair ? 'default' : 'light'}
            leftSection={<IconGitCompare size={14} stroke={1.8} />}
            onClick={onDiff}
          >
            Show the fix as a diff
          </Button>
        )}
        {onOtherVariant && (
          <Button variant="default" size="xs" onClick={onOtherVariant}>
            Play the {other} app
          </Button>
        )}
      </div>
      {fix !== null && (
        <Folded title="The fix in a few lines">
          <Snippet code={fix} />
        </Folded>
      )}
      {notTheFix.length > 0 && (
        <Folded title="What does not help" count={notTheFix.length}>
          <ul className="ending-beliefs" aria-label="What does not help">
            {notTheFix.map((belief) => (
              <li key={belief}>
                <Prose text={belief} />
              </li>
            ))}
          </ul>
        </Folded>
      )}
      {references.length > 0 && (
        <Folded title="Standards" count={references.length}>
          <p className="mute">{references.join(' · ')}</p>
        </Folded>
      )}
      <EndScore scenario={scenario} variants={variants} />
    </section>
  );
}

/** How many questions were predicted right; nothing if none was predicted. */
function EndScore({ scenario, variants }: Pick<Props, 'scenario' | 'variants'>) {
  const score = scoreIn(scenario, useScenarioProgress(scenario.slug), variants);
  if (score === null) return null;
  return (
    <p className="ending-score">
      You predicted{' '}
      <strong className="number">
        {score.right} of {score.of}
      </strong>{' '}
      answers right at the first try.
    </p>
  );
}

interface FoldedProps {
  title: string;
  count?: number;
  children: ReactNode;
}

/** One line that opens. */
const Folded = ({ title, count, children }: FoldedProps) => (
  <details className="ending-folded">
    <summary>
      {title} {count !== undefined && <span className="mute number">{count}</span>}
    </summary>
    {children}
  </details>
);

const Snippet = ({ code }: { code: string }) => (
  <div className="ending-fix">
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
    <pre className="mono" tabIndex={0}>
      {code}
    </pre>
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
);
