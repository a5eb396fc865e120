import { Button, Popover, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTicking } from '../../player/usePlayer.ts';
import { ttlSeconds } from '../../ui/spans.ts';
import { lifetimeOf } from './keyEdit.ts';

interface Props {
  /** Sandbox ms; null: it never ends. */
  expiresAt: number | null;
  /** Gets ms, or null for no end. null when nothing can be done. */
  onChange: ((ms: number | null) => void) | null;
}

const words = (seconds: number | null) => (seconds === null ? 'no TTL' : `TTL ${seconds}`);

/** How long a key has left to live, and a click away another length. */
export function Lifetime({ expiresAt, onChange }: Props) {
  const [opened, setOpened] = useState(false);
  if (!onChange) {
    return (
      <span className="key-ttl mono number">
        <Ttl expiresAt={expiresAt} />
      </span>
    );
  }
  const change = (ms: number | null) => {
    setOpened(false);
    onChange(ms);
  };
  return (
    <Popover opened={opened} onChange={setOpened} width={230} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="plain key-ttl mono number" onClick={() => setOpened(!opened)}>
          <Ttl expiresAt={expiresAt} />
          <span className="spoken">, change it</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <LifetimeForm expiresAt={expiresAt} onChange={change} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** By itself, because it is drawn anew every second, for hundreds of keys. */
function Ttl({ expiresAt }: { expiresAt: number | null }) {
  return words(useSecondsLeft(expiresAt));
}

const useSecondsLeft = (expiresAt: number | null) =>
  useTicking((now) => (expiresAt === null ? null : ttlSeconds(expiresAt - now)));

function LifetimeForm({ expiresAt, onChange }: { expiresAt: number | null; onChange: (ms: number | null) => void }) {
  const seconds = useSecondsLeft(expiresAt);
  const [text, setText] = useState(() => (seconds === null ? '' : String(seconds)));
  const ms = lifetimeOf(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ms !== null) onChange(ms);
  };
  return (
    <form className="key-lifetime" onSubmit={submit}>
      <TextInput
        size="xs"
        label="Seconds to live"
        inputMode="numeric"
        classNames={{ input: 'mono' }}
        value={text}
        error={text !== '' && ms === null ? 'Whole seconds, from 1 to a year.' : null}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div className="key-lifetime-buttons">
        <Button size="xs" type="submit" disabled={ms === null}>
          Set
        </Button>
        {seconds !== null && (
          <Button size="xs" variant="default" onClick={() => onChange(null)}>
            No end
          </Button>
        )}
      </div>
    </form>
  );
}
