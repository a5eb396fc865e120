import type { View } from '../../scenarios/engine/read.ts';
import { type Answered, answersIn, everythingHolds } from './answers.ts';
import type { Output, Paint } from './reporter.ts';
import { cut, duration, fill, printable, wrap } from './text.ts';

/** One variant's column: what was seen, and how long it took in milliseconds. */
export interface Column {
  view: View;
  ms: number;
}

const stepWidth = 4;
const gap = '  ';

/** A row for each ask and a column for each variant, as lines that fit. */
export function table(columns: readonly Column[], { columns: width, paint }: Omit<Output, 'write'>): string[] {
  const answerWidth = Math.min(24, Math.max(14, Math.floor(width / 4)));
  const questionWidth = width - stepWidth - gap.length - columns.length * (gap.length + answerWidth);
  const answers = columns.map(({ view }) => answersIn(view));

  const line = (step: string, question: string, cells: readonly string[] = []) =>
    [paint('dim', step.padStart(stepWidth)), fill(question, questionWidth), ...cells].join(gap);
  const heads = columns.map(({ view }) => paint('bold', fill(cut(view.header.variant, answerWidth), answerWidth)));

  const rows = (answers[0] ?? []).flatMap((ask, row) => {
    const across = answers.map((variant) => variant[row]!);
    const telling = new Set(across.map(({ expected }) => expected)).size > 1;
    const cells = across.map((answered) => cell(answered, answerWidth, telling, paint));
    const [first = '', ...more] = wrap(printable(ask.question), questionWidth);
    return [line(String(ask.step + 1), first, cells), ...more.map((text) => line('', text))];
  });

  const verdicts = columns.map(({ view, ms }) => {
    const holds = everythingHolds(view);
    return (
      mark(holds, paint) +
      paint('dim', fill(cut(`${holds ? 'holds' : 'fails'}, ${duration(ms)}`, answerWidth - 2), answerWidth - 2))
    );
  });
  const rule = paint('dim', '─'.repeat(width));
  return [line('step', '', heads), rule, ...rows, line('', '', verdicts)].map((text) => text.trimEnd());
}

/** @param telling the variants are expected to answer differently: this is the row that shows the weakness */
function cell({ actual, holds }: Answered, width: number, telling: boolean, paint: Paint): string {
  if (actual === null) return paint('dim', fill('– not asked', width));
  const text = fill(cut(printable(String(actual)), width - 2), width - 2);
  return mark(holds, paint) + (telling ? paint('bold', text) : text);
}

const mark = (holds: boolean, paint: Paint) => `${holds ? paint('green', '✓') : paint('red', '✗')} `;
