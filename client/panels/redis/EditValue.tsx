import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import { Dialog, DialogForm } from '../../ui/Dialog.tsx';
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
  const stored = shown?.value?.type === 'string' ? shown.value.data : null;
  return (
    <Dialog
      opened={opened && stored !== null}
      onClose={onClose}
      title={<span className="edit-value-name mono">{shown?.name}</span>}
    >
      {shown && stored !== null && <Editor key={shown.key} redisKey={shown.key} {...{ stored, onClose, act }} />}
    </Dialog>
  );
}

function Editor({
  redisKey,
  stored,
  onClose,
  act,
}: { redisKey: string; stored: string } & Omit<Props, 'shown' | 'opened'>) {
  // The value when the editor was opened, because the app may write meanwhile.
  const [before] = useState(stored);
  const [text, setText] = useState(() => editableText(before));
  const { value, problem } = parseValue(text, before);
  return (
    <DialogForm
      className="edit-value"
      submit="Write to Redis"
      ready={value !== null && editableText(value) !== editableText(before)}
      onSubmit={() => value !== null && act({ do: 'set-key', key: redisKey, value })}
      onClose={onClose}
    >
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
    </DialogForm>
  );
}
