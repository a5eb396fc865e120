import { useEffect, useState } from 'react';
import { answerText, exchangeLine } from '../../scenarios/engine/eventText.ts';
import type { StepView, View } from '../../scenarios/engine/read.ts';
import type { Answer } from '../../scenarios/engine/trace.ts';
import { verdict } from '../../scenarios/engine/whoIsWhoText.ts';
import { reveal } from '../panels/steps/answers.ts';
import { usePlayerState } from '../player/usePlayer.ts';
import { guessKey } from '../progress/progressStore.ts';
import { useProgressState } from '../progress/useProgress.ts';
import { afterPicture } from '../ui/picture.ts';

interface Props {
  /** What both variants share, if both are shown. */
  view: View;
  /** The variant that is shown, or both. */
  sides: readonly View[];
}

/** Announces the current moment to screen readers, once when it changes. */
export function Announcer({ view, sides }: Props) {
  const notice = usePlayerState((state) => state.notice);
  const past = usePlayerState((state) => state.cursor !== null);
  const guesses = useProgressState((state) => state.guesses);
  const [announced, setAnnounced] = useState('');
  // The eye comes first: what is said is worked out when the picture has been drawn.
  useEffect(() => {
    const guessOf = (side: View) => (view.step === null ? undefined : guesses[guessKey(side, view.step)]);
    return afterPicture(() => setAnnounced(notice ?? announcement(view, sides, past, guessOf)));
  }, [notice, view, sides, past, guesses]);
  return (
    <p className="spoken" role="status">
      {announced}
    </p>
  );
}

/**
 * Describes the current moment in a few sentences: what happened, what was asked, and the answer, of each variant that is shown.
 * Returns '' while a step plays. Passing time is not announced, because that would never end.
 *
 * @param past whether the moment is in the past
 * @param guessOf returns the predicted answer of the step
 */
export function announcement(
  view: View,
  sides: readonly View[],
  past: boolean,
  guessOf: (side: View) => Answer | undefined,
): string {
  const step = view.step === null ? undefined : view.steps[view.step];
  const { scenario } = view.header;
  if (!step) return `${scenario.title}: no steps played.`;
  if (step.state === 'running') return '';
  const { index, outline, state } = step;
  const sentences = [
    past && 'Looking back.',
    `Step ${index + 1} of ${view.steps.length}: ${outline.title}.`,
    sides.length > 1 && outline.ask?.question,
    ...sides.flatMap((side) => {
      const { variant } = side.header;
      const name = sides.length > 1 && (variant === 'vulnerable' ? 'Vulnerable:' : 'Protected:');
      return [name, ...ofSide(side, index, sides.length > 1 ? '' : outline.ask?.question, guessOf(side))];
    }),
    index === view.steps.length - 1 && state === 'played' && `What to remember: ${scenario.lesson}`,
  ];
  return sentences.filter(Boolean).join(' ');
}

function ofSide(side: View, index: number, question = '', guess: Answer | undefined): (string | false)[] {
  const step = side.steps[index]!;
  const { ask } = step.outline;
  const answered = ask && step.ask;
  return [
    requests(side, step),
    step.error !== null && `It failed: ${step.error}`,
    verdict(side).text,
    answered ? `${question} ${answerText(answered.actual)}.`.trim() : false,
    answered && guess !== undefined ? rightOrWrong(reveal(ask, side.header.variant, answered, guess)) : false,
  ];
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
