import { Button } from '@mantine/core';
import type { ScenarioOutline, Variant } from '../../../../scenarios/engine/trace.ts';
import { type Excerpt, helpersOf, replacements, sourceOf, weaknessFile } from '../code/appSource.ts';
import { CodeLines } from '../code/CodeLines.tsx';
import { highlighted } from '../code/syntax.ts';
import { shortFile } from '../codePlace.ts';
import { DiffLines, type SourceLine } from './DiffLines.tsx';

interface Props {
  scenario: ScenarioOutline;
  /** The variant that is shown; null when both are. */
  ran: Variant | null;
  /** Shows the choice among repairs; null when there is none. */
  onChoice: (() => void) | null;
}

/** The weakness next to the parts of the app that it replaces. The text comes from the files that run. */
export function WeaknessDiff({ scenario, ran, onChoice }: Props) {
  const { weakness } = scenario;
  if (weakness === null) return <SettingsOnly fix={scenario.fix} />;
  const replaced = replacements(weakness);
  if (replaced.length === 0) {
    return (
      <p className="panel-empty details-empty">
        This copy of the app has no weakness {weaknessFile(weakness)}. The trace may come from another version.
      </p>
    );
  }
  const helpers = helpersOf(weakness);
  return (
    <>
      <div className="diff-heads">
        <p data-side="weak">− Vulnerable{ran === 'vulnerable' && <small>this run</small>}</p>
        <p data-side="usual">
          + Protected{ran === 'protected' && <small>this run</small>}
          {onChoice && (
            <Button variant="subtle" size="compact-xs" className="diff-choice" onClick={onChoice}>
              Put it right yourself
            </Button>
          )}
        </p>
      </div>
      {replaced.map(({ part, weak, usual }) => (
        <section key={part} aria-label={part}>
          <div className="diff-files mono">
            <h3 data-side="weak">{titleOf(weak)}</h3>
            <h3 data-side="usual">{titleOf(usual)}</h3>
          </div>
          <DiffLines weak={linesOf(weak)} usual={linesOf(usual)} />
        </section>
      ))}
      {helpers.length > 0 && (
        <section aria-label="Also in the weakness">
          <div className="diff-files mono">
            <h3 data-side="weak">also in {shortFile(weaknessFile(weakness))}</h3>
          </div>
          {helpers.map(({ file, from, to }) => (
            <CodeLines key={from} lines={highlighted(sourceOf(file))} from={from} to={to} />
          ))}
        </section>
      )}
    </>
  );
}

/** Where no file differs, the fix is what there is to see. */
const SettingsOnly = ({ fix }: Pick<ScenarioOutline, 'fix'>) => (
  <>
    <div className="diff-heads">
      <p data-side="usual">+ Protected</p>
    </div>
    <p className="diff-settings">
      Both variants run the same files of the app. The fix is in the settings around them:
    </p>
    {fix !== null && <pre className="mono diff-settings">{fix}</pre>}
  </>
);

const titleOf = ({ file, from, to }: Excerpt) =>
  `${shortFile(file)} ${from === to ? `line ${from}` : `lines ${from} to ${to}`}`;

const linesOf = ({ file, from, to }: Excerpt): SourceLine[] =>
  highlighted(sourceOf(file))
    .slice(from - 1, to)
    .map((tokens, index) => ({ tokens, number: from + index }));
