import { diffArrays } from 'diff';
import type { CSSProperties } from 'react';
import { CodeText } from '../code/CodeLines.tsx';
import type { Token } from '../code/syntax.ts';

/** Highlighted lines of a file, and the number of the first one. */
export interface Side {
  lines: readonly Token[][];
  first: number;
}

interface Props {
  weak: Side;
  usual: Side;
}

/**
 * The line diff of a weakness and the code it replaces. The style sheet shows the sides side by side where there is room, and
 * interleaved elsewhere. Screen readers read a line that is on both sides once.
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

const textOf = (tokens: readonly Token[]) => tokens.map(({ text }) => text).join('');

const signs = { weak: '−', usual: '+' };
const spoken = { weak: 'Vulnerable: ', usual: 'Protected: ' };

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
      {!block.same && <span className="spoken">{spoken[side]}</span>}
      <CodeText tokens={from.lines[index] ?? []} />
    </div>
  ));
}

/** Adjacent lines that both texts share, or that differ: then one side may be empty. Lines are indexes from 0. */
export interface Block {
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
    const last = blocks.at(-1);
    // A removal and the addition that follows it are one block.
    const block = last?.same === same ? last : { same, weak: [], usual: [] };
    if (block !== last) blocks.push(block);
    if (!added) block.weak.push(...value.map(() => weakIndex++));
    if (!removed) block.usual.push(...value.map(() => usualIndex++));
  }
  return blocks;
}
