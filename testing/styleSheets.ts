/**
 * For a test: which style sheets are loaded where a class is used. A style sheet comes with the code that imports it, and the code of most
 * pages comes later. What uses a class without its style sheet looks right only after another page was loaded.
 */
import ts from 'typescript';

/** The imports of a file: what is loaded with it, and what it loads later. */
export interface Imports {
  now: readonly string[];
  later: readonly string[];
}

/** Returns the style sheets that are certainly loaded where a file runs, whatever page was opened first. */
export function styleSheetsAt(
  imports: ReadonlyMap<string, Imports>,
  entries: readonly string[],
): Map<string, ReadonlySet<string>> {
  const certain = new Map<string, ReadonlySet<string>>();
  const load = (start: string, before: ReadonlySet<string>) => {
    const files = new Set([start]);
    for (const file of files) for (const next of imports.get(file)?.now ?? []) files.add(next);
    const loaded = new Set([...before, ...[...files].filter((file) => file.endsWith('.css'))]);
    for (const file of files) {
      const known = certain.get(file);
      const both = known ? new Set([...known].filter((sheet) => loaded.has(sheet))) : loaded;
      if (known?.size === both.size) continue;
      certain.set(file, both);
      for (const next of imports.get(file)?.later ?? []) load(next, both);
    }
  };
  for (const entry of entries) load(entry, new Set());
  return certain;
}

/** Returns the classes that a style sheet has a rule for: `.a`, `.a:hover`, `button.a`, not `.b .a` nor `.a.b`. */
export function classesStyled(css: string): Set<string> {
  const selectors = css.replace(/\/\*.*?\*\//gs, '').matchAll(/(?<=^|[{};])([^{};@]+)(?=\{)/g);
  const alone = [...selectors].flatMap(([selector]) =>
    selector.split(',').map((one) => /^\s*\w*\.([\w-]+)(:[\w-]+(\([^)]*\))?|\[[^\]]*\])*\s*$/.exec(one)?.[1]),
  );
  return new Set(alone.filter((name) => name !== undefined));
}

/** Returns the words in every `className` of a component, and in what is assigned to a name such as `rowClass`. */
export function classesUsed(source: string): Set<string> {
  const used = new Set<string>();
  const collect = (node: ts.Node): void => {
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node)
    ) {
      for (const word of node.text.split(/\s+/)) if (word) used.add(word);
    }
    ts.forEachChild(node, collect);
  };
  const visit = (node: ts.Node): void => {
    const hasName = ts.isJsxAttribute(node) || ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node);
    const named = hasName ? node : null;
    if (named?.initializer && /class(es|names?)?$/i.test(named.name.getText())) collect(named.initializer);
    else ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return used;
}
