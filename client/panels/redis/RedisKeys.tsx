import { useCallback, useMemo, useState } from 'react';
import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { useDialog } from '../../ui/Dialog.tsx';
import { EditValue } from './EditValue.tsx';
import { KeyRow } from './KeyRow.tsx';
import './RedisKeys.css';
import { describeCause } from './keyText.ts';

interface Props {
  view: View;
  events: readonly TraceEvent[];
  sids: readonly string[];
  /** Performs a manual action; null when there is no sandbox. */
  act: ((action: ManualAction) => void) | null;
}

/** Up to so many values are open without a click. */
const fewKeys = 4;

/** Every key of the sandbox in Redis. */
export function RedisKeys({ view, events, sids, act }: Props) {
  /** Whether a value is open, for the keys that the learner has opened or closed. */
  const [chosen, setChosen] = useState<Record<string, boolean>>({});
  const toggle = useCallback((key: string, open: boolean) => setChosen((before) => ({ ...before, [key]: open })), []);
  const editor = useDialog<string>();
  const commandNames = useMemo(
    () => new Map(events.flatMap((event) => (event.type === 'command' ? [[event.id, event.name]] : []))),
    [events],
  );
  const present = view.keys.filter(({ mark }) => mark !== 'removed').length;
  const changed = view.keys.filter(({ mark }) => mark !== null).length;
  const openAtFirst = ({ mark }: KeyView) => view.keys.length <= fewKeys || (mark !== null && changed <= fewKeys);
  return (
    <>
      <div className="panel-head">
        <h2>Redis</h2>
        <span className="mute number redis-address">
          {view.header.address}
          {view.header.address && ', '}
          {present === 1 ? '1 key' : `${present} keys`}
        </span>
      </div>
      {view.storeLost && (
        <p className="redis-lost" role="alert">
          <strong>Redis cannot be reached.</strong> {view.storeLost} The keys are shown as they were last seen.
        </p>
      )}
      {view.keys.length === 0 && <p className="card panel-empty">No keys: the app has stored nothing yet.</p>}
      {sessionsFirst(view.keys).map((shown) => {
        const open = chosen[shown.key] ?? openAtFirst(shown);
        return (
          <KeyRow
            key={shown.key}
            shown={shown}
            namespace={view.header.namespace}
            cause={describeCause(shown, (command) => commandNames.get(command))}
            sids={sids}
            open={open}
            onToggle={toggle}
            onEdit={editor.show}
            act={act}
          />
        );
      })}
      {act && (
        <EditValue
          shown={view.keys.find(({ key }) => key === editor.about)}
          opened={editor.opened}
          onClose={editor.close}
          act={act}
        />
      )}
    </>
  );
}

/** Session records are the subject, so they come before other keys. */
const sessionsFirst = (keys: readonly KeyView[]) =>
  keys.toSorted((a, b) => Number(a.sid === null) - Number(b.sid === null));
