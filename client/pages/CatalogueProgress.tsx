import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { playedOf, scoreOf } from '../progress/progress.ts';
import { useProgress, useProgressState } from '../progress/useProgress.ts';

/** The learner's progress in all scenarios, with a button that deletes it. Nothing before the first scenario was played or predicted. */
export function CatalogueProgress({ scenarios }: { scenarios: ScenarioOutline[] }) {
  const store = useProgress();
  const progress = useProgressState((state) => state.progress);
  const [confirming, confirmation] = useDisclosure(false);
  const clear = () => {
    store.clear();
    confirmation.close();
  };
  const played = playedOf(scenarios, progress);
  const { right, of } = scoreOf(Object.values(progress));
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
        <button type="button" className="plain catalogue-clear" onClick={confirmation.open}>
          Clear
        </button>
      </p>
      <Modal opened={confirming} onClose={confirmation.close} title="Clear your progress?" size="sm">
        <p>This deletes what was played and predicted. It is kept in this browser only, so it cannot be restored.</p>
        <div className="catalogue-clear-buttons">
          <Button variant="default" onClick={confirmation.close}>
            Cancel
          </Button>
          <Button data-autofocus onClick={clear}>
            Clear
          </Button>
        </div>
      </Modal>
    </section>
  );
}
