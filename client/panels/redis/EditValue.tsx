import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { spread, written } from './keyEdit.ts';

interface Props {
  /** The key that is edited; undefined when there is none. */
  shown: KeyView | undefined;
  opened: boolean;
  onClose: () => void;
  act: (action: ManualAction) => void;
}

/** A stored string, to be written anew; its time to live stays. */
export function EditValue({ shown, opened, onClose, act }: Props) {
  const value = shown?.value?.type === 'string' ? shown.value.data : null;
  return (
    <Dialog
      opened={opened && value !== null}
      onClose={onClose}
      title={<span className="edit-value-name mono">{shown?.name}</span>}
    >
      {shown && value !== null && (
        <Editor
          key={shown.key}
          value={value}
          onClose={onClose}
          onWrite={(value) => act({ do: 'set-key', key: shown.key, value })}
        />
      )}
    </Dialog>
  );
}

interface EditorProps {
  value: string;
  onClose: () => void;
  onWrite: (value: string) => void;
}

/** Begins anew whenever it is opened. */
function Editor({ value: stored, onClose, onWrite }: EditorProps) {
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
