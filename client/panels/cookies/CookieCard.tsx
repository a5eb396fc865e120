import { memo } from 'react';
import { span } from '../../../scenarios/engine/durations.ts';
import type { JarView } from '../../../scenarios/engine/marks.ts';
import type { ActorOutline } from '../../../scenarios/engine/trace.ts';
import { hasExpired } from '../../player/expiries.ts';
import { useTicking } from '../../player/usePlayer.ts';
import { ChangeMark } from '../../ui/ChangeMark.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { sidColor } from '../../ui/Sid.tsx';
import { attributesOf, hostOf } from './attributes.ts';
import { CookieMenu } from './CookieMenu.tsx';
import { CookieValue } from './CookieValue.tsx';
import type { CookieOf } from './EditCookie.tsx';

interface Props {
  shown: JarView;
  owner: ActorOutline;
  actors: readonly ActorOutline[];
  /** In which request the shop found its signature forged; null where it did not. */
  refused: string | null;
  /** Sandbox ms since which it has the expiry it has. */
  since: number;
  sids: readonly string[];
  /** To edit it by hand; null where nothing can be done. */
  onEdit: ((of: CookieOf) => void) | null;
}

/** One cookie as the browser holds it. */
export const CookieCard = memo(function CookieCard({ shown, owner, actors, refused, since, sids, onEdit }: Props) {
  const { cookie, mark } = shown;
  const expired = useTicking((now) => mark !== 'removed' && hasExpired(cookie, now));
  const expiry = useTicking((now) => expiryText(shown, now));
  const { sid } = cookie;
  const host = hostOf(cookie);
  const gone = expired || mark === 'removed';
  return (
    <div className="cookie" data-gone={gone || undefined} data-changed={mark !== null}>
      <div className="cookie-line">
        <span className="cookie-name mono">{cookie.name}</span>
        <CookieValue cookie={cookie} sids={sids} />
        <ChangeMark mark={expired ? 'removed' : mark} word={expired ? 'expired' : (mark ?? '')} />
        {onEdit && !gone && <CookieMenu cookie={cookie} owner={owner} actors={actors} onEdit={onEdit} />}
      </div>
      {refused !== null && (
        <p className="cookie-forged">
          <span aria-hidden="true">✕ </span>The signature does not fit: the shop found it out in {refused}.
        </p>
      )}
      <ul className="cookie-attributes">
        {attributesOf(cookie).map(({ text, weak, why }) => (
          <li key={text} data-weak={weak || undefined} title={why}>
            {text}
          </li>
        ))}
      </ul>
      <p className="cookie-expiry">
        <span className="cookie-host" data-weak={host.weak || undefined} title={host.why}>
          {host.text}
        </span>
        <span className="number">{expiry}</span>
      </p>
      {cookie.expiresAt !== null && mark !== 'removed' && (
        <Countdown from={since} to={cookie.expiresAt} color={sid ? sidColor(sid, sids) : 'var(--mute)'} />
      )}
    </div>
  );
});

function expiryText({ cookie, mark }: JarView, now: number): string {
  if (mark === 'removed') return 'removed';
  if (cookie.attributes === 'unknown') return 'expiry unknown';
  if (cookie.expiresAt === null) return 'no expiry';
  return hasExpired(cookie, now) ? 'dropped by the browser' : `expires in ${span(cookie.expiresAt - now)}`;
}
