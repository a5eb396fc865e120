/** What the chip of a cookie says in the picture, besides its ID, as far as there is room for it. Pure. */
import type { Broken } from '../../../scenarios/engine/brokenCookie.ts';
import type { Mark } from '../../../scenarios/engine/marks.ts';
import { changeTexts, type SessionCookie } from '../../../scenarios/engine/sessionCookies.ts';
import type { WhoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { brokenText } from '../../../scenarios/engine/whoIsWhoLines.ts';
import { changeSigns } from '../../ui/ChangeMark.tsx';
import { fitting, widthOf } from '../../ui/textWidth.ts';
import type { Line } from './layout/picture.ts';

interface ChipText {
  /** In the chip where there is no ID, and no room below it; null where the chip shows what the cookie holds. */
  inside: string | null;
  /** Below the chip: why the app does not see the cookie, else what the step did to it; null where there is nothing to say, or no room. */
  below: string | null;
  /** The attributes that the lesson is about, above or below the chip; '' when there is none. */
  attributes: string;
}

type Room = Pick<Line, 'browser' | 'chip' | 'tight' | 'beside'>;

export function chipText(cookie: SessionCookie, room: Room, who: WhoIsWho): ChipText {
  const { chip, tight, beside } = room;
  const attributes = attributesIn(cookie, chip.width + 2 * besideChip);
  const hindrance = hindranceOf(cookie, chip.width);
  if (hindrance === null) return { inside: null, below: changeOf(cookie, room, who), attributes };
  if (tight && cookie.sid === null) {
    return { inside: fitting([hindrance, hindrance.replace(/ .*$/, '')], chip.width), below: null, attributes };
  }
  // The cross that the words would stand on says as much, and is not cut.
  const hasRoom = !tight || widthOf(hindrance, noteSize) <= beside - 8;
  return { inside: null, below: hasRoom ? hindrance : null, attributes };
}

/** Pixels: the letters above and below a chip, and what is free to the left and to the right of it at least. */
const noteSize = 11;
const besideChip = 12;

/** Why the app does not see the cookie; null when it does. @param width of the chip, in px */
function hindranceOf({ broken, keptFrom }: SessionCookie, width: number): string | null {
  if (broken) return shortBroken(broken);
  if (!keptFrom) return null;
  // The line goes on, because the shop would see the cookie.
  const name = keptFrom.host.split('.')[0]!;
  return fitting([`not sent to ${name}`, `not to ${name}`], width + besideChip, noteSize);
}

function shortBroken(broken: Broken): string {
  switch (broken.how) {
    case 'not-sent':
      return 'not sent';
    case 'refused':
      return 'bad signature';
    case 'denied':
      return 'not accepted';
    case 'not-found':
      return 'not found';
    case 'hidden':
      return 'not read';
    case 'failed':
      return broken.status === null ? 'no answer' : `got ${broken.status}`;
    default:
      return brokenText(broken);
  }
}

/** What the step did to a cookie that the app sees; null when nothing. */
function changeOf(cookie: SessionCookie, { browser, chip, tight }: Room, who: WhoIsWho): string | null {
  const { mark, change, handMade, notKept } = cookie;
  if (browser?.answer && isSameId(cookie, who)) return '= same ID';
  if (notKept) return tight ? '=' : '= sent again, not kept';
  if (handMade) return handText(mark !== null, chip.width);
  if (mark === null) return null;
  return tight ? changeSigns[mark] : `${changeSigns[mark]} ${change ? changeTexts[change] : marks[mark]}`;
}

/** A login that keeps the session ID writes another person into the record that the cookie already named. */
const isSameId = ({ sid, mark }: SessionCookie, { records }: WhoIsWho) =>
  mark !== 'added' &&
  records.some(
    (record) =>
      record.sid === sid && record.user && record.mark === 'changed' && record.before?.name !== record.user.name,
  );

/** Pixels. Below a narrower chip, all of it would reach the record. */
const roomForHand = 60;

/** @param isNew whether it was sent in the step that is shown */
function handText(isNew: boolean, width: number): string {
  if (width < roomForHand) return 'by hand';
  return isNew ? 'sent by hand' : 'sent earlier';
}

const marks: Record<Mark, string> = { added: 'new', changed: 'changed', removed: 'removed' };

/** "not HttpOnly · SameSite=None", in less room "not HttpOnly · SameSite set" */
function attributesIn({ attributes }: SessionCookie, room: number): string {
  const whole = attributes.map(({ text }) => text).join(' · ');
  return fitting([whole, whole.replace(/=.*$/, ' set'), ''], room, noteSize);
}
