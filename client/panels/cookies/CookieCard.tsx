import { ActionIcon, Menu } from '@mantine/core';
import { IconChevronRight, IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { span } from '../../../scenarios/engine/durations.ts';
import type { JarView } from '../../../scenarios/engine/marks.ts';
import { changeOf } from '../../../scenarios/engine/sessionCookies.ts';
import type { ActorOutline } from '../../../scenarios/engine/trace.ts';
import { hasExpired } from '../../player/expiries.ts';
import { usePlayer, useTicking } from '../../player/usePlayer.ts';
import { ChangeMark } from '../../ui/ChangeMark.tsx';
import { Countdown, fractionLeft } from '../../ui/Countdown.tsx';
import { sidColor } from '../../ui/Sid.tsx';
import { CookieValue } from './CookieValue.tsx';
import { attributesOf, hostOf } from './cookie.ts';
import type { OwnedCookie } from './EditCookie.tsx';

interface Props {
  shown: JarView;
  owner: ActorOutline;
  actors: readonly ActorOutline[];
  /** The request in which the app found a forged signature; null when there is none. */
  forged: string | null;
  /** Sandbox ms since which the cookie has had its expiry. */
  since: number;
  sids: readonly string[];
  /** Opens the editor; null when there is no sandbox to change the cookie in. */
  onEdit: ((edited: OwnedCookie) => void) | null;
}

/** One cookie as the browser stores it. One that is not about a session is a line at first, which opens on a click. */
export const CookieCard = memo(function CookieCard({ shown, owner, actors, forged, since, sids, onEdit }: Props) {
  const { cookie, mark } = shown;
  const { sid, expiresAt } = cookie;
  const expired = useTicking((now) => mark !== 'removed' && hasExpired(cookie, now));
  const expiry = useTicking((now) => expiryText(shown, now));
  const left = useTicking((now) => (expiresAt === null ? null : fractionLeft(since, expiresAt, now)));
  const host = hostOf(cookie);
  const attributes = attributesOf(cookie);
  const isLesson =
    sid !== null ||
    cookie.attributes === 'unknown' ||
    forged !== null ||
    host.weak ||
    attributes.some(({ weak }) => weak);
  const [chosen, setChosen] = useState<boolean | null>(null);
  const opened = isLesson || (chosen ?? mark === 'changed');
  const gone = expired || mark === 'removed';
  return (
    <div className="cookie" data-gone={gone || undefined} data-changed={mark !== null}>
      <div className="cookie-line">
        {isLesson ? (
          <span className="cookie-name mono">{cookie.name}</span>
        ) : (
          <button
            type="button"
            className="plain cookie-opener"
            aria-expanded={opened}
            onClick={() => setChosen(!opened)}
          >
            <IconChevronRight size={13} stroke={1.8} aria-hidden="true" />
            <span className="cookie-name mono">{cookie.name}</span>
          </button>
        )}
        <CookieValue cookie={cookie} sids={sids} />
        <ChangeMark mark={expired ? 'removed' : mark} word={expired ? 'expired' : changeWord(shown)} />
        {onEdit && !gone && <CookieMenu cookie={cookie} owner={owner} actors={actors} onEdit={onEdit} />}
      </div>
      {forged !== null && (
        <p className="cookie-forged">
          <span aria-hidden="true">✕ </span>The signature does not fit. The app noticed it in {forged}.
        </p>
      )}
      {opened && (
        <ul className="cookie-attributes">
          {attributes.map(({ text, weak, why }) => (
            <li key={text} data-weak={weak || undefined} title={why}>
              {text}
            </li>
          ))}
        </ul>
      )}
      {opened && (
        <p className="cookie-expiry">
          <span className="cookie-host" data-weak={host.weak || undefined} title={host.why}>
            {host.text}
          </span>
          <span className="number">{expiry}</span>
        </p>
      )}
      {opened && left !== null && mark !== 'removed' && (
        <Countdown left={left} color={sid ? sidColor(sid, sids) : 'var(--mute)'} />
      )}
    </div>
  );
});

const changeWords = { 'new-id': 'new ID', edited: 'edited', renewed: 'renewed' };

/** "added", "renewed", "new ID" */
function changeWord({ cookie, before, mark }: JarView): string {
  const change = changeOf(cookie, before, mark);
  return change ? changeWords[change] : (mark ?? '');
}

function expiryText({ cookie, mark }: JarView, now: number): string {
  if (mark === 'removed') return 'removed';
  if (cookie.attributes === 'unknown') return 'expiry unknown';
  if (cookie.expiresAt === null) return 'no expiry';
  return hasExpired(cookie, now) ? 'dropped by the browser' : `expires in ${span(cookie.expiresAt - now)}`;
}

interface MenuProps extends OwnedCookie {
  actors: readonly ActorOutline[];
  onEdit: (edited: OwnedCookie) => void;
}

/**
 * The manual actions on a cookie. The menu stays in the panel, where a screen reader expects it, but has a fixed position, so that
 * the panel does not cut it off.
 */
function CookieMenu({ cookie, owner, actors, onEdit }: MenuProps) {
  const player = usePlayer();
  const { name, domain, path } = cookie;
  const id = { name, domain, path };
  const others = actors.filter((actor) => actor.name !== owner.name);
  return (
    <Menu
      position="bottom-end"
      width={190}
      floatingStrategy="fixed"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Change ${name} of ${owner.label}`}>
          <IconDots size={15} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => onEdit({ cookie, owner })}>
          Edit the value
        </Menu.Item>
        {others.map((actor) => (
          <Menu.Item
            key={actor.name}
            leftSection={<IconCopy size={14} />}
            onClick={() => void player.act({ do: 'copy-cookie', actor: actor.name, from: owner.name, ...id })}
          >
            Copy to {actor.label}
          </Menu.Item>
        ))}
        <Menu.Item
          leftSection={<IconTrash size={14} />}
          onClick={() => void player.act({ do: 'delete-cookie', actor: owner.name, ...id })}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
