/** Finds the steps of a scenario in the text of its file. */

/**
 * Returns the line of each step, from 1: where its title is written. Null for a step whose title is not written as it is, such as one
 * that a function makes.
 *
 * @param titles as the scenario has them, before times are filled in
 */
export function stepLines(source: string, titles: readonly string[]): (number | null)[] {
  let from = 0;
  return titles.map((title) => {
    const at = positionOf(title, source, from);
    if (at === -1) return null;
    from = at + title.length;
    return lineAt(source, at);
  });
}

/** After the step before, because two steps may have one title; else anywhere, because a step may be a constant. */
function positionOf(title: string, source: string, from: number): number {
  const positions = spellings(title).flatMap((spelling) => {
    const after = source.indexOf(spelling, from);
    return [after === -1 ? source.indexOf(spelling) : after];
  });
  const found = positions.filter((position) => position !== -1);
  const after = found.filter((position) => position >= from);
  if (after.length > 0) return Math.min(...after);
  return found.length > 0 ? Math.min(...found) : -1;
}

/** How a formatter writes a text as a literal. */
function spellings(text: string): string[] {
  const double = JSON.stringify(text);
  const single = `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  const template = `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\``;
  return [single, double, template];
}

const lineAt = (source: string, position: number) => source.slice(0, position).split('\n').length;
