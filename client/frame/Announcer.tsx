import { useEffect, useState } from 'react';
import { exchangeLine } from '../../scenarios/engine/eventText.ts';
import type { StepView, View } from '../../scenarios/engine/read.ts';
import type { Answer } from '../../scenarios/engine/trace.ts';
import { whoIsWho } from '../../scenarios/engine/whoIsWho.ts';
import { verdict } from '../../scenarios/engine/whoIsWhoText.ts';
import { answerText, reveal } from '../panels/steps/answers.ts';
import { usePlayerState } from '../player/usePlayer.ts';
import { guessKey } from '../progress/progressStore.ts';
import { useProgressState } from '../progress/useProgress.ts';

/** Announces the current moment to screen readers, once when it changes. */
export function Announcer({ view }: { view: View }) {
  const notice = usePlayerState((state) => state.notice);
  const past = usePlayerState((state) => state.cursor !== null);
  const guess = useProgressState(({ guesses }) =>
    view.step === null ? undefined : guesses[guessKey(view, view.step)],
  );
  const sentence = announcement(view, past, guess);
  const [announced, setAnnounced] = useState('');
  useEffect(() => setAnnounced(notice ?? sentence), [notice, sentence]);
  return (
    <p className="spoken" role="status">
      {announced}
    </p>
  );
}

/**
 * Describes the current moment in a few sentences: what happened, what was asked, and the answer. Returns '' while a step
 * plays. Passing time is not announced, because that would never end.
 *
 * @param past whether the moment is in the past
 * @param guess the predicted answer of the step
 */
export function announcement(view: View, past: boolean, guess: Answer | undefined): string {
  const step = view.step === null ? undefined : view.steps[view.step];
  const { scenario, variant } = view.header;
  if (!step) return `${scenario.title}: no steps played.`;
  if (step.state === 'running') return '';
  const { outline, ask: answered } = step;
  const sentences = [
    past && 'Looking back.',
    `Step ${step.index + 1} of ${view.steps.length}: ${outline.title}.`,
    requests(view, step),
    step.error && `It failed: ${step.error}`,
    verdict(whoIsWho(view)).text,
    answered && outline.ask && `${outline.ask.question} ${answerText(answered.actual)}.`,
    answered && outline.ask && guess !== undefined && rightOrWrong(reveal(outline.ask, variant, answered, guess)),
    step.index === view.steps.length - 1 && step.state === 'played' && `What to remember: ${scenario.lesson}`,
  ];
  return sentences.filter(Boolean).join(' ');
}

const rightOrWrong = ({ right, why }: { right: boolean; why: string }) =>
  `Your prediction was ${right ? 'right' : 'wrong'}. ${why}`.trim();

/** Of more requests than this, only their number and the last one are announced. */
const mostRequests = 4;

/** Returns "Alice: GET /me, 200." for each request of the step. */
function requests({ exchanges, header }: View, { index }: StepView): string {
  const lines = exchanges
    .filter(({ request }) => request.step === index)
    .map((exchange) => `${exchangeLine(exchange, header)}.`);
  return lines.length > mostRequests ? `${lines.length} requests, the last one: ${lines.at(-1)}` : lines.join(' ');
}
