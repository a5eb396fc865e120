import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { playedOf, scoreOf } from '../progress/progress.ts';
import { useProgress, useProgressState } from '../progress/useProgress.ts';

/** How far one got with all of it, and the way to have that forgotten. Nothing before the first was played or predicted. */
export function CatalogueProgress({ scenarios }: { scenarios: ScenarioOutline[] }) {
  const memory = useProgress();
  const progress = useProgressState((remembered) => remembered.progress);
  const [asking, ask] = useDisclosure(false);
  const played = playedOf(scenarios, progress);
  const { right, of } = scoreOf(Object.values(progress));
  const clear = () => {
    memory.clear();
    ask.close();
  };
  if (played === 0 && of === 0) return null;
  return (
    <section className="catalogue-progress" aria-label="Progress">
      <p>
        <span className="number">
          {played} of {scenarios.length}
        </span>{' '}
        played to the end
      </p>
      {of > 0 && (
        <p>
          <span className="number">
            {right} of {of}
          </span>{' '}
          {of === 1 ? 'prediction' : 'predictions'} right
        </p>
      )}
      <p className="catalogue-kept">
        Kept in this browser only.{' '}
        <button type="button" className="plain catalogue-clear" onClick={ask.open}>
          Clear
        </button>
      </p>
      <Modal opened={asking} onClose={ask.close} title="Clear your progress?" size="sm">
        <p>What was played and predicted is forgotten in this browser. Nowhere else is it known.</p>
        <div className="catalogue-clear-buttons">
          <Button variant="default" onClick={ask.close}>
            Keep it
          </Button>
          <Button data-autofocus onClick={clear}>
            Clear
          </Button>
        </div>
      </Modal>
    </section>
  );
}
