import { scoreOf } from '../../progress/progress.ts';
import { useScenarioProgress } from '../../progress/useProgress.ts';

/** How many predictions of this scenario were right so far; nothing before the first. */
export function ScoreHere({ slug }: { slug: string }) {
  const { right, of } = scoreOf([useScenarioProgress(slug)]);
  if (of === 0) return null;
  return (
    <span className="score number" title="First predictions in this scenario, kept in this browser">
      {right} of {of} right
    </span>
  );
}
