import { useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import './HandOut.css';
import { HandOutAnswers } from './HandOutAnswers.tsx';
import { HandOutSteps } from './HandOutSteps.tsx';

/** The scenario on paper, for a room: made when the page is printed, in its place. */
export function HandOut({ scenario }: { scenario: ScenarioOutline }) {
  const printing = usePrinting();
  if (!printing) return null;
  return createPortal(
    <article className="hand-out">
      <HandOutSteps scenario={scenario} />
      <HandOutAnswers scenario={scenario} />
    </article>,
    document.body,
  );
}

/** Whether the page is being printed. It is drawn in the same moment: what comes later is not on the paper. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return printing;
}
