import { stringify } from 'csv-stringify/sync';
import { answerText } from '../../scenarios/engine/eventText.ts';
import type { Question } from './state.ts';
import { countsOf } from './views.ts';

/** Returns how often each choice of each question was given, as CSV (RFC 4180) with a line of headings. */
export function summaryCsv(questions: readonly Question[]): string {
  const rows = questions.flatMap((question) => {
    const { scenario, step, question: text, choices, expected } = question;
    return Object.entries(countsOf(question)).flatMap(([variant, counts]) =>
      choices.map((choice, index) => ({
        ...{ scenario, step: step + 1, question: text, variant, answer: answerText(choice) },
        expected: expected[variant as keyof typeof expected] === index ? 'yes' : 'no',
        count: counts[index],
      })),
    );
  });
  const columns = ['scenario', 'step', 'question', 'variant', 'answer', 'expected', 'count'];
  // RFC 4180 section 2 ends lines with CR and LF. Spreadsheets read a text that starts with = as a formula.
  return stringify(rows, { header: true, columns, record_delimiter: 'windows', escape_formulas: true });
}
