/** Parses TypeScript: into highlighted lines, and into the statements of a file. */
import type { SyntaxNode } from '@lezer/common';
import { classHighlighter, highlightCode } from '@lezer/highlight';
import { parser } from '@lezer/javascript';

const typescript = parser.configure({ dialect: 'ts' });

/** A piece of a line. `style` holds class names such as `tok-keyword`, and is empty for plain text. */
export interface Token {
  text: string;
  style: string;
}

/** Returns the lines of a file in highlighted pieces. Joined, they are the text. */
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

/** A statement at the top level of a file, with the comments directly above it. */
export interface Declaration {
  /** The name that it declares or imports as the default. Null for other imports and for statements without one. */
  name: string | null;
  exported: boolean;
  kind: 'import' | 'other';
  /** The first and the last line. Lines count from 1. */
  from: number;
  to: number;
}

/** Returns the statements at the top level of a file. */
export function declarationsIn(source: string): Declaration[] {
  const lineOf = (position: number) => source.slice(0, position).split('\n').length;
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
      // The parser returns `declare module 'x' { … }` in pieces.
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

/** Returns the name of the function, variable, class or type that a statement declares or imports as the default. */
function nameOf(statement: SyntaxNode, source: string): string | null {
  const inner = statement.name === 'ExportDeclaration' ? statement.lastChild : statement;
  const name = inner?.getChild('VariableDefinition') ?? inner?.getChild('TypeDefinition');
  return name ? source.slice(name.from, name.to) : null;
}
