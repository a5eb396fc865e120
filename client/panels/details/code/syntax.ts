/** TypeScript as its grammar sees it: coloured pieces, line by line, and the statements a file consists of. Pure. */
import type { SyntaxNode } from '@lezer/common';
import { classHighlighter, highlightCode } from '@lezer/highlight';
import { parser } from '@lezer/javascript';

const typescript = parser.configure({ dialect: 'ts' });

/** A piece of a line; `style` is classes such as `tok-keyword`, '' for plain text. */
export interface Token {
  text: string;
  style: string;
}

/** A file's lines, each as its coloured pieces; put together they are the text. */
export function highlighted(source: string): Token[][] {
  const lines: Token[][] = [[]];
  highlightCode(
    source,
    typescript.parse(source),
    classHighlighter,
    (text, style) => lines.at(-1)!.push({ text, style }),
    () => lines.push([]),
  );
  return lines;
}

/** A statement at the top level of a file, with the comments right above it. */
export interface Declaration {
  /** What it declares; null for an import or a statement without a name. */
  name: string | null;
  exported: boolean;
  kind: 'import' | 'other';
  /** First and last line, counted from 1. */
  from: number;
  to: number;
}

export function declarationsIn(source: string): Declaration[] {
  const lineOf = lineCounter(source);
  const found: Declaration[] = [];
  let comment = { from: 0, to: -1 };
  for (let node = typescript.parse(source).topNode.firstChild; node; node = node.nextSibling) {
    const [from, to] = [lineOf(node.from), lineOf(node.to)];
    if (/Comment$/.test(node.name)) {
      comment = { from: comment.to === from - 1 ? comment.from : from, to };
      continue;
    }
    const before = found.at(-1);
    if (before && from <= before.to) {
      // `declare module 'x' { … }` comes in pieces.
      before.to = to;
      continue;
    }
    found.push({
      name: nameOf(node, source),
      exported: node.name === 'ExportDeclaration',
      kind: node.name === 'ImportDeclaration' ? 'import' : 'other',
      from: comment.to === from - 1 ? comment.from : from,
      to,
    });
  }
  return found;
}

/** The function's, variable's, class's or type's name: the first definition that is not inside a body or a parameter list. */
function nameOf(statement: SyntaxNode, source: string): string | null {
  const inner = statement.name === 'ExportDeclaration' ? statement.lastChild : statement;
  const name = inner?.getChild('VariableDefinition') ?? inner?.getChild('TypeDefinition');
  return name ? source.slice(name.from, name.to) : null;
}

function lineCounter(source: string): (position: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (position) => starts.findLastIndex((start) => start <= position) + 1;
}
