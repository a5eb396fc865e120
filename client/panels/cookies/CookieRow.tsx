import { IconChevronRight } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { span } from '../../../scenarios/engine/durations.ts';
import type { JarView } from '../../../scenarios/engine/marks.ts';
import type { ActorOutline, RecordedCookie } from '../../../scenarios/engine/trace.ts';
import { hasExpired } from '../../player/expiries.ts';
import { useTicking } from '../../player/usePlayer.ts';
import { ChangeMark } from '../../ui/ChangeMark.tsx';
import { Countdown, fractionLeft } from '../../ui/Countdown.tsx';
import { Followable } from '../../ui/Followable.tsx';
import { about } from '../../ui/follow.ts';
import { sidColor } from '../../ui/Sid.tsx';
import { countdownText } from '../../ui/timeText.ts';
import { CookieMenu } from './CookieMenu.tsx';
import './CookieRow.css';
import { CookieValue } from './CookieValue.tsx';
import { attributesOf, changeWord, hostOf, isSubject, meaningOfCookie, saidBy } from './cookie.ts';
import type { OwnedCookie } from './EditCookie.tsx';

interface Props {
  shown: JarView;
  owner: ActorOutline;
  /** What a click on its name follows, unless it stands for a session. */
  follows: string;
  actors: readonly ActorOutline[];
  /** The request in which the app found a forged signature; null when there is none. */
  forged: string | null;
  /** Sandbox ms since which the cookie has had its expiry. */
  since: number;
  sids: readonly string[];
  /** Whether the browsers hold cookies of several hosts. Then each cookie names its own. */
  manyHosts: boolean;
  /** Opens the editor; null when there is no sandbox to change the cookie in. */
  onEdit: ((edited: OwnedCookie) => void) | null;
}

/** One cookie in a line, with a second line for its attributes. Where they are not the subject, that line opens on a click. */
export const CookieRow = memo(function CookieRow({
  shown,
  owner,
  follows,
  actors,
  forged,
  since,
  sids,
  manyHosts,
  onEdit,
}: Props) {
  const { cookie, mark } = shown;
  const expired = useTicking((now) => mark !== 'removed' && hasExpired(cookie, now));
  const [chosen, setChosen] = useState<boolean | null>(null);
  const subject = isSubject(cookie, forged);
  const opened = subject || (chosen ?? mark === 'changed');
  const meaning = meaningOfCookie(cookie);
  const gone = expired || mark === 'removed';
  const change = <ChangeMark mark={expired ? 'removed' : mark} word={expired ? 'expired' : changeWord(shown)} />;
  const name = (inButton: boolean) => (
    <Followable name={follows} what={`cookie ${cookie.name} of ${owner.label}`} inButton={inButton}>
      {cookie.name}
    </Followable>
  );
  return (
    <div className="cookie" data-gone={gone || undefined} data-changed={mark !== null} {...about(cookie.sid, follows)}>
      <div className="cookie-line">
        {subject ? (
          <span className="cookie-name mono" title={cookie.name}>
            {cookie.sid === null ? name(false) : cookie.name}
          </span>
        ) : (
          <button
            type="button"
            className="plain cookie-opener mono"
            aria-expanded={opened}
            aria-keyshortcuts="F"
            title={cookie.name}
            onClick={() => setChosen(!opened)}
          >
            <IconChevronRight size={13} stroke={1.8} aria-hidden="true" />
            <span className="cookie-name">{name(true)}</span>
          </button>
        )}
        <CookieValue cookie={cookie} sids={sids} />
        {!opened && change}
        {!gone && <TimeLeft cookie={cookie} />}
        {onEdit && !gone && <CookieMenu cookie={cookie} owner={owner} actors={actors} onEdit={onEdit} />}
      </div>
      {forged !== null && (
        <p className="cookie-forged">
          <span aria-hidden="true">✕ </span>The signature does not fit. The app noticed it in {forged}.
        </p>
      )}
      {opened && !subject && meaning && <p className="cookie-meaning">{meaning}</p>}
      {opened && (
        <div className="cookie-details">
          <Attributes cookie={cookie} withHost={manyHosts || !subject} />
          {change}
        </div>
      )}
      {opened &&
        cookie.expiresAt !== null &&
        (gone ? (
          // Its bar is empty: without one, everything below would jump.
          <Countdown left={0} color="transparent" />
        ) : (
          <LifetimeBar
            from={since}
            to={cookie.expiresAt}
            color={cookie.sid ? sidColor(cookie.sid, sids) : 'var(--mute)'}
          />
        ))}
    </div>
  );
});

function Attributes({ cookie, withHost }: { cookie: RecordedCookie; withHost: boolean }) {
  const host = hostOf(cookie);
  const said = saidBy(cookie);
  const shown = [...(said ? [said] : []), ...attributesOf(cookie), ...(withHost || host.notable ? [host] : [])];
  return (
    <ul className="cookie-attributes">
      {shown.map(({ text, weak, why }) => (
        <li key={text} data-weak={weak || undefined} title={why}>
          {text}
        </li>
      ))}
    </ul>
  );
}

function LifetimeBar({ from, to, color }: { from: number; to: number; color: string }) {
  return <Countdown left={useTicking((now) => fractionLeft(from, to, now))} color={color} />;
}

/** Two texts: a clock is short, and what a screen reader says has units. */
function TimeLeft({ cookie: { expiresAt, attributes } }: { cookie: RecordedCookie }) {
  const clock = useTicking((now) => (expiresAt === null ? null : countdownText(expiresAt - now)));
  const words = useTicking((now) => (expiresAt === null ? '' : `expires in ${span(expiresAt - now)}`));
  if (clock === null) {
    return <span className="cookie-left">{attributes === 'unknown' ? 'expiry unknown' : 'no expiry'}</span>;
  }
  return (
    <span className="cookie-left number" title={words}>
      <span aria-hidden="true">{clock}</span>
      <span className="spoken">{words}</span>
    </span>
  );
}
