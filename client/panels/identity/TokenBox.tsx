/** Cookies in the picture that no record stands behind: signed tokens, and further cookies that the lesson is about. */
import type { CSSProperties, ReactNode } from 'react';
import type { OtherCookie } from '../../../scenarios/engine/otherCookies.ts';
import type { SessionCookie } from '../../../scenarios/engine/sessionCookies.ts';
import type { SessionRecord } from '../../../scenarios/engine/sessionRecord.ts';
import { changeSigns } from '../../ui/ChangeMark.tsx';
import { about } from '../../ui/follow.ts';
import { Sid, sidColor } from '../../ui/Sid.tsx';
import { elided } from '../../ui/textWidth.ts';
import { isFlat, place } from './boxRoom.ts';
import { charactersIn, charactersOf } from './fitting.ts';
import { type Box, widestChip } from './layout/geometry.ts';

interface Props {
  record: SessionRecord;
  cookie: SessionCookie;
  box: Box;
  sids: readonly string[];
  timeLeft: (expiresAt: number, room: number) => ReactNode;
}

/** Pixels. In a narrower box the word counts more than the time left. */
const roomForTime = 92;

/** Pixels of the padding and the border. */
const tokenPadding = { narrow: 11, wide: 17 };

/** Pixels of the word and the gap before it, where it shares the line of the ID. */
const besideId = 46;

export function TokenBox({ record: { sid, expiresAt }, cookie: { broken, mark }, box, sids, timeLeft }: Props) {
  const room =
    box.width - (box.width < widestChip ? tokenPadding.narrow : tokenPadding.wide) - (isFlat(box) ? besideId : 0);
  const style = { ...place(box), '--identity-color': sidColor(sid, sids) } as CSSProperties;
  return (
    <div
      className="identity-box identity-token-box"
      data-flat={isFlat(box)}
      data-removed={mark === 'removed' || broken !== null}
      title="The cookie itself says who it is: the server has no record of it"
      style={style}
      {...about(sid)}
    >
      <Sid sid={sid} sids={sids} most={charactersIn(room)} />
      <span className="identity-quiet number">
        {mark === 'added' && (
          <span className="change-mark" data-mark="added">
            +
          </span>
        )}{' '}
        token
        {!isFlat(box) && box.width >= roomForTime && expiresAt !== null && <> · {timeLeft(expiresAt, 0)}</>}
      </span>
    </div>
  );
}

/** Pixels of the padding and the border, and of a mark before the value. */
const besideValue = 17;
const besideMark = 26;

export function OtherCookieBox({ cookie: { name, value, mark }, box }: { cookie: OtherCookie; box: Box }) {
  const room = box.width - besideValue - (mark ? besideMark : 0);
  const shown = elided(`${name}=${value}`, charactersOf(room));
  return (
    <div
      className="identity-box identity-other mono"
      data-removed={mark === 'removed'}
      style={place(box)}
      title={`The cookie ${name}: ${value}`}
      {...about()}
    >
      <span>
        {mark && (
          <span className="change-mark" data-mark={mark}>
            {changeSigns[mark]}
          </span>
        )}
        {`${mark ? ' ' : ''}${shown}`}
      </span>
    </div>
  );
}
