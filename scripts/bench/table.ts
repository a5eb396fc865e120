/** One line of what was measured. */
export interface Figure {
  what: string;
  /** With its unit: `1.42x`, `0.31 MB`. */
  figure: string;
  /** What is aimed for, and whether it was met; null where nothing is. */
  aim: { words: string; met: boolean } | null;
}

const titles = ['what', 'figure', 'aim', 'met'];

/** Plain text, columns aligned, figures to the right. */
export function table(figures: readonly Figure[]): string {
  const cells = figures.map(({ what, figure, aim }) => [
    what,
    figure,
    aim?.words ?? '',
    aim === null ? '' : aim.met ? 'yes' : 'NO',
  ]);
  const widths = titles.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[1]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [line(titles), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line), ''].join('\n');
}
