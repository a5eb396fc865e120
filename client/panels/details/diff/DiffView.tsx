import type { ScenarioOutline, Variant } from '../../../../scenarios/engine/trace.ts';
import { CodeLines } from '../code/CodeLines.tsx';
import { type Excerpt, helpersOf, replacements, weaknessFile } from '../code/parts.ts';
import { shortFile } from '../code/places.ts';
import { sources } from '../code/sources.ts';
import { highlighted } from '../code/syntax.ts';
import { DiffLines, type Side } from './DiffLines.tsx';
import './DiffView.css';

interface Props {
  scenario: ScenarioOutline;
  /** Which side is the run that is looked at; null where both are. */
  ran: Variant | null;
}

/** The weakness against the parts of the app it is put in the place of, from the files that run. */
export function DiffView({ scenario, ran }: Props) {
  const { weakness, slug } = scenario;
  if (weakness === null) {
    return (
      <p className="panel-empty details-empty">
        Both variants of this scenario run the same files of the app: there is no weakness to compare. What differs is
        how things are set up around the app, which scenarios/{slug}.ts says under setup.
      </p>
    );
  }
  const replaced = replacements(sources, weakness);
  if (replaced.length === 0) {
    return (
      <p className="panel-empty details-empty">
        This copy of the app has no weakness {weaknessFile(weakness)}: the trace may be of another version.
      </p>
    );
  }
  const helpers = helpersOf(sources, weakness);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that
    <section className="diff" aria-label="Diff" tabIndex={0}>
      <div className="diff-heads">
        <p data-side="weak" data-ran={ran === 'vulnerable' || undefined}>
          − Vulnerable{ran === 'vulnerable' && <small>this run</small>}
        </p>
        <p data-side="usual" data-ran={ran === 'protected' || undefined}>
          + Protected{ran === 'protected' && <small>this run</small>}
        </p>
      </div>
      {replaced.map(({ part, weak, usual }) => (
        <section key={part} aria-label={part}>
          <div className="diff-files mono">
            <h3 data-side="weak">{nameOf(weak)}</h3>
            <h3 data-side="usual">{nameOf(usual)}</h3>
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
            <CodeLines key={from} lines={highlighted(sources[file] ?? '')} from={from} to={to} />
          ))}
        </section>
      )}
    </section>
  );
}

const nameOf = ({ file, from, to }: Excerpt) =>
  `${shortFile(file)} ${from === to ? `line ${from}` : `lines ${from} to ${to}`}`;

const sideOf = ({ file, from, to }: Excerpt): Side => ({
  lines: highlighted(sources[file] ?? '').slice(from - 1, to),
  first: from,
});
