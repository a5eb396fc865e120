import type { ScenarioOutline, Variant } from '../../../../scenarios/engine/trace.ts';
import { type Excerpt, helpersOf, replacements, sourceOf, weaknessFile } from '../code/appSource.ts';
import { CodeLines } from '../code/CodeLines.tsx';
import { highlighted } from '../code/syntax.ts';
import { shortFile } from '../codePlace.ts';
import { DiffLines, type Side } from './DiffLines.tsx';
import './DiffView.css';

interface Props {
  scenario: ScenarioOutline;
  /** The variant that is shown; null when both are. */
  ran: Variant | null;
}

/** The weakness next to the parts of the app that it replaces. The text comes from the files that run. */
export function DiffView({ scenario, ran }: Props) {
  const { weakness, slug } = scenario;
  if (weakness === null) {
    return (
      <p className="panel-empty details-empty">
        Both variants of this scenario run the same files of the app, so there is no weakness to compare. They differ in
        what surrounds the app: see setup in scenarios/{slug}.ts.
      </p>
    );
  }
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="diff" aria-label="Diff" tabIndex={0}>
      <div className="diff-heads">
        <p data-side="weak">− Vulnerable{ran === 'vulnerable' && <small>this run</small>}</p>
        <p data-side="usual">+ Protected{ran === 'protected' && <small>this run</small>}</p>
      </div>
      {replaced.map(({ part, weak, usual }) => (
        <section key={part} aria-label={part}>
          <div className="diff-files mono">
            <h3 data-side="weak">{titleOf(weak)}</h3>
            <h3 data-side="usual">{titleOf(usual)}</h3>
          </div>
          <DiffLines weak={sideOf(weak)} usual={sideOf(usual)} />
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
    </section>
  );
}

const titleOf = ({ file, from, to }: Excerpt) =>
  `${shortFile(file)} ${from === to ? `line ${from}` : `lines ${from} to ${to}`}`;

const sideOf = ({ file, from, to }: Excerpt): Side => ({
  lines: highlighted(sourceOf(file)).slice(from - 1, to),
  first: from,
});
