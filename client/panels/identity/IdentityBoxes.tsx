/** The boxes of the picture: browsers, session records, and people. */
import { IconFileText } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import type { CopyElsewhere } from '../../../scenarios/engine/copies.ts';
import { pageText } from '../../../scenarios/engine/lastAnswer.ts';
import type { SessionRecord } from '../../../scenarios/engine/sessionRecord.ts';
import type { ActorOutline } from '../../../scenarios/engine/trace.ts';
import type { Browser, WhoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { isPosing } from '../../../scenarios/engine/whoIsWhoFacts.ts';
import { gotText } from '../../../scenarios/engine/whoIsWhoLines.ts';
import { actorColor, Badge } from '../../ui/Badge.tsx';
import { about } from '../../ui/follow.ts';
import { Sid, sidColor, sidShape } from '../../ui/Sid.tsx';
import type { Box, Person } from './layout.ts';

export const place = ({ x, y, width, height }: Box): CSSProperties => ({ left: x, top: y, width, height });

/** Lower boxes have room for one line only. */
const isFlat = ({ height }: Box) => height < 40;

/** Pixels. A narrower box has room for the short words only: "Alice’s laptop" is "Laptop", because the badge says whose it is. */
const narrow = 150;

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

interface BrowserProps {
  browser: Browser;
  actors: ActorOutline[];
  box: Box;
  /** The index of the step since which the other variant takes it for somebody else; null for the step that is shown; undefined when it does not. */
  differs: number | null | undefined;
}

export function BrowserBox({ browser, actors, box, differs }: BrowserProps) {
  const { actor, answer, streams } = browser;
  const [name = '', more] = actor.label.split(/,\s*/);
  const thing = box.width < narrow ? /’s (.+)$/.exec(name)?.[1] : undefined;
  const got = gotText(browser);
  const stream = streamText(streams, box.width < roomForAnswer);
  const shortest = answer ? pageText({ ...answer, about: null }) : (stream ?? got);
  const short = answer && box.width < roomForAnswer && answer.about ? pageText({ ...answer, about: null }) : got;
  // A narrow box has room for one of them, and what still comes says more.
  const shown = isFlat(box)
    ? shortest
    : box.width < roomForBoth
      ? (stream ?? short)
      : [short, stream].filter(Boolean).join(', ') || null;
  return (
    <div
      className="identity-box identity-browser"
      data-posing={isPosing(browser)}
      data-differs={differs === null || undefined}
      {...about(...browser.cookies.map(({ sid }) => sid))}
      data-flat={isFlat(box)}
      style={place(box)}
    >
      {differs !== undefined && (
        <span className="identity-differs" data-earlier={differs !== null || undefined}>
          ≠{differs !== null && (isFlat(box) ? ` ${differs + 1}` : ` since step ${differs + 1}`)}
        </span>
      )}
      <Badge actor={actor} actors={actors} />
      <span className="identity-words" title={[actor.label, got, stream].filter(Boolean).join(': ')}>
        <strong>{thing ? capitalized(thing) : name}</strong>
        <span
          className="identity-quiet"
          data-answer={answer ? (answer.status < 400 ? 'ok' : 'refused') : got ? 'refused' : undefined}
        >
          {isFlat(box) && box.width < narrow ? '' : (shown ?? more ?? (actor.role === 'person' ? '' : actor.role))}
        </span>
      </span>
    </div>
  );
}

/** Another site that was sent a cookie. It is no browser: nobody sends the copy until somebody reads it. */
export function CopyBox({ copy: { host, within, cookie }, box }: { copy: CopyElsewhere; box: Box }) {
  const where = within === 'body' ? 'in a file' : 'in an address';
  return (
    <div
      className="identity-box identity-browser identity-copy"
      data-flat={isFlat(box)}
      style={place(box)}
      title={`A copy of the cookie, ${where} that ${host} was sent`}
      {...about(cookie.sid)}
    >
      <IconFileText size={18} stroke={1.6} aria-hidden="true" />
      <span className="identity-words">
        <strong>{box.width < narrow ? host.replace(/\.example$/, '') : host}</strong>
        {!isFlat(box) && <span className="identity-quiet">copy {where}</span>}
      </span>
    </div>
  );
}

/** Pixels. In a narrower box the name in an answer would be cut off. */
const roomForAnswer = 132;

/** Pixels. In a narrower box there is no room for an answer and what a stream brings. */
const roomForBoth = 170;

/** "got 2 events" in this step, else "stream open"; null without a stream. @param short "2 events", "stream" */
function streamText({ open, heard }: Browser['streams'], short: boolean): string | null {
  if (heard > 0) return `${short ? '' : 'got '}${heard} ${heard === 1 ? 'event' : 'events'}`;
  if (open > 0) return short ? 'stream' : 'stream open';
  return null;
}

interface RecordProps {
  record: SessionRecord;
  /** Whether no browser holds a cookie for it. */
  stray: boolean;
  box: Box;
  sids: readonly string[];
  timeLeft: (expiresAt: number) => ReactNode;
}

export function RecordBox({ record, stray, box, sids, timeLeft }: RecordProps) {
  const { kind, sid, process, state, mark, expiresAt } = record;
  const isNew = (state === 'live' || state === 'token') && mark === 'added';
  const color = kind === 'remember' ? 'var(--mute)' : sidColor(sid, sids);
  const style = { ...place(box), '--identity-color': color } as CSSProperties;
  return (
    <div
      className="identity-box identity-record"
      data-kind={kind}
      data-stray={stray || undefined}
      title={stray ? 'No browser here holds its cookie' : undefined}
      data-state={state}
      data-mark={mark ?? undefined}
      data-flat={isFlat(box)}
      style={style}
      {...about(sid)}
    >
      <span className="identity-record-name">
        {process !== null && <ProcessName {...{ process, sid, sids, box }} />}
        {kind === 'remember' && <span className="identity-process mono">remember</span>}
        {kind === 'session' &&
          process === null &&
          ((isFlat(box) && box.width < narrow) || (isNew && box.width < roomForNew) ? (
            <Shape sid={sid} sids={sids} />
          ) : (
            <Sid sid={sid} sids={sids} />
          ))}
        {isNew && (
          <span className="change-mark" data-mark="added">
            {box.width < narrow || process !== null ? '+' : '+ new'}
          </span>
        )}
      </span>
      <span className="identity-quiet number">
        {state === 'live' && stray && !isFlat(box) && box.width >= roomForStray && 'no cookie · '}
        {state === 'live' && (expiresAt === null ? 'never expires' : timeLeft(expiresAt))}
        {state === 'none' && (process !== null && isFlat(box) ? 'none' : 'no record')}
        {state === 'token' && <TokenText record={record} box={box} timeLeft={timeLeft} />}
        {state === 'kept' && (isFlat(box) ? 'expired' : 'expired, kept')}
        {state === 'elsewhere' && 'not in Redis'}
        {state === 'unseen' && 'not seen'}
        {state === 'unreachable' && 'not reached'}
        {isGone(state) &&
          (process !== null && isFlat(box) ? state : `− ${isFlat(box) || box.width < narrow ? '' : 'record '}${state}`)}
      </span>
    </div>
  );
}

/** A token says itself until when it counts. Nobody has to say so twice: the line to it leads to no record. */
function TokenText({ record: { expiresAt }, box, timeLeft }: Pick<RecordProps, 'record' | 'box' | 'timeLeft'>) {
  if (expiresAt === null) return box.width < roomForToken ? 'token only' : 'token, no record';
  return (
    <>
      {box.width < roomForToken || isFlat(box) ? '' : 'token, '}
      {timeLeft(expiresAt)}
    </>
  );
}

const isGone = (state: SessionRecord['state']) => ['deleted', 'evicted', 'expired', 'lost'].includes(state);

/** Pixels. In a narrower box the letters of an ID leave no room for the mark of a new record. */
const roomForNew = 104;

/** Pixels. In a narrower box the time left counts more than that no cookie leads to it, which no line shows. */
const roomForStray = 150;

/** Pixels. In a narrower box there is no room to say that a token needs no record. */
const roomForToken = 124;

/** Pixels. In a narrower box there is room for the number of a process, not for the word. */
const roomForProcess = 110;

/** Where there is no room for its letters: they are in the chip on the line to it. */
function Shape({ sid, sids }: { sid: string; sids: readonly string[] }) {
  return (
    <span className="identity-shape" title={sid}>
      {sidShape(sid, sids)}
    </span>
  );
}

/** The shape of the session ID, whose letters are in the chip on the line to it, and the process that has the record. */
function ProcessName({ process, sid, sids, box }: { process: string; sid: string; sids: readonly string[]; box: Box }) {
  const name = process === 'the app' ? 'memory' : process;
  const short = isFlat(box) && box.width < roomForProcess ? name.replace('process ', '#') : name;
  return (
    <span className="identity-process" title={`The record of session ${sid} in the memory of ${process}`}>
      <span className="identity-shape">{sidShape(sid, sids)}</span> {short}
    </span>
  );
}

/** Pixels. In a narrower box a role would be half a word. */
const roomForRole = 94;

interface PersonProps {
  person: Person;
  who: WhoIsWho;
  /** The session IDs whose records name the person. */
  sids: string[];
}

export function PersonBox({ person, who, sids }: PersonProps) {
  const { user, waitsFor, box } = person;
  const isNew = who.records.some(
    (record) => record.state === 'live' && record.user?.name === user?.name && record.before?.name !== user?.name,
  );
  const style = { ...place(box), '--identity-color': personColor(person, who) } as CSSProperties;
  return (
    <div
      className="identity-box identity-person"
      data-nobody={user === null}
      data-flat={isFlat(box)}
      style={style}
      {...about(...sids)}
    >
      <strong>
        {user && isNew && '+ '}
        {user?.name ?? (waitsFor && box.width >= roomForRole ? 'nobody yet' : 'nobody')}
      </strong>
      {box.width >= (isFlat(box) ? narrow : roomForRole) && (
        <span className="identity-quiet">{user ? user.role : waitsFor ? 'password only' : 'not logged in'}</span>
      )}
    </div>
  );
}

/** A person has the color of the actor of that name. */
export function personColor({ user }: Person, { browsers }: WhoIsWho): string {
  const actors = browsers.map(({ actor }) => actor);
  const own = browsers.find(({ owner }) => owner !== null && owner === user?.name);
  if (!user) return 'var(--faint)';
  return own ? `var(--actor-${actorColor(own.actor, actors)})` : 'var(--ink)';
}
