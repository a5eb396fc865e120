import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { editableText, parseValue } from './keyText.ts';

interface Props {
  /** The edited key; undefined when there is none. */
  shown: KeyView | undefined;
  opened: boolean;
  onClose: () => void;
  act: (action: ManualAction) => void;
}

/** Edits a stored string. Its TTL stays. */
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
          stored={value}
          onClose={onClose}
          onWrite={(value) => act({ do: 'set-key', key: shown.key, value })}
        />
      )}
    </Dialog>
  );
}

interface EditorProps {
  stored: string;
  onClose: () => void;
  onWrite: (value: string) => void;
}

function Editor({ stored, onClose, onWrite }: EditorProps) {
  // The value when the editor was opened, because the app may write meanwhile.
  const [before] = useState(stored);
  const [text, setText] = useState(() => editableText(before));
  const { value, problem } = parseValue(text, before);
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
      <p className="mute">The TTL does not change.</p>
      <div className="fork-buttons">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={value === null || editableText(value) === editableText(before)}>
          Write to Redis
        </Button>
      </div>
    </form>
  );
}
