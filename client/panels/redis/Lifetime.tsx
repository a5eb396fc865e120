import { Button, Popover, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { span, ttlSeconds } from '../../spans.ts';
import { lifetimeOf } from './keyEdit.ts';

interface Props {
  /** ms; null: it never ends. */
  left: number | null;
  /** Gets ms, or null for no end. null when nothing can be done. */
  onChange: ((ms: number | null) => void) | null;
}

const words = (left: number | null) => (left === null ? 'no TTL' : `TTL ${ttlSeconds(left)}`);

/** How long a key has left to live, and a click away another length. */
export function Lifetime({ left, onChange }: Props) {
  const [opened, setOpened] = useState(false);
  const title = left === null ? undefined : `${span(left)} left to live`;
  if (!onChange) {
    return (
      <span className="key-ttl mono number" title={title}>
        {words(left)}
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
        <button type="button" className="plain key-ttl mono number" title={title} onClick={() => setOpened(!opened)}>
          {words(left)}
          <span className="spoken">, change it</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <LifetimeForm left={left} onChange={change} />
      </Popover.Dropdown>
    </Popover>
  );
}

function LifetimeForm({ left, onChange }: { left: number | null; onChange: (ms: number | null) => void }) {
  const [text, setText] = useState(() => (left === null ? '' : String(ttlSeconds(left))));
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
        {left !== null && (
          <Button size="xs" variant="default" onClick={() => onChange(null)}>
            No end
          </Button>
        )}
      </div>
    </form>
  );
}
