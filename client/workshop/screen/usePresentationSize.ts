import { useEffect, useState } from 'react';
import { useProgressState } from '../../progress/useProgress.ts';
import { everywhere, usePageKey } from '../../ui/pageKey.ts';

/** Shows this window in the presentation size, and in that only: the driver's page beside it keeps its own. */
export function usePresentationSize(): void {
  const [presented, setPresented] = useState(true);
  const usual = useProgressState((state) => state.presenting);
  usePageKey(everywhere.size, () => setPresented(!presented));
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (presented) dataset.size = 'presentation';
    else delete dataset.size;
    return () => {
      if (usual) dataset.size = 'presentation';
      else delete dataset.size;
    };
  }, [presented, usual]);
}
