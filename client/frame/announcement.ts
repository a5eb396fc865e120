/** What a screen reader is told of a step: what happened, what was asked, and what came out. Pure. */
import { exchangeLine } from '../../scenarios/engine/eventText.ts';
import type { StepView, View } from '../../scenarios/engine/read.ts';
import type { Answer } from '../../scenarios/engine/trace.ts';
import { answerText, reveal } from '../panels/steps/answers.ts';

/** So many requests are told one by one; of more only the number and the last. */
const few = 4;

/**
 * Where one is now, as a few sentences; '' while a step is being played. Time that runs is not told: that would never end.
 *
 * @param past one looks at a moment that is over
 * @param guess what was predicted of this step, if anything
 */
export function announcement(view: View, past: boolean, guess: Answer | undefined): string {
  const step = view.step === null ? undefined : view.steps[view.step];
  const { scenario, variant } = view.header;
  if (!step) return `${scenario.title}: no step played.`;
  if (step.state === 'running') return '';
  const sentences = [
    past && 'Looking back.',
    `Step ${step.index + 1} of ${view.steps.length}: ${step.outline.title}.`,
    requests(view, step),
    step.error && `It failed: ${step.error}`,
    step.ask && step.outline.ask && `${step.outline.ask.question} ${answerText(step.ask.actual)}.`,
    step.ask &&
      step.outline.ask &&
      guess !== undefined &&
      predicted(reveal(step.outline.ask, variant, step.ask, guess)),
    step.index === view.steps.length - 1 && step.state === 'played' && `What to remember: ${scenario.lesson}`,
  ];
  return sentences.filter(Boolean).join(' ');
}

const predicted = ({ right, why }: { right: boolean; why: string }) =>
  `Your prediction was ${right ? 'right' : 'wrong'}. ${why}`.trim();

/** "Alice: GET /me, 200." for each request of the step. */
function requests({ exchanges, header }: View, { index }: StepView): string {
  const inStep = exchanges.filter(({ request }) => request.step === index);
  const told = inStep.slice(-(inStep.length > few ? 1 : few)).map((exchange) => `${exchangeLine(exchange, header)}.`);
  return [inStep.length > few && `${inStep.length} requests, the last of them:`, ...told].filter(Boolean).join(' ');
}
