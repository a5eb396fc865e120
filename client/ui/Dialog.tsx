import { Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useCallback, useState } from 'react';
import './Dialog.css';

interface Props {
  title: ReactNode;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog. Its title is in the body, because a screen reader would list Mantine's header as a second page banner. */
export function Dialog({ title, opened, onClose, children }: Props) {
  return (
    <Modal.Root opened={opened} onClose={onClose} size="lg" centered>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content>
        <Modal.Body className="dialog">
          <div className="dialog-head">
            <Modal.Title>{title}</Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </div>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** The state of a dialog about one of many things. `about` keeps the last thing, because the dialog still shows it while it fades out. */
export function useDialog<Thing>() {
  const [about, setAbout] = useState<Thing | null>(null);
  const [opened, { open, close }] = useDisclosure(false);
  const show = useCallback(
    (thing: Thing) => {
      setAbout(thing);
      open();
    },
    [open],
  );
  return { about, opened, show, close };
}
