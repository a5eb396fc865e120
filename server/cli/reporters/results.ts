/** What the reporters for machines have in common: the result of each step, and its sentence. */
import { differsText } from '../../../scenarios/engine/eventText.ts';
import { read, type StepView, type View } from '../../../scenarios/engine/read.ts';
import { runName } from '../../../scenarios/engine/repairs.ts';
import { flakiness, type Run, unexplained } from '../reporter.ts';
import { quoted } from '../text.ts';
import { failure } from './failure.ts';
import { inReadingOrder } from './oneLine.ts';

export interface StepResult {
  index: number;
  title: string;
  state: 'holds' | 'fails' | 'error' | 'not played';
  /** What is wrong, as sentences; null when it holds. */
  message: string | null;
  /** Requests, responses and Redis commands of a step that went wrong, as lines without colors. */
  details: string[];
  /** Milliseconds; null when it was not played. */
  ms: number | null;
}

/** Returns the name of a run: the scenario and the variant or the repair. */
export const nameOf = ({ trace: { header } }: Pick<Run, 'trace'>) => `${header.scenario.slug} (${runName(header)})`;

/** Returns the result of every step in order. Repetitions that differ are a result of their own, after the steps. */
export function resultsOf(run: Run): StepResult[] {
  const view = read(run.trace);
  const unstable = flakiness(run);
  return [
    ...view.steps.map((step) => resultOf(step, view)),
    ...(unstable === null
      ? []
      : [
          {
            index: view.steps.length,
            title: `The same result each of ${run.repeated?.times} times`,
            state: 'fails' as const,
            message: unstable,
            details: [],
            ms: null,
          },
        ]),
  ];
}

function resultOf(step: StepView, view: View): StepResult {
  const { index, outline, ms } = step;
  const message = messageOf(step, view);
  const state = stateOf(step, message);
  const details = message === null ? [] : failure(view, step, { columns: 100, paint: (_, text) => text });
  const shown = message === null ? null : inReadingOrder(message);
  return { index, title: inReadingOrder(outline.title), state, message: shown, details, ms };
}

function stateOf({ state }: StepView, message: string | null): StepResult['state'] {
  if (state === 'failed') return 'error';
  if (state !== 'played') return 'not played';
  return message === null ? 'holds' : 'fails';
}

function messageOf(step: StepView, { header }: View): string | null {
  const { outline, ask, untrue, error, state } = step;
  const sentences = [
    ...(state === 'failed' ? [error ?? 'The step failed.'] : []),
    ...(ask && !ask.holds
      ? [`${outline.ask?.question} Expected “${ask.expected}”, but the answer is “${quoted(String(ask.actual))}”.`]
      : []),
    ...untrue.map(({ claim, seen }) => `The claim “${claim}” is untrue: ${seen}`),
    ...unexplained(step).map((one) => differsText(one, header.browser)),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
}
