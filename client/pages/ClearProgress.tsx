import { Button, Modal } from '@mantine/core';
import { useProgress } from '../progress/useProgress.ts';

/** Asks whether the progress is to be deleted, and deletes it. */
export function ClearProgress({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const store = useProgress();
  const clear = () => {
    store.clear();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Clear your progress?" size="sm">
      <p>This deletes what was played and predicted. It is kept in this browser only, so it cannot be restored.</p>
      <div className="learned-buttons">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-autofocus onClick={clear}>
          Clear
        </Button>
      </div>
    </Modal>
  );
}
