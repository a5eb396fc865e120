/** What leads from a browser to a record in the picture: a line, the chip of its cookie, and what travels along. */

import type { Broken } from '../../../scenarios/engine/brokenCookie.ts';
import type { Mark } from '../../../scenarios/engine/marks.ts';
import { changeTexts, type SessionCookie } from '../../../scenarios/engine/sessionCookies.ts';
import type { WhoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { brokenText, notSentText } from '../../../scenarios/engine/whoIsWhoLines.ts';
import { changeSigns } from '../../ui/ChangeMark.tsx';
import { distinctKeys } from '../../ui/distinctKeys.ts';
import { about } from '../../ui/follow.ts';
import { Sid, sidColor } from '../../ui/Sid.tsx';
import { place } from './boxRoom.ts';
import { charactersIn, fitting, tokenLetters, widthOf } from './fitting.ts';
import { widestChip } from './layout/geometry.ts';
import type { Line, Picture } from './layout/picture.ts';

interface Props {
  line: Line;
  sids: readonly string[];
}

const lineColor = ({ sid, token }: SessionCookie, sids: readonly string[]) =>
  sid === null || token !== null ? 'var(--mute)' : sidColor(sid, sids);

/** Two cookies of a browser may name one session. */
export const lineKeys = (lines: readonly Line[]) =>
  distinctKeys(
    lines.map(
      ({ browser, cookie }) =>
        `${browser?.actor.name} ${cookie?.sid} ${cookie?.token} ${cookie?.mark === 'removed'} ${cookie?.handMade}`,
    ),
  );

/** A line to each record that the cookie names. */
export function CookieLine({ line: { cookie, branches }, sids }: Props) {
  const style = { stroke: cookie ? lineColor(cookie, sids) : 'var(--mute)' };
  return (
    <g {...about(cookie?.sid ?? null)}>
      {branches.map(({ path, end }) => (
        <g key={path}>
          <path d={path} className="identity-line" data-broken={end !== null} style={style} />
          {end && <path d={`M${end.x - 4} ${end.y - 4} l8 8 m0 -8 l-8 8`} className="identity-break" />}
        </g>
      ))}
    </g>
  );
}

/** One dot for each browser that got an answer, on its way along the line of its cookie, and one on from the record that it reached. */
export function Travel({ picture: { lines, records, names }, sids }: { picture: Picture; sids: readonly string[] }) {
  const moving = lines.flatMap(({ browser, cookie, branches }) => {
    if (!browser?.answer || !cookie || cookie.token !== null) return [];
    const reaching = branches.filter(({ end }) => end === null);
    return (reaching.length > 0 ? reaching : branches.slice(0, 1)).map((branch) => ({ ...branch, cookie }));
  });
  const reached = moving.filter(({ end }) => end === null).map(({ record }) => record);
  const keys = distinctKeys(moving.map(({ path }) => path));
  const known = names.filter(({ from }) => records.some(({ record, box }) => box === from && reached.includes(record)));
  return (
    <>
      {moving.map(({ path, cookie }, index) => (
        <circle
          key={keys[index]}
          r={5}
          className="identity-travel"
          style={{ fill: lineColor(cookie, sids), offsetPath: `path("${path}")` }}
        />
      ))}
      {known.map(({ path }) => (
        <circle key={path} r={5} className="identity-travel" data-second style={{ offsetPath: `path("${path}")` }} />
      ))}
    </>
  );
}

export function Chip({
  line: { browser, cookie, chip, tight, roomAbove, beside },
  who,
  sids,
}: Props & { who: WhoIsWho }) {
  if (!cookie && browser?.begun) {
    const { records } = browser.begun;
    return (
      <span className="identity-chip" style={place(chip)} {...about()}>
        <span className="identity-quiet">{fitting([`${records} sessions`, String(records)], chip.width - 8)}</span>
      </span>
    );
  }
  if (!cookie) {
    return (
      <span className="identity-chip identity-quiet" style={place(chip)} {...about()}>
        no session
      </span>
    );
  }
  const { broken, mark, change, handMade, notKept, keptFrom } = cookie;
  const short = broken ? shortBroken(broken) : keptFrom && keptText(keptFrom.host, chip.width);
  const same = browser?.answer && isSameId(cookie, who) ? '= same ID' : null;
  const changed =
    mark && (tight ? changeSigns[mark] : `${changeSigns[mark]} ${change ? changeTexts[change] : marks[mark]}`);
  // Without an ID, the chip itself has room for the reason.
  const instead =
    tight && cookie.sid === null && short ? fitting([short, short.replace(/ .*$/, '')], chip.width) : null;
  // The cross that the words would stand on says as much, and is not cut.
  const hasRoom = !tight || !short || widthOf(short, 11) <= beside - 8;
  const note =
    instead === null && hasRoom
      ? (short ??
        same ??
        (notKept ? (tight ? '=' : '= sent again, not kept') : null) ??
        (handMade ? handText(mark !== null, chip.width) : changed))
      : null;
  const whole = cookie.attributes.map(({ text }) => text).join(' · ');
  const attributes = fitting([whole, whole.replace(/=.*$/, ' set'), ''], chip.width + 2 * besideChip, 11);
  return (
    <span
      className="identity-chip"
      data-removed={mark === 'removed'}
      {...about(cookie.sid)}
      style={place(chip)}
      title={broken ? brokenText(broken) : keptFrom ? notSentText(keptFrom) : undefined}
    >
      {cookie.token !== null ? (
        <span className="identity-token mono" title={`Remember token ${cookie.token}…`}>
          {tokenLetters(cookie.token, chip.width - tokenPadding)}
        </span>
      ) : cookie.sid === null ? (
        <span className="identity-quiet" data-broken={instead !== null}>
          {instead ?? 'no valid ID'}
        </span>
      ) : (
        <Sid
          sid={cookie.sid}
          sids={sids}
          most={charactersIn(chip.width - (chip.width < widestChip ? chipPadding.narrow : chipPadding.wide))}
        />
      )}
      {attributes !== '' && (roomAbove || (!note && !tight)) && (
        <span className="identity-note" data-above={roomAbove} data-weak={cookie.attributes.some(({ weak }) => weak)}>
          {attributes}
        </span>
      )}
      {note && (
        <span
          className="identity-note"
          data-tight={tight}
          data-mark={broken ? 'removed' : keptFrom ? undefined : (mark ?? undefined)}
        >
          {note}
        </span>
      )}
    </span>
  );
}

/** Pixels to the left and to the right of an ID in its chip, and of a token in its frame. */
const chipPadding = { narrow: 7, wide: 10.5 };
const tokenPadding = 14;

/** Pixels. Below a narrower chip, all of it would reach the record. */
const roomForHand = 60;

/** @param isNew whether it was sent in the step that is shown */
function handText(isNew: boolean, width: number): string {
  if (width < roomForHand) return 'by hand';
  return isNew ? 'sent by hand' : 'sent earlier';
}

/** A login that keeps the session ID writes another person into the record that the cookie already named. */
const isSameId = ({ sid, mark }: SessionCookie, { records }: WhoIsWho) =>
  mark !== 'added' &&
  records.some(
    (record) =>
      record.sid === sid && record.user && record.mark === 'changed' && record.before?.name !== record.user.name,
  );

/** "not sent to blog": the line goes on, because the shop would see it. */
function keptText(host: string, width: number): string {
  const name = host.split('.')[0]!;
  return fitting([`not sent to ${name}`, `not to ${name}`], width + besideChip, 11);
}

/** Pixels that are free right of a chip at least. */
const besideChip = 12;

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

const marks: Record<Mark, string> = { added: 'new', changed: 'changed', removed: 'removed' };
