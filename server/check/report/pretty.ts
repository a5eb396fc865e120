import wrapAnsi from 'wrap-ansi';
import { printable } from '../../../scenarios/engine/markdown.ts';
import type { Exchange, Finding, Report, Verdict } from '../verdicts.ts';
import type { Output, Plan, Reporter } from './reporter.ts';

const marks: Record<Verdict, string> = { holds: '✓', fails: '✗', 'not shown': '?', 'not applicable': '–' };
const colors: Record<Verdict, 'green' | 'red' | 'bold' | 'dim'> = {
  holds: 'green',
  fails: 'red',
  'not shown': 'bold',
  'not applicable': 'dim',
};
const widest = 100;
const narrowest = 56;
const indent = ' '.repeat(4);
/** As wide as the longest verdict. */
const verdictWidth = 'not applicable'.length;

/** For people: one line for each finding, and everything that was seen where something fails. */
export function prettyReporter({ write, complain, columns: available, paint }: Output): Reporter {
  const columns = Math.min(widest, Math.max(narrowest, available));
  const print = (lines: readonly string[]) => write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
  const within = (text: string, before: string) =>
    wrapAnsi(printable(text), columns - before.length, { hard: true })
      .split('\n')
      .map((line) => before + line);

  const labelled = (label: string, lines: readonly string[]) =>
    lines.flatMap((line, index) =>
      within(line, ' '.repeat(10)).map((text, part) =>
        index + part === 0 ? `${indent}${paint('dim', label.padEnd(10))}${text.trimStart()}` : `${indent}${text}`,
      ),
    );
  const exchange = ({ who, sent, answered }: Exchange) => [
    '',
    ...labelled('sent', [`${sent[0]} (${who})`, ...sent.slice(1)]),
    ...labelled('answered', answered),
  ];

  function lines(
    { verdict, title, id, says, evidence, requirements, lesson, trace }: Finding,
    traces: boolean,
  ): string[] {
    const head = `${paint(colors[verdict], `${marks[verdict]} ${verdict.padEnd(verdictWidth)}`)}  ${title} ${paint('dim', `(${id})`)}`;
    if (verdict === 'holds') return [head];
    const said = within(says, indent);
    if (verdict !== 'fails') return [head, ...said.map((line) => paint('dim', line))];
    return [
      head,
      ...said,
      ...evidence.slice(-2).flatMap(exchange),
      '',
      ...labelled('breaks', [requirements.join(', ')]),
      ...labelled('lesson', [lesson]),
      ...(traces ? labelled('trace', [`check-${trace}.trace.json`]) : []),
      '',
    ];
  }

  return {
    started({ origin, addresses, rate, budget, people }: Plan) {
      const pace = Number.isFinite(rate) ? `${rate} a second` : 'as fast as it answers';
      print([
        ...within(`Checks ${origin} (${addresses.join(', ')}) with the accounts ${people.join(' and ')}.`, ''),
        ...within(`At most ${budget} requests, ${pace}. For your own systems only, and never for production.`, '').map(
          (line) => paint('dim', line),
        ),
        '',
      ]);
    },
    found(findings, { traces }) {
      print(findings.flatMap((finding) => lines(finding, traces)));
    },
    finished(report) {
      print(['', ...within(summary(report), '').map((line) => paint('bold', line))]);
      if (report.stopped !== null) print(within(`The check is not complete. ${report.stopped}`, ''));
    },
    failed(message) {
      // What is to be copied must not be broken into lines.
      complain(`${message.split('\n').map(printable).join('\n')}\n`);
    },
  };
}

function summary({ findings, requests, ms }: Report): string {
  const counts = (['fails', 'holds', 'not shown', 'not applicable'] as const)
    .map((verdict) => [findings.filter((finding) => finding.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(
      ([count, verdict]) =>
        `${count} ${count === 1 || verdict.startsWith('not') ? verdict : { holds: 'hold', fails: 'fail' }[verdict as 'holds']}`,
    );
  return `${counts.join(', ')} (${requests} requests, ${(ms / 1000).toFixed(1)} s)`;
}
