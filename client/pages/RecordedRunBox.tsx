import { useEffect, useState } from 'react';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { lazily, useLazy } from '../ui/lazily.ts';
import './RecordedRun.css';

const lazyRun = lazily(() => import('./RecordedRun.tsx'));

/** Keeps the room of the picture until the run and what draws it are there. Without them, it says so. */
export function RecordedRunBox({ load }: { load: () => Promise<Trace> }) {
  const { part, problem } = useLazy(lazyRun);
  const [trace, setTrace] = useState<Trace | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let mounted = true;
    load().then(
      (loaded) => mounted && setTrace(loaded),
      () => mounted && setFailed(true),
    );
    return () => {
      mounted = false;
    };
  }, [load]);
  if (part && trace) return <part.RecordedRun trace={trace} />;
  return (
    <div className="run">
      {(problem || failed) && <p className="run-problem">The recorded run cannot be shown. Everything else works.</p>}
    </div>
  );
}
