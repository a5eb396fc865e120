import { runName } from '../../../scenarios/engine/repairs.ts';
import type { Scenario } from '../../../scenarios/engine/scenario.ts';
import { type Outcome, type Output, type Reporter, type Run, runHolds } from '../reporter.ts';
import { count, duration } from '../words.ts';
import { oneLine } from './oneLine.ts';
import { nameOf, resultsOf } from './results.ts';

/** A comment on GitHub holds 65,536 characters. What does not fit is counted. */
const mostCharacters = 60_000;

/** Above that, a table of what holds is folded: the failures come first. */
const mostRows = 10;

type Row = { scenario: Scenario; runs: readonly Run[] } | { scenario: Scenario; skipped: string };

/** Writes Markdown for a comment on a pull request: a table, and the details of what went wrong. */
export function markdownReporter({ write }: Pick<Output, 'write'>): Reporter {
  const rows: Row[] = [];
  return {
    started() {},
    played: (scenario, runs) => void rows.push({ scenario, runs }),
    skipped: (scenario, skipped) => void rows.push({ scenario, skipped }),
    finished: (outcome) => write(report(rows, outcome)),
  };
}

function report(rows: readonly Row[], { holds, ms, stopped, slow }: Outcome): string {
  const runs = rows.flatMap((row) => ('runs' in row ? row.runs : []));
  const failed = runs.filter((run) => !runHolds(run));
  const scenarios = rows.filter((row) => 'runs' in row).length;
  const skipped = rows.length - scenarios;
  const counted = [count(scenarios, 'scenario'), count(runs.length, 'run')];
  const verdict = failed.length > 0 ? `${failed.length} not as expected` : holds ? 'all hold' : 'incomplete';
  const head = [
    `### ${holds ? '✅' : '❌'} Session Sandbox: ${verdict}`,
    `${counted.join(', ')}${skipped > 0 ? `, ${skipped} skipped` : ''} (${duration(ms)})`,
    ...(stopped === null ? [] : [`**Not everything was played:** ${markdownText(stopped)}`]),
    ...(slow === undefined ? [] : [markdownText(slow)]),
  ];
  const wrong = rows.filter((row) => 'runs' in row && row.runs.some((run) => !runHolds(run)));
  const right = rows.filter((row) => !wrong.includes(row));
  const tables = [
    ...(wrong.length > 0 ? [table(wrong)] : []),
    ...(right.length === 0
      ? []
      : [
          right.length > mostRows ? fold(`${count(right.length, 'scenario')} as expected`, table(right)) : table(right),
        ]),
  ];
  const fixed = [...head, ...tables].join('\n\n');
  return `${fixed}${fitting(failed.map(details), mostCharacters - fixed.length)}\n`;
}

/** Returns as many of the blocks as there is room for. */
function fitting(blocks: readonly string[], room: number): string {
  let text = '';
  for (const [index, block] of blocks.entries()) {
    if (text.length + block.length + 100 > room)
      return `${text}\n\n${count(blocks.length - index, 'more run')} not shown.`;
    text += `\n\n${block}`;
  }
  return text;
}

function table(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap((row) => ('runs' in row ? row.runs.map(columnOf) : [])))];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['scenario', ...names.map(markdownText)]),
    line(['---', ...names.map(() => '---')]),
    ...rows.map((row) => line([label(row.scenario), ...cells(row, names)])),
  ].join('\n');
}

const columnOf = ({ trace }: Run) => runName(trace.header);

const label = ({ title, slug }: Scenario) => `${markdownText(title)} \`${slug}\``;

function cells(row: Row, names: readonly string[]): string[] {
  if ('skipped' in row) return names.map(() => `skipped. ${markdownText(row.skipped)}`);
  return names.map((name) => {
    const run = row.runs.find((one) => columnOf(one) === name);
    if (!run) return '';
    return `${runHolds(run) ? '✅ holds' : '❌ fails'}, ${duration(run.ms)}`;
  });
}

function details(run: Run): string {
  const wrong = resultsOf(run).filter(({ message }) => message !== null);
  const blocks = wrong.flatMap(({ index, title, message, details }) => [
    `**Step ${index + 1}: ${markdownText(title)}**`,
    markdownText(message ?? ''),
    ...(details.length > 0 ? [fenced(details.join('\n'))] : []),
  ]);
  return fold(`❌ ${markdownText(nameOf(run))}`, blocks.join('\n\n'));
}

const fold = (summary: string, text: string) => `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;

function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/**
 * Escapes what Markdown or HTML would read, as references, which hold in a table and within HTML, too. So nobody is mentioned and nothing
 * becomes a link.
 */
export function markdownText(text: string): string {
  const reference = (character: string) => `&#${character.charCodeAt(0)};`;
  return oneLine(text)
    .replace(/[\\`*_[\]<>#|&~@$]|:(?=\/\/)/g, reference)
    .replace(/(?<=www|^\d+)[.)]|^[-+=]/gi, reference);
}
