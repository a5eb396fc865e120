import { Button, NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import { leastRecentlyUsed } from '../../../scenarios/engine/leastRecentlyUsed.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent, TraceHeader } from '../../../scenarios/engine/trace.ts';

interface Props {
  view: View;
  events: readonly TraceEvent[];
  onChoose: (action: ManualAction) => void;
}

/** Milliseconds. */
const delays = [100, 300, 900];

/** The faults of Redis that a learner can cause: a button for each, with what it does. */
export function FaultList({ view, events, onChoose }: Props) {
  const [delay, setDelay] = useState(300);
  const [chosen, setChosen] = useState('');
  const names = new Map(view.keys.flatMap(({ key, name, mark }) => (mark === 'removed' ? [] : [[key, name] as const])));
  const oldest = leastRecentlyUsed([...names.keys()], events);
  const evict = names.has(chosen) ? chosen : null;
  return (
    <div className="faults">
      <Group title="Until you end it">
        <Fault name="Slow down" onClick={() => onChoose({ do: 'slow-redis', ms: delay })}>
          <NativeSelect
            size="xs"
            aria-label="How much longer each command takes"
            value={delay}
            data={delays.map((ms) => ({ value: String(ms), label: `Each command: +${ms} ms` }))}
            onChange={({ currentTarget }) => setDelay(Number(currentTarget.value))}
          />
        </Fault>
        <Fault name="Freeze" onClick={() => onChoose({ do: 'freeze-redis' })}>
          No command is answered: each times out after 1 s.
        </Fault>
        <Fault name="Disconnect" onClick={() => onChoose({ do: 'disconnect-redis' })}>
          Each command fails at once.
        </Fault>
      </Group>
      <Group title="At once">
        <Fault
          name="Evict a key"
          disabled={oldest === undefined}
          onClick={() => onChoose({ do: 'evict-key', key: evict })}
        >
          {oldest === undefined ? (
            'There is no key.'
          ) : (
            <NativeSelect
              size="xs"
              aria-label="Key to evict"
              value={evict ?? ''}
              data={[
                { value: '', label: `Least recently used: ${kindOf(names.get(oldest)!)}` },
                ...[...names].map(([value, name]) => ({ value, label: short(name) })),
              ]}
              onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            />
          )}
        </Fault>
        <Fault name="Restart Redis" onClick={() => onChoose({ do: 'restart-redis' })}>
          Without persistence, so its keys are gone.
        </Fault>
        <Fault name="Restart the app" onClick={() => onChoose({ do: 'restart-app' })}>
          Its memory is gone, and Redis keeps its keys.
        </Fault>
      </Group>
      <p className="faults-scope">{scope(view.header)}</p>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

interface FaultProps {
  name: string;
  disabled?: boolean;
  onClick: () => void;
  /** What it does, or how much of it. */
  children: ReactNode;
}

function Fault({ name, disabled = false, onClick, children }: FaultProps) {
  return (
    <div className="fault">
      <Button size="xs" variant="default" disabled={disabled} onClick={onClick}>
        {name}
      </Button>
      <div className="fault-words">{children}</div>
    </div>
  );
}

const short = (name: string) => name.replace(/[\w-]{16,}/g, (id) => `${id.slice(0, 6)}…`);

/** "sess:…" for a name that is too long to be shown beside other words. */
const kindOf = (name: string) => name.replace(/^([^:]+:).{12,}$/, '$1…');

/** What is affected, so that nobody fears for a Redis that others use. */
function scope({ store, ownRedis }: TraceHeader): string {
  if (ownRedis) return 'This sandbox has a Redis server of its own, which really freezes and restarts.';
  if (store === 'mock') return 'Only the connection and the keys of this sandbox are affected.';
  return 'Others may use this Redis, so only this sandbox’s own connection and keys are affected. The server goes on.';
}
