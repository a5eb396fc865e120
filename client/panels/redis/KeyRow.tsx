import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronRight, IconPencil, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import { span } from '../../../scenarios/engine/durations.ts';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import { useTicking } from '../../player/usePlayer.ts';
import { ChangeMark } from '../../ui/ChangeMark.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { sidColor } from '../../ui/Sid.tsx';
import { KeyName } from './KeyName.tsx';
import { KeyValueLines } from './KeyValueLines.tsx';
import { Lifetime } from './Lifetime.tsx';
import { changeWord } from './told.ts';

interface Props {
  shown: KeyView;
  namespace: string;
  /** Who or what changed it last, in words. */
  saying: string;
  sids: readonly string[];
  open: boolean;
  onToggle: (key: string, open: boolean) => void;
  onEdit: (key: string) => void;
  /** null when there is no sandbox to do it in. */
  act: ((action: ManualAction) => void) | null;
}

/**
 * One key: its name, how long it has left to live, its value, and what was last done to it by whom. Drawn anew when something is
 * done to it: what counts down does so by itself, so that hundreds of them can.
 */
export const KeyRow = memo(function KeyRow({ shown, namespace, saying, sids, open, onToggle, onEdit, act }: Props) {
  const { key, name, sid, expiresAt, mark, changedAt, value } = shown;
  const gone = mark === 'removed';
  return (
    <fieldset className="card key" aria-label={key} data-changed={mark !== null} data-gone={gone || undefined}>
      <div className="key-head">
        <button
          type="button"
          className="plain key-toggle"
          aria-expanded={open}
          onClick={() => onToggle(key, !open)}
          title={key}
        >
          <IconChevronRight size={13} stroke={2} aria-hidden="true" />
          <KeyName namespace={namespace} name={name} sid={sid} sids={sids} />
        </button>
        {!gone && <Lifetime expiresAt={expiresAt} onChange={act && ((ms) => act({ do: 'expire-key', key, ms }))} />}
        {act && !gone && value?.type === 'string' && (
          <Tooltip label="Write another value, as SET would">
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Edit value" onClick={() => onEdit(key)}>
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
        <Countdown from={changedAt} to={expiresAt} color={sid ? sidColor(sid, sids) : 'var(--mute)'} />
      )}
      <p className="key-told">
        <ChangeMark mark={mark} word={changeWord(shown)} />
        <span>{saying}</span>
        {expiresAt !== null && !gone && <Left expiresAt={expiresAt} />}
      </p>
      {open && value && <KeyValueLines value={value} before={shown.before} gone={gone} sids={sids} />}
    </fieldset>
  );
});

function Left({ expiresAt }: { expiresAt: number }) {
  return <span className="key-left number">{useTicking((now) => span(expiresAt - now))} left</span>;
}
