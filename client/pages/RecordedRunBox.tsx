import { useEffect, useState } from 'react';
import type { RecordedRun } from '../../scenarios/engine/api.ts';
import { lazily, useLazy } from '../ui/lazily.ts';
import './RecordedRun.css';

const lazyRun = lazily(() => import('./RecordedRun.tsx'));

/** Keeps the room of the picture until the run and what draws it are there. Without them, it says so. */
export function RecordedRunBox({ load }: { load: () => Promise<RecordedRun> }) {
  const { part, problem } = useLazy(lazyRun);
  const [run, setRun] = useState<RecordedRun | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let mounted = true;
    load().then(
      (loaded) => mounted && setRun(loaded),
      () => mounted && setFailed(true),
    );
    return () => {
      mounted = false;
    };
  }, [load]);
  if (part && run) return <part.RecordedRun {...run} />;
  return (
    <div className="run">
      {(problem || failed) && <p className="run-problem">The recorded run cannot be shown. Everything else works.</p>}
    </div>
  );
}
