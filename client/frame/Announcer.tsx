import { useEffect, useState } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import { answerText } from '../panels/steps/answers.ts';
import { usePlayerState } from '../player/usePlayer.ts';

/** Says for screen readers where one is now. Time that runs is not said: it would never stop. */
export function Announcer({ view }: { view: View }) {
  const notice = usePlayerState((state) => state.notice);
  const past = usePlayerState((state) => state.cursor !== null);
  const sentence = whereabouts(view, past);
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(notice ?? sentence), [notice, sentence]);
  return (
    <p className="spoken" role="status">
      {said}
    </p>
  );
}

function whereabouts(view: View, past: boolean): string {
  const step = view.step === null ? undefined : view.steps[view.step];
  if (!step) return `${view.header.scenario.title}: no step played.`;
  if (step.state === 'running') return '';
  const { outline, index, error, ask } = step;
  const answer = ask && outline.ask ? ` ${outline.ask.question} ${answerText(ask.actual)}.` : '';
  const failed = error ? ` It failed: ${error}` : '';
  return `${past ? 'Looking back. ' : ''}Step ${index + 1} of ${view.steps.length}: ${outline.title}.${failed}${answer}`;
}
