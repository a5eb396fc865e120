import { useCallback, useMemo, useState } from 'react';
import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import { ongoingFaults } from '../../../scenarios/engine/faultSpans.ts';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import { usersIn } from '../../../scenarios/engine/registered.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { useDialog } from '../../ui/Dialog.tsx';
import { copyText } from '../../ui/saveText.ts';
import { arrangeKeys, placesOfKeys } from './arrange.ts';
import { EditValue } from './EditValue.tsx';
import { KeyRow } from './KeyRow.tsx';
import { keyLine } from './keyLine.ts';
import './RedisKeys.css';
import { describeCause } from './keyText.ts';
import { endsOfKeys, keysOfOthers, whyNoKeys } from './noKeys.ts';

interface Props {
  view: View;
  events: readonly TraceEvent[];
  sids: readonly string[];
  /** The command that opens redis-cli where the Redis has a password; undefined where none is needed. */
  redisCli: string | undefined;
  /** Performs a manual action; null when there is no sandbox. */
  act: ((action: ManualAction) => void) | null;
}

/** Up to so many changed values of the subject are open without a click. */
const fewChanged = 4;

/** More than anybody looks through. */
const mostRows = 200;

/** Every key of the sandbox in Redis, one line each: the subject of the scenario first. */
export function RedisKeys({ view, events, sids, redisCli, act }: Props) {
  const { header, keys, position } = view;
  /** Whether a value or a group is open, for those that the learner has opened or closed. */
  const [chosen, setChosen] = useState<Record<string, boolean>>({});
  const toggle = useCallback((id: string, open: boolean) => setChosen((before) => ({ ...before, [id]: open })), []);
  const editor = useDialog<string>();
  const commandNames = useMemo(
    () => new Map(events.flatMap((event) => (event.type === 'command' ? [[event.id, event.name]] : []))),
    [events],
  );
  const places = useMemo(() => placesOfKeys(events), [events]);
  const past = useMemo(() => events.slice(0, position), [events, position]);
  const ends = useMemo(() => endsOfKeys(past), [past]);
  const frozen = ongoingFaults(past).some((fault) => fault.is === 'frozen' && fault.what === 'server');
  const held = new Set(view.actors.flatMap(({ cookies }) => cookies.flatMap(({ cookie }) => cookie.sid ?? [])));
  const others = keysOfOthers(view);
  const users = usersIn(
    header,
    view.exchanges.map(({ response }) => response),
  );
  const groups = arrangeKeys(keys, header.scenario.subject, places, held);
  const present = keys.filter(({ mark }) => mark !== 'removed').length;
  const changed = groups.flatMap(({ subject, shown }) => (subject ? shown.filter(isChanged) : []));
  const openAtFirst = new Set(changed.length <= fewChanged ? changed : []);
  const row = (shown: KeyView) => {
    const { who, rest } = keyLine(shown, keys, { users }, view.memory.length === 0);
    return (
      <KeyRow
        key={shown.key}
        shown={shown}
        namespace={header.namespace}
        who={who}
        rest={rest.join(' · ')}
        cause={describeCause(shown, (command) => commandNames.get(command), ends.get(shown.key))}
        sids={sids}
        open={chosen[shown.key] ?? openAtFirst.has(shown)}
        onToggle={toggle}
        onEdit={editor.show}
        act={act}
      />
    );
  };
  return (
    <>
      <div className="panel-head">
        <h2>Redis</h2>
        <span className="mute number redis-address">
          {header.store === 'mock' ? 'mock' : <Address address={header.address} redisCli={redisCli} />}
          {(header.store === 'mock' || header.address) && ', '}
          {present === 1 ? '1 key' : `${present} keys`}
        </span>
      </div>
      {others > 0 && <p className="mute redis-untold">{others} more keys in this Redis belong to another program.</p>}
      {header.untold !== undefined && (
        <p className="mute redis-untold">{header.untold} Changes by others appear here within a second.</p>
      )}
      {view.storeLost && (
        <p className="redis-lost" role="alert">
          {frozen ? (
            <>
              <strong>Redis is frozen.</strong> It accepts connections and answers nothing, so that clients give up.
            </>
          ) : (
            <>
              <strong>Redis cannot be reached.</strong> {view.storeLost}
            </>
          )}{' '}
          The keys are shown as they were last seen.
        </p>
      )}
      {view.storeSlow && (
        <p className="redis-lost" role="status">
          {view.storeSlow}
        </p>
      )}
      {keys.length === 0 && <p className="card panel-empty">{whyNoKeys(past, header.address !== 'not watched')}</p>}
      {groups.slice(0, mostRows).map(({ group, subject, shown, rest }) => {
        const id = `more ${subject} ${group}`;
        const open = chosen[id] ?? false;
        return (
          <div key={id} className="key-group">
            {shown.map(row)}
            {rest.length > 0 && (
              <button type="button" className="plain key-more" aria-expanded={open} onClick={() => toggle(id, !open)}>
                {open ? `${rest.length} more like these` : `+${rest.length} more like these`}
                {changesIn(rest)}
              </button>
            )}
            {open && rest.slice(0, mostRows).map(row)}
            {open && rest.length > mostRows && (
              <p className="mute key-unshown">… and {rest.length - mostRows} more, which an exported trace has</p>
            )}
          </div>
        );
      })}
      {groups.length > mostRows && (
        <p className="mute key-unshown">
          … and {groups.length - mostRows} more kinds of keys, which an exported trace has
        </p>
      )}
      {act && (
        <EditValue
          shown={keys.find(({ key }) => key === editor.about)}
          opened={editor.opened}
          onClose={editor.close}
          act={act}
        />
      )}
    </>
  );
}

/** A deleted record is told in its line. */
const isChanged = ({ mark }: KeyView) => mark === 'added' || mark === 'changed';

/** Returns ", 12 added, 3 removed". */
function changesIn(keys: readonly KeyView[]): string {
  const counts = (['added', 'changed', 'removed'] as const).map((mark) => {
    const count = keys.filter((key) => key.mark === mark).length;
    return count === 0 ? '' : `, ${count} ${mark}`;
  });
  return counts.join('');
}

/** Where the Redis is. A click copies the command with its password, which is only there while the sandbox is. */
function Address({ address, redisCli }: { address: string | undefined; redisCli: string | undefined }) {
  if (redisCli === undefined) return address;
  return (
    <button
      type="button"
      className="plain"
      title="Copy the redis-cli command with the password of this Redis"
      onClick={() => copyText(redisCli, 'Copied as redis-cli with its password, for a terminal on this machine.')}
    >
      {address}
    </button>
  );
}
