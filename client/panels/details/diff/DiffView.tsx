import { diffArrays } from 'diff';
import type { CSSProperties } from 'react';
import type { ScenarioOutline, Variant } from '../../../../scenarios/engine/trace.ts';
import { type Excerpt, helpersOf, type Replacement, replacements, sourceOf, weaknessFile } from '../code/appSource.ts';
import { CodeLines, CodeText } from '../code/CodeLines.tsx';
import { highlighted, type Token } from '../code/syntax.ts';
import { shortFile } from '../codePlace.ts';
import { ScrollRegion } from '../ScrollRegion.tsx';
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
    <ScrollRegion name="Diff" className="diff">
      <div className="diff-heads">
        <p data-side="weak">− Vulnerable{ran === 'vulnerable' && <small>this run</small>}</p>
        <p data-side="usual">+ Protected{ran === 'protected' && <small>this run</small>}</p>
      </div>
      {replaced.map((replacement) => (
        <section key={replacement.part} aria-label={replacement.part}>
          <div className="diff-files mono">
            <h3 data-side="weak">{titleOf(replacement.weak)}</h3>
            <h3 data-side="usual">{titleOf(replacement.usual)}</h3>
          </div>
          <DiffLines {...replacement} />
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
    </ScrollRegion>
  );
}

const titleOf = ({ file, from, to }: Excerpt) =>
  `${shortFile(file)} ${from === to ? `line ${from}` : `lines ${from} to ${to}`}`;

/**
 * The line diff of a part. The style sheet shows the sides side by side where there is room, and interleaved elsewhere. Screen
 * readers read a line that is on both sides once.
 */
function DiffLines({ weak, usual }: Replacement) {
  const [weakLines, usualLines] = [linesOf(weak), linesOf(usual)];
  return (
    <div className="diff-lines mono">
      {lineDiff(weakLines.map(textOf), usualLines.map(textOf)).map((block) => (
        <div key={`${block.weak[0]} ${block.usual[0]}`} className="diff-block" data-same={block.same || undefined}>
          <Lines block={block} side="weak" lines={weakLines} first={weak.from} />
          <Lines block={block} side="usual" lines={usualLines} first={usual.from} />
        </div>
      ))}
    </div>
  );
}

const linesOf = ({ file, from, to }: Excerpt) => highlighted(sourceOf(file)).slice(from - 1, to);
const textOf = (tokens: readonly Token[]) => tokens.map(({ text }) => text).join('');

const signs = { weak: '−', usual: '+' };
const spoken = { weak: 'Vulnerable: ', usual: 'Protected: ' };

interface LinesProps {
  block: Block;
  side: 'weak' | 'usual';
  lines: readonly Token[][];
  /** The number of the first line in its file. */
  first: number;
}

/** The lines of a block that are on one side. */
function Lines({ block, side, lines, first }: LinesProps) {
  return block[side].map((index, row) => (
    <div
      key={index}
      className="diff-line"
      data-side={side}
      aria-hidden={(block.same && side === 'usual') || undefined}
      style={{ '--row': row + 1 } as CSSProperties}
    >
      <span className="code-number" aria-hidden="true">
        {first + index}
      </span>
      <span className="diff-sign" aria-hidden="true">
        {block.same ? '' : signs[side]}
      </span>
      {!block.same && <span className="spoken">{spoken[side]}</span>}
      <CodeText tokens={lines[index] ?? []} />
    </div>
  ));
}

/** Adjacent lines that both texts share, or that differ: then one side may be empty. Lines are indexes from 0. */
interface Block {
  same: boolean;
  weak: number[];
  usual: number[];
}

/** Compares two texts line by line. */
export function lineDiff(weak: readonly string[], usual: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let [weakIndex, usualIndex] = [0, 0];
  for (const { value, added, removed } of diffArrays([...weak], [...usual])) {
    const same = !added && !removed;
    // A removal and the addition that follows it are one block.
    if (blocks.at(-1)?.same !== same) blocks.push({ same, weak: [], usual: [] });
    if (!added) blocks.at(-1)!.weak.push(...value.map(() => weakIndex++));
    if (!removed) blocks.at(-1)!.usual.push(...value.map(() => usualIndex++));
  }
  return blocks;
}
