import { useCallback, useMemo, useState } from 'react';
import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { useDialog } from '../../ui/useDialog.ts';
import { EditValue } from './EditValue.tsx';
import { KeyRow } from './KeyRow.tsx';
import './RedisKeys.css';
import { told } from './told.ts';

interface Props {
  view: View;
  events: readonly TraceEvent[];
  sids: readonly string[];
  /** What can be done to keys by hand; null when there is no sandbox to do it in. */
  act: ((action: ManualAction) => void) | null;
}

/** So many values can be open at once and still be taken in. */
const fewKeys = 4;

/** Every key of the sandbox as Redis has it. */
export function RedisKeys({ view, events, sids, act }: Props) {
  /** Those opened or closed by hand. */
  const [chosen, choose] = useState<Record<string, boolean>>({});
  const toggle = useCallback((key: string, open: boolean) => choose((before) => ({ ...before, [key]: open })), []);
  const editor = useDialog<string>();
  const names = useMemo(
    () => new Map(events.flatMap((event) => (event.type === 'command' ? [[event.id, event.name]] : []))),
    [events],
  );
  const there = view.keys.filter(({ mark }) => mark !== 'removed').length;
  const changed = view.keys.filter(({ mark }) => mark !== null).length;
  const openAtFirst = ({ mark }: KeyView) => view.keys.length <= fewKeys || (mark !== null && changed <= fewKeys);
  return (
    <>
      <div className="panel-head">
        <h2>Redis</h2>
        <span className="mute number redis-address">
          {view.header.address}
          {view.header.address && ', '}
          {there === 1 ? '1 key' : `${there} keys`}
        </span>
      </div>
      {view.storeLost && (
        <p className="redis-lost" role="alert">
          <strong>Redis is lost.</strong> {view.storeLost} What is shown is the last that was seen.
        </p>
      )}
      {view.keys.length === 0 && (
        <p className="card panel-empty redis-empty">No keys: the app has stored nothing yet.</p>
      )}
      {sessionsFirst(view.keys).map((shown) => {
        const open = chosen[shown.key] ?? openAtFirst(shown);
        return (
          <KeyRow
            key={shown.key}
            shown={shown}
            namespace={view.header.namespace}
            saying={told(shown, (command) => names.get(command))}
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

/** The records of sessions are what this is about; what else the app stores comes below them. */
const sessionsFirst = (keys: KeyView[]) => [
  ...keys.filter(({ sid }) => sid !== null),
  ...keys.filter(({ sid }) => sid === null),
];
