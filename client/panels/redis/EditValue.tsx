import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../play/Dialog.tsx';
import { spread, written } from './keyEdit.ts';

interface Props {
  /** Without the namespace. */
  name: string;
  value: string;
  opened: boolean;
  onClose: () => void;
  onWrite: (value: string) => void;
}

/** A stored string, to be written anew; its time to live stays. */
export function EditValue({ opened, onClose, ...editor }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={<span className="edit-value-name mono">{editor.name}</span>}>
      <Editor {...editor} onClose={onClose} />
    </Dialog>
  );
}

/** Begins anew whenever it is opened. */
function Editor({ value: stored, onClose, onWrite }: Omit<Props, 'name' | 'opened'>) {
  // As it was when the editor was opened: the app may write meanwhile.
  const [before] = useState(stored);
  const [text, setText] = useState(() => spread(before));
  const { value, problem } = written(text, before);
  const write = (event: FormEvent) => {
    event.preventDefault();
    if (value === null) return;
    onClose();
    onWrite(value);
  };
  return (
    <form className="edit-value" onSubmit={write}>
      <Textarea
        label="Value"
        classNames={{ input: 'mono' }}
        value={text}
        autosize
        minRows={6}
        maxRows={20}
        spellCheck={false}
        error={problem}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <p className="mute">The time to live stays as it is.</p>
      <div className="fork-buttons">
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        <Button type="submit" disabled={value === null || spread(value) === spread(before)}>
          Write to Redis
        </Button>
      </div>
    </form>
  );
}
