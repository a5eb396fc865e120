import { scoreOf } from '../../progress/progress.ts';
import { useProgress } from '../../progress/useMemory.ts';

/** How many predictions of this scenario were right so far; nothing before the first. */
export function ScoreHere({ slug }: { slug: string }) {
  const { right, of } = scoreOf([useProgress(slug)]);
  if (of === 0) return null;
  return (
    <span className="score number" title="First predictions in this scenario, kept in this browser">
      {right} of {of} right
    </span>
  );
}
