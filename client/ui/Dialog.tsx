import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import './Dialog.css';

interface Props {
  title: ReactNode;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog with its title in the body: in a header of its own, readers would take it for the page's second banner. */
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
