import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronRight, IconTrash } from '@tabler/icons-react';
import { sidOfKey } from '../../../scenarios/engine/identity.ts';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { ChangeMark } from '../../ChangeMark.tsx';
import { Countdown } from '../../Countdown.tsx';
import { sidColor } from '../../Sid.tsx';
import { span, ttlSeconds } from '../../spans.ts';
import { KeyName } from './KeyName.tsx';
import { KeyValueLines } from './KeyValueLines.tsx';
import { changeWord, told } from './told.ts';

interface Props {
  shown: KeyView;
  namespace: string;
  commands: readonly TraceEvent[];
  now: number;
  sids: readonly string[];
  open: boolean;
  onToggle: () => void;
  onDelete: (() => void) | null;
}

/** One key: its name, how long it has left to live, its value, and what was last done to it by whom. */
export function KeyRow({ shown, namespace, commands, now, sids, open, onToggle, onDelete }: Props) {
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
        {!gone && (
          <span className="key-ttl mono number" title={left === null ? undefined : `${span(left)} left to live`}>
            {left === null ? 'no TTL' : `TTL ${ttlSeconds(left)}`}
          </span>
        )}
        {onDelete && !gone && (
          <Tooltip label="Delete this key, as DEL would">
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Delete key" onClick={onDelete}>
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
      {open && value && <KeyValueLines value={value} before={shown.before} gone={gone} sids={sids} />}
    </fieldset>
  );
}
