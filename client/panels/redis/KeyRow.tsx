import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import { span } from '../../../scenarios/engine/durations.ts';
import { keyToFollow } from '../../../scenarios/engine/followed.ts';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import { meaningOfGroup, topicOfKey } from '../../../scenarios/engine/subject.ts';
import { useTicking } from '../../player/usePlayer.ts';
import { ChangeMark } from '../../ui/ChangeMark.tsx';
import { Countdown, fractionLeft } from '../../ui/Countdown.tsx';
import { Followable } from '../../ui/Followable.tsx';
import { about } from '../../ui/follow.ts';
import { Sid, sidColor } from '../../ui/Sid.tsx';
import { KeyLifetime } from './KeyLifetime.tsx';
import { Value } from './KeyValue.tsx';
import { timeLeft } from './keyLine.ts';
import { changeWord, shortName } from './keyText.ts';

interface Props {
  shown: KeyView;
  namespace: string;
  who: string;
  /** Role, basket and further fields, in one text. */
  rest: string;
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
 * One key in one line, and on demand its full name, its last change and its value. It renders only when the key changes. What
 * counts down in it are components of their own, so that there can be hundreds of rows.
 */
export const KeyRow = memo(function KeyRow(props: Props) {
  const { shown, who, rest, cause, sids, open, onToggle } = props;
  const { key, sid, expiresAt, mark, changedAt } = shown;
  const gone = mark === 'removed';
  return (
    <fieldset
      className="card key"
      aria-label={key}
      data-changed={mark !== null}
      data-gone={gone || undefined}
      data-open={open || undefined}
      {...about(sid ?? keyToFollow(key))}
    >
      <button
        type="button"
        className="plain key-line"
        aria-expanded={open}
        aria-keyshortcuts="F"
        onClick={() => onToggle(key, !open)}
        title={key}
      >
        <KeyName shown={shown} sids={sids} />
        <span className="key-about">
          {who && <strong>{who}</strong>}
          {who && rest && !gone && ' · '}
          {!gone && rest}
        </span>
        {!open && <ChangeMark mark={mark} word={gone ? changeWord(shown) : ''} />}
        {gone ? !open && <span className="key-cause">{cause}</span> : <TimeLeft expiresAt={expiresAt} />}
      </button>
      {expiresAt !== null && !gone && (
        <LifetimeBar from={changedAt} to={expiresAt} color={sid ? sidColor(sid, sids) : 'var(--mute)'} />
      )}
      {open && <Opened {...props} />}
    </fieldset>
  );
});

/** A key's name as the app knows it, with a session id as a chip. */
function KeyName({ shown: { key, name, sid }, sids }: Pick<Props, 'shown' | 'sids'>) {
  return (
    <span className="key-name mono">
      {sid ? (
        <>
          <span className="key-prefix">{name.slice(0, -sid.length)}</span>
          <Sid sid={sid} sids={sids} />
        </>
      ) : (
        <Followable name={keyToFollow(key)} what={`key ${name}`} className="key-prefix" inButton>
          {shortName(name)}
        </Followable>
      )}
    </span>
  );
}

/** The full name, the exact TTL, the last change and the value, with what can be done to them. */
function Opened({ shown, namespace, cause, sids, onEdit, act }: Props) {
  const { key, name, sid, expiresAt, mark, value, before } = shown;
  const gone = mark === 'removed';
  const { group } = topicOfKey(name, []);
  const meaning = sid ? null : meaningOfGroup(group);
  return (
    <div className="key-open">
      {meaning && (
        <p className="key-meaning">
          {group}: {meaning}
        </p>
      )}
      <div className="key-head">
        <p className="key-change">
          <ChangeMark mark={mark} word={changeWord(shown)} /> {cause}
        </p>
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
      {value && <Value value={value} before={gone ? null : before} sids={sids} />}
      <p className="key-full mono">
        <span className="key-namespace">{namespace}</span>
        <Followable name={sid ?? keyToFollow(key)} what={`${sid ? 'session of the record' : 'key'} ${name}`}>
          {name}
        </Followable>
      </p>
    </div>
  );
}

function LifetimeBar({ from, to, color }: { from: number; to: number; color: string }) {
  return <Countdown left={useTicking((now) => fractionLeft(from, to, now))} color={color} />;
}

/** Two spans: what a clock shows is short, and what a screen reader says has units. */
function TimeLeft({ expiresAt }: { expiresAt: number | null }) {
  const clock = useTicking((now) => (expiresAt === null ? null : timeLeft(expiresAt - now)));
  const words = useTicking((now) => (expiresAt === null ? 'no expiry' : `${span(expiresAt - now)} left`));
  if (clock === null) return <span className="key-left">no expiry</span>;
  return (
    <span className="key-left number" title={words}>
      <span aria-hidden="true">{clock}</span>
      <span className="spoken">{words}</span>
    </span>
  );
}
