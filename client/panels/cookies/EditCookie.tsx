import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ActorOutline, RecordedCookie } from '../../../scenarios/engine/trace.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import { Dialog, DialogForm } from '../../ui/Dialog.tsx';
import { compareCharacters, countDifferences, joinValue, sendingProblem, splitValue } from './cookie.ts';
import './EditCookie.css';

/** A cookie and the actor whose browser stores it. */
export interface OwnedCookie {
  cookie: RecordedCookie;
  owner: ActorOutline;
}

interface Props {
  /** null until the first cookie is edited. */
  edited: OwnedCookie | null;
  opened: boolean;
  onClose: () => void;
}

/** Edits a cookie's value, character by character, as anyone can do in their own browser. */
export function EditCookie({ edited, opened, onClose }: Props) {
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={edited && `${edited.cookie.name} in ${edited.owner.label}’s browser`}
    >
      {edited && <Editor key={keyOf(edited)} {...edited} onClose={onClose} />}
    </Dialog>
  );
}

const keyOf = ({ cookie: { name, domain, path }, owner }: OwnedCookie) => [owner.name, name, domain, path].join(' ');

function Editor({ cookie, owner, onClose }: OwnedCookie & Pick<Props, 'onClose'>) {
  const player = usePlayer();
  // The value when the editor was opened, because the jar may change meanwhile.
  const [before] = useState(() => splitValue(cookie));
  const [parts, setParts] = useState(before);
  const value = joinValue(parts);
  const problem = sendingProblem(value);
  const changed = parts.reduce((sum, { text }, index) => sum + countDifferences(before[index]!.text, text), 0);
  const { name, domain, path } = cookie;
  return (
    <DialogForm
      className="edit-cookie"
      submit="Put it into the browser"
      ready={problem === null && changed > 0}
      onSubmit={() => void player.act({ do: 'edit-cookie', actor: owner.name, name, domain, path, value })}
      onClose={onClose}
    >
      {parts.map(({ name, text }, index) => (
        <div key={name}>
          <TextInput
            label={name}
            classNames={{ input: 'mono' }}
            value={text}
            spellCheck={false}
            autoComplete="off"
            onChange={({ currentTarget }) => setParts(parts.with(index, { name, text: currentTarget.value }))}
          />
          <p className="edit-cookie-marks mono" aria-hidden="true">
            {text !== before[index]!.text &&
              compareCharacters(before[index]!.text, text).map(({ character, changed }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a character has no other identity than its place
                <span key={place} data-changed={changed || undefined}>
                  {character}
                </span>
              ))}
          </p>
        </div>
      ))}
      <p className="edit-cookie-status" role="status" data-wrong={problem !== null || undefined}>
        {problem ?? differencesText(changed)}{' '}
        {parts.length > 1 && problem === null && (
          <span className="mute">The signature fits the old id. Only the app can sign another one.</span>
        )}
      </p>
    </DialogForm>
  );
}

function differencesText(changed: number): string {
  if (changed === 0) return 'Nothing differs yet.';
  return changed === 1 ? '1 character differs.' : `${changed} characters differ.`;
}
