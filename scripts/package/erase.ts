import blankSpace from 'ts-blank-space';

/**
 * Turns a TypeScript module into JavaScript by replacing its types with spaces, so that every line and column stays where it was:
 * the line of the app that the page shows is the line that runs, without a source map. Relative imports of `.ts` files become
 * imports of `.js` files.
 *
 * @throws Error for syntax that has no JavaScript at its place, such as an enum
 */
export function eraseTypes(source: string, file: string): string {
  const code = blankSpace(source, (node) => {
    throw new Error(
      `${file} cannot run with its types erased: "${source.slice(node.pos, node.end).trim().slice(0, 60)}".`,
    );
  });
  return code.replace(/(\b(?:from|import)\s*\(?\s*(['"])\.[^'"\n]*)\.ts\2/g, '$1.js$2');
}
