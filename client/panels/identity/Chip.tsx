import type { SessionCookie } from '../../../scenarios/engine/sessionCookies.ts';
import type { Browser, WhoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { brokenText, notSentText } from '../../../scenarios/engine/whoIsWhoLines.ts';
import { about } from '../../ui/follow.ts';
import { Sid } from '../../ui/Sid.tsx';
import { fitting } from '../../ui/textWidth.ts';
import { place } from './boxRoom.ts';
import { chipText } from './chipText.ts';
import { charactersIn, tokenLetters } from './fitting.ts';
import { type Box, widestChip } from './layout/geometry.ts';
import type { Line } from './layout/picture.ts';

interface Props {
  line: Line;
  who: WhoIsWho;
  sids: readonly string[];
}

/** The chip on the line of a cookie: what it holds, and what became of it. Without a cookie, that there is none. */
export function Chip({ line, who, sids }: Props) {
  const { browser, cookie, chip, tight, roomAbove } = line;
  if (!cookie) return <NoCookie browser={browser} chip={chip} />;
  const { broken, mark, keptFrom } = cookie;
  const { inside, below, attributes } = chipText(cookie, line, who);
  return (
    <span
      className="identity-chip"
      data-removed={mark === 'removed'}
      {...about(cookie.sid)}
      style={place(chip)}
      title={broken ? brokenText(broken) : keptFrom ? notSentText(keptFrom) : undefined}
    >
      <Held cookie={cookie} sids={sids} inside={inside} width={chip.width} />
      {attributes !== '' && (roomAbove || (below === null && !tight)) && (
        <span className="identity-note" data-above={roomAbove} data-weak={cookie.attributes.some(({ weak }) => weak)}>
          {attributes}
        </span>
      )}
      {below !== null && (
        <span
          className="identity-note"
          data-tight={tight}
          data-mark={broken ? 'removed' : keptFrom ? undefined : (mark ?? undefined)}
        >
          {below}
        </span>
      )}
    </span>
  );
}

/** How many sessions a browser began whose cookies it does not keep, or that it has none. */
function NoCookie({ browser, chip }: { browser: Browser | null; chip: Box }) {
  if (!browser?.begun) {
    return (
      <span className="identity-chip identity-quiet" style={place(chip)} {...about()}>
        no session
      </span>
    );
  }
  const { records } = browser.begun;
  return (
    <span className="identity-chip" style={place(chip)} {...about()}>
      <span className="identity-quiet">{fitting([`${records} sessions`, String(records)], chip.width - 8)}</span>
    </span>
  );
}

interface HeldProps {
  cookie: SessionCookie;
  sids: readonly string[];
  /** What stands there in place of an ID that does not exist. */
  inside: string | null;
  /** px */
  width: number;
}

/** The session ID in a cookie, or its remember token. */
function Held({ cookie: { sid, token }, sids, inside, width }: HeldProps) {
  if (token !== null) {
    return (
      <span className="identity-token mono" title={`Remember token ${token}…`}>
        {tokenLetters(token, width - tokenPadding)}
      </span>
    );
  }
  if (sid === null) {
    return (
      <span className="identity-quiet" data-broken={inside !== null}>
        {inside ?? fitting(['no valid ID', 'no ID'], width)}
      </span>
    );
  }
  const padding = width < widestChip ? chipPadding.narrow : chipPadding.wide;
  return <Sid sid={sid} sids={sids} most={charactersIn(width - padding)} />;
}

/** Pixels to the left and to the right of an ID in its chip, and of a token in its frame. */
const chipPadding = { narrow: 7, wide: 10.5 };
const tokenPadding = 14;
