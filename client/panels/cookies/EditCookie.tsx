import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ActorOutline, RecordedCookie } from '../../../scenarios/engine/trace.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import './EditCookie.css';
import { compared, differences, joined, type Part, partsOf, whyNotSendable } from './cookieParts.ts';

/** A cookie, and in whose browser it is. */
export interface CookieOf {
  cookie: RecordedCookie;
  owner: ActorOutline;
}

interface Props {
  /** null as long as none has been. */
  edited: CookieOf | null;
  opened: boolean;
  onClose: () => void;
}

/** A cookie's value, to be changed character by character: no shop can keep somebody from that in their own browser. */
export function EditCookie({ edited, opened, onClose }: Props) {
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={edited && `${edited.cookie.name} in ${edited.owner.label}’s browser`}
    >
      {edited && <Editor key={nameOf(edited)} {...edited} onClose={onClose} />}
    </Dialog>
  );
}

const nameOf = ({ cookie: { name, domain, path }, owner }: CookieOf) => [owner.name, name, domain, path].join(' ');

/** Begins anew whenever it is opened. */
function Editor({ cookie, owner, onClose }: CookieOf & Pick<Props, 'onClose'>) {
  const player = usePlayer();
  // As it was when the editor was opened: the jar may change meanwhile.
  const [before] = useState(() => partsOf(cookie));
  const [parts, setParts] = useState(before);
  const value = joined(parts);
  const wrong = whyNotSendable(value);
  const changed = parts.reduce((sum, { text }, index) => sum + differences(before[index]!.text, text), 0);
  const { name, domain, path } = cookie;
  const write = (index: number, text: string) =>
    setParts(parts.map((part, other): Part => (other === index ? { ...part, text } : part)));
  const put = (event: FormEvent) => {
    event.preventDefault();
    if (wrong !== null || changed === 0) return;
    onClose();
    void player.act({ do: 'edit-cookie', actor: owner.name, name, domain, path, value });
  };
  return (
    <form className="edit-cookie" onSubmit={put}>
      {parts.map(({ name, text }, index) => (
        <div key={name}>
          <TextInput
            label={name}
            classNames={{ input: 'mono' }}
            value={text}
            spellCheck={false}
            autoComplete="off"
            onChange={({ currentTarget }) => write(index, currentTarget.value)}
          />
          <p className="edit-cookie-marks mono" aria-hidden="true">
            {text !== before[index]!.text &&
              compared(before[index]!.text, text).map(({ character, changed }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a character has no other identity than its place
                <span key={place} data-changed={changed || undefined}>
                  {character}
                </span>
              ))}
          </p>
        </div>
      ))}
      <p className="edit-cookie-told" role="status" data-wrong={wrong !== null || undefined}>
        {wrong ?? howMany(changed)}{' '}
        {parts.length > 1 && wrong === null && (
          <span className="mute">The signature fits the id as it was; only the shop can make one for another id.</span>
        )}
      </p>
      <div className="fork-buttons">
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        <Button type="submit" disabled={wrong !== null || changed === 0}>
          Put it into the browser
        </Button>
      </div>
    </form>
  );
}

function howMany(changed: number): string {
  if (changed === 0) return 'Nothing differs yet.';
  return changed === 1 ? '1 character differs.' : `${changed} characters differ.`;
}
