import { ActionIcon, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight, IconPencil, IconTrash } from '@tabler/icons-react';
import type { HandAction } from '../../../scenarios/engine/hand.ts';
import { sidOfKey } from '../../../scenarios/engine/identity.ts';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { ChangeMark } from '../../ChangeMark.tsx';
import { Countdown } from '../../Countdown.tsx';
import { sidColor } from '../../Sid.tsx';
import { span } from '../../spans.ts';
import { EditValue } from './EditValue.tsx';
import { KeyName } from './KeyName.tsx';
import { KeyValueLines } from './KeyValueLines.tsx';
import { Lifetime } from './Lifetime.tsx';
import { changeWord, told } from './told.ts';

interface Props {
  shown: KeyView;
  namespace: string;
  commands: readonly TraceEvent[];
  now: number;
  sids: readonly string[];
  open: boolean;
  onToggle: () => void;
  /** null when there is no sandbox to do it in. */
  act: ((action: HandAction) => void) | null;
}

/** One key: its name, how long it has left to live, its value, and what was last done to it by whom. */
export function KeyRow({ shown, namespace, commands, now, sids, open, onToggle, act }: Props) {
  const [editing, edit] = useDisclosure(false);
  const { key, name, expiresAt, mark, changedAt, value } = shown;
  const gone = mark === 'removed';
  const sid = sidOfKey(key);
  const left = expiresAt === null ? null : expiresAt - now;
  return (
    <fieldset className="card key" aria-label={key} data-changed={mark !== null} data-gone={gone || undefined}>
      <div className="key-head">
        <button type="button" className="plain key-toggle" aria-expanded={open} onClick={onToggle} title={key}>
          <IconChevronRight size={13} stroke={2} aria-hidden="true" />
          <KeyName namespace={namespace} name={name} sids={sids} />
        </button>
        {!gone && <Lifetime left={left} onChange={act && ((ms) => act({ do: 'expire-key', key, ms }))} />}
        {act && !gone && value?.type === 'string' && (
          <Tooltip label="Write another value, as SET would">
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Edit value" onClick={edit.open}>
              <IconPencil size={14} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
        {act && !gone && (
          <Tooltip label="Delete this key, as DEL would">
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label="Delete key"
              onClick={() => act({ do: 'delete-key', key })}
            >
              <IconTrash size={14} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {expiresAt !== null && !gone && (
        <Countdown from={changedAt} to={expiresAt} now={now} color={sid ? sidColor(sid, sids) : 'var(--mute)'} />
      )}
      <p className="key-told">
        <ChangeMark mark={mark} word={changeWord(shown)} />
        <span>{told(shown, commands)}</span>
        {left !== null && !gone && <span className="key-left number">{span(left)} left</span>}
      </p>
      {act && value?.type === 'string' && (
        <EditValue
          name={name}
          value={value.data}
          opened={editing}
          onClose={edit.close}
          onWrite={(value) => act({ do: 'set-key', key, value })}
        />
      )}
      {open && value && <KeyValueLines value={value} before={shown.before} gone={gone} sids={sids} />}
    </fieldset>
  );
}
