import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronRight, IconPencil, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import { span } from '../../../scenarios/engine/durations.ts';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';
import { useTicking } from '../../player/usePlayer.ts';
import { ChangeMark, changeSigns } from '../../ui/ChangeMark.tsx';
import { Countdown, fractionLeft } from '../../ui/Countdown.tsx';
import { type MarkedLine, markLines } from '../../ui/jsonLines.ts';
import { Sid, sidColor, WithSids } from '../../ui/Sid.tsx';
import { KeyLifetime } from './KeyLifetime.tsx';
import { changeWord, valueLines } from './keyText.ts';

interface Props {
  shown: KeyView;
  namespace: string;
  /** Who or what changed it last. */
  cause: string;
  sids: readonly string[];
  open: boolean;
  onToggle: (key: string, open: boolean) => void;
  onEdit: (key: string) => void;
  /** Performs a manual action; null when there is no sandbox. */
  act: ((action: ManualAction) => void) | null;
}

/**
 * One key: its name, its TTL, its value, and its last change. The row renders only when the key changes. What counts down in it
 * are components of their own, so that there can be hundreds of rows.
 */
export const KeyRow = memo(function KeyRow({ shown, namespace, cause, sids, open, onToggle, onEdit, act }: Props) {
  const { key, sid, expiresAt, mark, changedAt, value } = shown;
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
          <KeyName shown={shown} namespace={namespace} sids={sids} />
        </button>
        {!gone && <KeyLifetime expiresAt={expiresAt} onChange={act && ((ms) => act({ do: 'expire-key', key, ms }))} />}
        {act && !gone && value?.type === 'string' && (
          <Tooltip label="Write another value, as SET does">
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Edit value" onClick={() => onEdit(key)}>
              <IconPencil size={14} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
        {act && !gone && (
          <Tooltip label="Delete this key, as DEL does">
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
        <LifetimeBar from={changedAt} to={expiresAt} color={sid ? sidColor(sid, sids) : 'var(--mute)'} />
      )}
      <p className="key-change">
        <ChangeMark mark={mark} word={changeWord(shown)} />
        <span>{cause}</span>
        {expiresAt !== null && !gone && <TimeLeft expiresAt={expiresAt} />}
      </p>
      {open && value && <Value value={value} before={gone ? null : shown.before} sids={sids} />}
    </fieldset>
  );
});

/** A key's name. The namespace is dimmed, because only the sandbox adds it. */
function KeyName({ shown: { name, sid }, namespace, sids }: Pick<Props, 'shown' | 'namespace' | 'sids'>) {
  return (
    <span className="key-name mono">
      <span className="key-namespace">{namespace}</span>
      <span>{sid ? name.slice(0, -sid.length) : name}</span>
      {sid && <Sid sid={sid} sids={sids} />}
    </span>
  );
}

function LifetimeBar({ from, to, color }: { from: number; to: number; color: string }) {
  return <Countdown left={useTicking((now) => fractionLeft(from, to, now))} color={color} />;
}

function TimeLeft({ expiresAt }: { expiresAt: number }) {
  return <span className="key-left number">{useTicking((now) => span(expiresAt - now))} left</span>;
}

interface ValueProps {
  value: KeyValue;
  /** The value when the step started; null to mark no changes. */
  before: KeyValue | null;
  sids: readonly string[];
}

/** A value line by line, with its changes since the step started. */
const Value = memo(function Value({ value, before, sids }: ValueProps) {
  const lines = valueLines(value);
  const marked: MarkedLine[] =
    before?.type === value.type ? markLines(valueLines(before), lines) : lines.map((text) => ({ text, mark: null }));
  return (
    <>
      {value.type !== 'string' && <p className="value-type">{value.type}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll a long value */}
      <pre className="value" tabIndex={0}>
        {marked.map(({ text, mark, was }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
          <span key={index} className="value-line" data-mark={mark ?? undefined}>
            <span className="value-sign" aria-hidden="true">
              {mark && changeSigns[mark]}
            </span>
            <span>
              <WithSids text={text} sids={sids} />
              {was !== undefined && (
                <>
                  {' '}
                  <s>{was}</s>
                </>
              )}
            </span>
          </span>
        ))}
      </pre>
    </>
  );
});
