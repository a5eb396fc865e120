import { useState } from 'react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { playedOf, scoreOf } from '../progress/progress.ts';
import { useProgressState } from '../progress/useProgress.ts';
import { lazily, useLazy } from '../ui/lazily.ts';
import './CatalogueProgress.css';

const lazyDialog = lazily(() => import('./ClearProgress.tsx'));

/** The learner's progress in all scenarios, with a button that deletes it. Nothing before the first scenario was played or predicted. */
export function CatalogueProgress({ scenarios }: { scenarios: ScenarioOutline[] }) {
  const progress = useProgressState((state) => state.progress);
  const [confirming, setConfirming] = useState(false);
  const { part } = useLazy(lazyDialog);
  const played = playedOf(scenarios, progress);
  const { right, of } = scoreOf(Object.values(progress));
  if (played === 0 && of === 0) return null;
  return (
    <section className="learned" aria-label="Progress">
      <p>
        {played} of {scenarios.length} played to the end
      </p>
      {of > 0 && (
        <p>
          {right} of {of} {of === 1 ? 'prediction' : 'predictions'} right
        </p>
      )}
      <button type="button" className="plain learned-clear" onClick={() => setConfirming(true)}>
        Clear
      </button>
      {part && <part.ClearProgress opened={confirming} onClose={() => setConfirming(false)} />}
    </section>
  );
}
