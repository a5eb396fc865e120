import type { CSSProperties } from 'react';
import { CodeText } from '../code/CodeLines.tsx';
import type { Token } from '../code/syntax.ts';
import { type Block, lineDiff } from './lineDiff.ts';

/** A line of code. Without a number, it is not said where in its file it is. */
export interface SourceLine {
  tokens: readonly Token[];
  number: number | null;
}

interface Props {
  weak: readonly SourceLine[];
  usual: readonly SourceLine[];
  /** What a screen reader says before a line that only one side has. */
  spoken?: Spoken;
}

type Spoken = Readonly<Record<'weak' | 'usual', string>>;

const signs = { weak: '−', usual: '+' };
const variants: Spoken = { weak: 'Vulnerable: ', usual: 'Protected: ' };

/**
 * The line diff of two pieces of code. The style sheet shows the sides side by side where there is room, and interleaved
 * elsewhere. Screen readers read a line that is on both sides once.
 */
export function DiffLines({ weak, usual, spoken = variants }: Props) {
  return (
    <div className="diff-lines mono">
      {lineDiff(weak.map(textOf), usual.map(textOf)).map((block) => (
        <div key={`${block.weak[0]} ${block.usual[0]}`} className="diff-block" data-same={block.same || undefined}>
          <Lines block={block} side="weak" lines={weak} spoken={spoken} />
          <Lines block={block} side="usual" lines={usual} spoken={spoken} />
        </div>
      ))}
    </div>
  );
}

const textOf = ({ tokens }: SourceLine) => tokens.map(({ text }) => text).join('');

interface LinesProps {
  block: Block;
  side: 'weak' | 'usual';
  lines: readonly SourceLine[];
  spoken: Spoken;
}

/** The lines of a block that are on one side. */
function Lines({ block, side, lines, spoken }: LinesProps) {
  return block[side].map((index, row) => (
    <div
      key={index}
      className="diff-line"
      data-side={side}
      aria-hidden={(block.same && side === 'usual') || undefined}
      style={{ '--row': row + 1 } as CSSProperties}
    >
      <span className="code-number" aria-hidden="true">
        {lines[index]?.number}
      </span>
      <span className="diff-sign" aria-hidden="true">
        {block.same ? '' : signs[side]}
      </span>
      {!block.same && <span className="spoken">{spoken[side]}</span>}
      <CodeText tokens={lines[index]?.tokens ?? []} />
    </div>
  ));
}
