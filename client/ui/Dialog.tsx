import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import './Dialog.css';

interface DialogProps {
  title: ReactNode;
  opened: boolean;
  onClose: () => void;
  /** The widest it becomes: a size of Mantine, or px. */
  size?: string | number;
  children: ReactNode;
}

/** A modal dialog. Its title is in the body, because a screen reader would list Mantine's header as a second page banner. */
export function Dialog({ title, opened, onClose, size = 'lg', children }: DialogProps) {
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size} centered>
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

interface FormProps {
  className: string;
  /** The text of the submit button. */
  submit: string;
  /** Whether there is anything to submit. */
  ready: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog, with buttons to cancel and to submit. Both close the dialog. */
export function DialogForm({ className, submit, ready, onSubmit, onClose, children }: FormProps) {
  const submitAndClose = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    onClose();
    onSubmit();
  };
  return (
    <form className={className} onSubmit={submitAndClose}>
      {children}
      <div className="fork-buttons">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={!ready}>
          {submit}
        </Button>
      </div>
    </form>
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
