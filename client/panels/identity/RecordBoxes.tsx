/** The boxes of session records in the picture. */
import type { CSSProperties, ReactNode } from 'react';
import { basketTexts } from '../../../scenarios/engine/recordBasket.ts';
import type { Basket, SessionRecord } from '../../../scenarios/engine/sessionRecord.ts';
import type { WhoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { about } from '../../ui/follow.ts';
import { Sid, sidColor, sidShape } from '../../ui/Sid.tsx';
import { fitting } from '../../ui/textWidth.ts';
import { insideOf, isFlat, narrow, narrowRecord, place } from './boxRoom.ts';
import { charactersIn } from './fitting.ts';
import type { Box } from './layout/geometry.ts';

interface RecordProps {
  record: SessionRecord;
  /** Whether no browser holds a cookie for it. */
  stray: boolean;
  box: Box;
  sids: readonly string[];
  timeLeft: (expiresAt: number, room: number) => ReactNode;
}

export function RecordBox({ record, stray, box, sids, timeLeft }: RecordProps) {
  const { kind, sid, state, mark } = record;
  const color = kind === 'remember' ? 'var(--mute)' : sidColor(sid, sids);
  return (
    <div
      className="identity-box identity-record"
      data-stray={stray || undefined}
      title={stray ? 'No browser here holds its cookie' : undefined}
      data-state={state}
      data-mark={mark ?? undefined}
      data-flat={isFlat(box)}
      style={{ ...place(box), '--identity-color': color } as CSSProperties}
      {...about(sid)}
    >
      <span className="identity-record-name">
        <RecordName record={record} box={box} sids={sids} />
      </span>
      <span className="identity-quiet number">
        <RecordState record={record} stray={stray} box={box} timeLeft={timeLeft} />
      </span>
    </div>
  );
}

const isNew = ({ state, mark }: SessionRecord) => state === 'live' && mark === 'added';

/** Which record it is, and whether the step made it. */
function RecordName({ record, box, sids }: Pick<RecordProps, 'record' | 'box' | 'sids'>) {
  const { kind, sid, process } = record;
  const isShort = box.width < narrow;
  const room = insideOf(box, narrowRecord);
  const forNew = isNew(record) ? besideNew : 0;
  // On one line, the time left stands beside it.
  const forTime = isFlat(box) ? roomForTime : 0;
  // Beside the mark of a new record, the first letters of its ID are better than none.
  const forMark = isNew(record) && !isShort ? besideWord : forNew;
  const letters = isFlat(box) && isShort ? 0 : charactersIn(room - forMark - forTime);
  return (
    <>
      {process !== null ? (
        <ProcessName {...{ process, sid, sids }} room={room - besideShape - forNew - forTime} />
      ) : kind === 'remember' ? (
        <span className="identity-process mono">{seriesName(sid, room - forNew)}</span>
      ) : (
        <Sid sid={sid} sids={sids} most={letters} />
      )}
      {isNew(record) && (
        <span className="change-mark" data-mark="added">
          {isShort || process !== null ? '+' : '+ new'}
        </span>
      )}
    </>
  );
}

/** What the record holds and how long it will, or what became of it. */
function RecordState({ record, stray, box, timeLeft }: Pick<RecordProps, 'record' | 'stray' | 'box' | 'timeLeft'>) {
  const { state, basket, expiresAt } = record;
  const isOneLine = isFlat(box);
  const room = insideOf(box, narrowRecord) - (isOneLine ? besideShape + (isNew(record) ? besideNew : 0) : 0);
  if (state !== 'live') return stateText(record, isOneLine, room);
  const held = basket && !isOneLine ? heldIn(basket, room) : null;
  return (
    <>
      {stray && !isOneLine && box.width >= roomForStray && 'no cookie · '}
      {held && (
        <span className="identity-held" data-changed={basket?.isChanged || undefined} title={held.whole}>
          {held.text}
        </span>
      )}
      {held?.withTime && ' · '}
      {(held?.withTime ?? true) && (expiresAt === null ? 'never expires' : timeLeft(expiresAt, held ? 0 : room))}
    </>
  );
}

/** Why a record means nobody. @param room px for the text */
function stateText({ state, process }: SessionRecord, isOneLine: boolean, room: number): string {
  switch (state) {
    case 'none':
      return process !== null && isOneLine ? 'none' : 'no record';
    case 'kept':
      return isOneLine ? 'expired' : 'expired, kept';
    case 'elsewhere':
      return 'not in Redis';
    case 'unseen':
      return 'not seen';
    case 'unreachable':
      return 'not reached';
    default:
      return fitting([...(isOneLine ? [] : [`− record ${state}`]), `− ${state}`, state], room);
  }
}

/** Pixels. */
const monoLetter = 7;

/** "remember:NiGB…", as its key begins in Redis, where there is room for it. */
function seriesName(key: string, room: number): string {
  const letters = /remember:(.{4})/.exec(key)?.[1];
  const long = `remember:${letters}…`;
  return letters !== undefined && long.length * monoLetter <= room ? long : 'remember';
}

/** Pixels of the shape of an ID, of the mark of a new record, and of the time left, where they share the line of other words. */
const besideShape = 16;
const besideNew = 22;
const besideWord = 46;
const roomForTime = 62;

/** Pixels of "29:57", and of the dot before it. */
const roomForClock = 46;

/** Returns what a record holds, with the time left if there is room for both: what it holds is what the lesson is about. */
function heldIn(basket: Basket, room: number) {
  const [list, count] = basketTexts(basket);
  const sign = basket.isChanged ? '~ ' : '';
  const [whole, short] = [`${sign}${list}`, `${sign}${count}`];
  const beside = room - roomForClock;
  const fits = (text: string, width: number) => fitting([text, ''], width) !== '';
  const text = fits(whole, room) ? whole : short;
  return { text, withTime: fits(text, beside), whole: list };
}

/** Pixels. In a narrower box the time left counts more than that no cookie leads to it, which no line shows. */
const roomForStray = 150;

interface ProcessNameProps {
  process: string;
  sid: string;
  sids: readonly string[];
  /** px for the name. */
  room: number;
}

/** The shape of the session ID, whose letters are in the chip on the line to it, and the process that has the record. */
function ProcessName({ process, sid, sids, room }: ProcessNameProps) {
  const name = process === 'the app' ? 'memory' : process;
  const short = fitting([name, name.replace('process ', '#')], room);
  return (
    <span className="identity-process" title={`The record of session ${sid} in the memory of ${process}`}>
      <span className="identity-shape">{sidShape(sid, sids)}</span> {short}
    </span>
  );
}

/** Records that no browser holds a cookie for. */
export function OthersBox({ who: { otherRecords, keptRecords, browsers }, box }: { who: WhoIsWho; box: Box }) {
  const allKept = keptRecords >= otherRecords;
  const room = insideOf(box, narrowRecord);
  const isBegun = browsers.some(({ begun }) => begun !== null);
  const why = allKept ? 'expired, kept' : isBegun ? 'cookies not kept' : 'no browser here';
  const count = isBegun ? `${otherRecords}` : `+ ${otherRecords}`;
  const first = fitting([`${count} records`, count], room, 14);
  const shorter = allKept ? 'kept' : first === count ? 'records' : isBegun ? 'no cookies' : 'no browser';
  return (
    <div className="identity-box identity-others" style={place(box)} title={why} {...about()}>
      <span>{first}</span>
      {!isFlat(box) && (
        <span className="identity-quiet" data-kept={allKept || undefined}>
          {fitting([why, shorter], room)}
        </span>
      )}
    </div>
  );
}
