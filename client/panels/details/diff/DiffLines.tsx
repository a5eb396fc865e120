import type { CSSProperties } from 'react';
import { CodeText } from '../code/CodeLines.tsx';
import type { Token } from '../code/syntax.ts';
import { type Block, lineDiff } from './lineDiff.ts';

/** Some lines of a file: highlighted, and the number of the first. */
export interface Side {
  lines: readonly Token[][];
  first: number;
}

interface Props {
  weak: Side;
  usual: Side;
}

const textOf = (tokens: readonly Token[]) => tokens.map(({ text }) => text).join('');

/**
 * A line diff: one under the other, or side by side where there is room. What is on both sides is written twice in the second
 * case, and read out once.
 */
export function DiffLines({ weak, usual }: Props) {
  const blocks = lineDiff(weak.lines.map(textOf), usual.lines.map(textOf));
  return (
    <div className="diff-lines mono">
      {blocks.map((block) => (
        <div key={`${block.weak[0]} ${block.usual[0]}`} className="diff-block" data-same={block.same || undefined}>
          <Lines block={block} side="weak" from={weak} />
          <Lines block={block} side="usual" from={usual} />
        </div>
      ))}
    </div>
  );
}

const signs = { weak: '−', usual: '+' };
const words = { weak: 'Vulnerable: ', usual: 'Protected: ' };

function Lines({ block, side, from }: { block: Block; side: 'weak' | 'usual'; from: Side }) {
  return block[side].map((index, row) => (
    <div
      key={index}
      className="diff-line"
      data-side={side}
      aria-hidden={(block.same && side === 'usual') || undefined}
      style={{ '--row': row + 1 } as CSSProperties}
    >
      <span className="code-number" aria-hidden="true">
        {from.first + index}
      </span>
      <span className="diff-sign" aria-hidden="true">
        {block.same ? '' : signs[side]}
      </span>
      {!block.same && <span className="spoken">{words[side]}</span>}
      <CodeText tokens={from.lines[index] ?? []} />
    </div>
  ));
}
