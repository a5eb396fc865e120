import { Button, Popover, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTicking } from '../../player/usePlayer.ts';
import { parseLifetime, ttlSeconds } from './keyText.ts';

interface Props {
  /** Sandbox ms; null for a key that does not expire. */
  expiresAt: number | null;
  /** Sets another lifetime in ms, or none (null). It is null when there is no sandbox to set it in. */
  onChange: ((ms: number | null) => void) | null;
}

/** A key's TTL. A click on it opens a form that sets another one. */
export function KeyLifetime({ expiresAt, onChange }: Props) {
  const [opened, setOpened] = useState(false);
  const ttl = <Ttl expiresAt={expiresAt} />;
  if (!onChange) return <span className="key-ttl mono number">{ttl}</span>;
  const change = (ms: number | null) => {
    setOpened(false);
    onChange(ms);
  };
  return (
    <Popover opened={opened} onChange={setOpened} width={230} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="plain key-ttl mono number" onClick={() => setOpened(!opened)}>
          {ttl}
          <span className="spoken">, change it</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <LifetimeForm expiresAt={expiresAt} onChange={change} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** A component of its own, because it renders every second for each of what may be hundreds of keys. */
function Ttl({ expiresAt }: Pick<Props, 'expiresAt'>) {
  const seconds = useSecondsLeft(expiresAt);
  return seconds === null ? 'no TTL' : `TTL ${seconds}`;
}

const useSecondsLeft = (expiresAt: number | null) =>
  useTicking((now) => (expiresAt === null ? null : ttlSeconds(expiresAt - now)));

function LifetimeForm({ expiresAt, onChange }: { expiresAt: number | null; onChange: (ms: number | null) => void }) {
  const seconds = useSecondsLeft(expiresAt);
  const [text, setText] = useState(() => (seconds === null ? '' : String(seconds)));
  const ms = parseLifetime(text);
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
            No expiry
          </Button>
        )}
      </div>
    </form>
  );
}
