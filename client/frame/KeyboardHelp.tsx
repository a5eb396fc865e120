import { Kbd, Modal } from '@mantine/core';
import { memo } from 'react';
import { everywhere, keysOf } from '../ui/keys.ts';

export const KeyboardHelp = memo(function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" size="sm">
      <dl className="keyboard-help">
        {[...Object.values(keysOf), ...Object.values(everywhere)].map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
});
