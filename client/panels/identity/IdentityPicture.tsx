/** The picture of who the shop thinks each browser is: browser, session cookie, session record, person. */
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, useMemo, useRef } from 'react';
import type { Mark } from '../../../scenarios/engine/marks.ts';
import type { SessionCookie } from '../../../scenarios/engine/sessionCookies.ts';
import type { ActorOutline } from '../../../scenarios/engine/trace.ts';
import type { Browser, SessionRecord, WhoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { brokenText, isPosing, verdict, whoIsWhoLines } from '../../../scenarios/engine/whoIsWhoText.ts';
import { actorColor, Badge } from '../../ui/Badge.tsx';
import { changeSigns } from '../../ui/ChangeMark.tsx';
import { about } from '../../ui/follow.ts';
import { useInnerSize } from '../../ui/panel.ts';
import { Sid, sidColor } from '../../ui/Sid.tsx';
import './IdentityPicture.css';
import { type Box, type Line, layOut, type Person, type Picture } from './layout.ts';

interface Props {
  who: WhoIsWho;
  /** All session ids of the trace, in their order. */
  sids: readonly string[];
  /** The names of the actors whom the other variant takes for somebody else. */
  differing?: readonly string[];
  /** Names the play of a step. When it changes, the session IDs of the step travel once from browser to person; null: they do not. */
  play?: string | null;
  /** Draws how much time a record has left. */
  timeLeft: (expiresAt: number) => ReactNode;
}

/** The drawing is for the eye; screen readers get the same as a list, and everybody gets the sentence. */
export function IdentityPicture({ who, sids, differing = [], play = null, timeLeft }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useInnerSize(frame);
  const picture = useMemo(() => layOut(who, Math.max(300, width)), [who, width]);
  const actors = who.browsers.map(({ actor }) => actor);
  const { text, tone } = verdict(who);
  return (
    <div className="identity">
      <div ref={frame} className="identity-frame" aria-hidden="true">
        <div className="identity-drawing" style={{ height: picture.height }}>
          <svg width={picture.width} height={picture.height}>
            <title>Lines from browsers to records and people</title>
            {picture.lines.map((line) => (
              <CookieLine key={lineKey(line)} line={line} sids={sids} />
            ))}
            {picture.names.map(({ path, from, person }) => (
              <path
                key={path}
                d={path}
                className="identity-name-line"
                style={{ stroke: personColor(person, who) }}
                {...about(...sidsFrom(from, picture))}
              />
            ))}
            {play !== null && <Travel key={play} picture={picture} sids={sids} />}
          </svg>
          {picture.browsers.map(({ browser, box }) => (
            <BrowserBox
              key={browser.actor.name}
              browser={browser}
              actors={actors}
              box={box}
              differs={differing.includes(browser.actor.name)}
            />
          ))}
          {picture.lines.map((line) => (
            <Chip key={lineKey(line)} line={line} who={who} sids={sids} />
          ))}
          {picture.records.map(({ record, box }) => (
            <RecordBox key={record.sid} record={record} box={box} sids={sids} timeLeft={timeLeft} />
          ))}
          {picture.others && (
            <div className="identity-box identity-others" style={place(picture.others)} {...about()}>
              <span>+ {who.otherRecords} records</span>
              <span className="identity-quiet">no browser here</span>
            </div>
          )}
          {picture.people.map((person) => (
            <PersonBox key={`${person.box.y}`} person={person} who={who} sids={sidsTo(person, picture)} />
          ))}
        </div>
      </div>
      <ul className="spoken">
        {whoIsWhoLines(who).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="identity-verdict" data-tone={tone}>
        {tone === 'danger' && <IconAlertTriangle size={15} stroke={2} aria-hidden="true" />}
        {tone === 'safe' && <IconShieldCheck size={15} stroke={2} aria-hidden="true" />}
        <span>{text}</span>
      </p>
    </div>
  );
}

const lineColor = ({ sid }: SessionCookie, sids: readonly string[]) =>
  sid === null ? 'var(--mute)' : sidColor(sid, sids);

const lineKey = ({ browser, cookie }: Line) =>
  `${browser.actor.name} ${cookie?.sid} ${cookie?.mark === 'removed'} ${cookie?.handMade}`;

const place = ({ x, y, width, height }: Box): CSSProperties => ({ left: x, top: y, width, height });

/** Lower boxes have room for one line only. */
const isFlat = ({ height }: Box) => height < 40;

function CookieLine({ line: { cookie, path, end }, sids }: { line: Line; sids: readonly string[] }) {
  if (!cookie) return null;
  const style = { stroke: lineColor(cookie, sids) };
  return (
    <g {...about(cookie.sid)}>
      <path d={path} className="identity-line" data-broken={end !== null} style={style} />
      {end && <path d={`M${end.x - 4} ${end.y - 4} l8 8 m0 -8 l-8 8`} className="identity-break" />}
    </g>
  );
}

/** Pixels. A narrower box has room for the short words only: "Alice’s laptop" is "Laptop", because the badge says whose it is. */
const narrow = 150;

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

interface BrowserProps {
  browser: Browser;
  actors: ActorOutline[];
  box: Box;
  /** Whether the other variant takes it for somebody else. */
  differs: boolean;
}

/** One dot for each browser that got an answer, on its way along the line of its cookie, and one on from the record that it reached. */
function Travel({ picture: { lines, records, names }, sids }: { picture: Picture; sids: readonly string[] }) {
  const moving = lines.filter(({ browser, path }) => browser.answer !== null && path !== '');
  const reached = moving.flatMap(({ cookie, end }) => (cookie?.sid && end === null ? [cookie.sid] : []));
  const known = names.filter(({ from }) =>
    records.some(({ record, box }) => box === from && reached.includes(record.sid)),
  );
  return (
    <>
      {moving.map(({ path, cookie }) => (
        <circle
          key={path}
          r={5}
          className="identity-travel"
          style={{ fill: lineColor(cookie!, sids), offsetPath: `path("${path}")` }}
        />
      ))}
      {known.map(({ path }) => (
        <circle key={path} r={5} className="identity-travel" data-second style={{ offsetPath: `path("${path}")` }} />
      ))}
    </>
  );
}

function BrowserBox({ browser, actors, box, differs }: BrowserProps) {
  const { actor, answer } = browser;
  const [name = '', more] = actor.label.split(/,\s*/);
  const thing = box.width < narrow ? /’s (.+)$/.exec(name)?.[1] : undefined;
  const got = answer && `got ${answer.status}${answer.about ? `, ${answer.about}` : ''}${fromWhere(answer.by)}`;
  return (
    <div
      className="identity-box identity-browser"
      data-posing={isPosing(browser)}
      data-differs={differs}
      {...about(...browser.cookies.map(({ sid }) => sid))}
      data-flat={isFlat(box)}
      style={place(box)}
    >
      {differs && <span className="identity-differs">≠</span>}
      <Badge actor={actor} actors={actors} />
      <span className="identity-words" title={[actor.label, got].filter(Boolean).join(': ')}>
        <strong>{thing ? capitalized(thing) : name}</strong>
        <span className="identity-quiet" data-answer={answer ? (answer.status < 400 ? 'ok' : 'refused') : undefined}>
          {got ?? more ?? (actor.role === 'person' ? '' : actor.role)}
        </span>
      </span>
    </div>
  );
}

const fromWhere = (by: string | null) =>
  by === null
    ? ''
    : by === 'browser' || by === 'cache'
      ? `, from ${by === 'cache' ? 'the ' : 'its '}cache`
      : ` from ${by.replace(/^.*:\/\//, '')}`;

function Chip({ line: { cookie, chip }, who, sids }: Pick<Props, 'who' | 'sids'> & { line: Line }) {
  if (!cookie) {
    return (
      <span className="identity-chip identity-quiet" style={place(chip)} {...about()}>
        no session
      </span>
    );
  }
  const { broken, mark, change, handMade } = cookie;
  const short = broken && (broken.how === 'not-sent' ? 'not sent' : shortBroken[broken.how]);
  const same = isSameId(cookie, who) ? '= same ID' : null;
  const note =
    short ??
    same ??
    (handMade ? 'sent by hand' : mark && `${changeSigns[mark]} ${change ? changes[change] : marks[mark]}`);
  return (
    <span
      className="identity-chip"
      data-removed={mark === 'removed'}
      {...about(cookie.sid)}
      style={place(chip)}
      title={broken ? brokenText(broken) : undefined}
    >
      {cookie.sid === null ? <span className="identity-quiet">no valid ID</span> : <Sid sid={cookie.sid} sids={sids} />}
      {note && (
        <span className="identity-note" data-mark={broken ? 'removed' : (mark ?? undefined)}>
          {note}
        </span>
      )}
    </span>
  );
}

/** A login that keeps the session ID writes another person into the record that the cookie already named. */
const isSameId = ({ sid, mark }: SessionCookie, { records }: WhoIsWho) =>
  mark !== 'added' &&
  records.some(
    (record) =>
      record.sid === sid && record.user && record.mark === 'changed' && record.before?.name !== record.user.name,
  );

const shortBroken = { expired: 'expired', deleted: 'deleted', refused: 'bad signature', 'not-found': 'not found' };
const marks: Record<Mark, string> = { added: 'new', changed: 'changed', removed: 'removed' };
const changes = { 'new-id': 'new ID', edited: 'edited', renewed: 'renewed' };

interface RecordProps extends Pick<Props, 'sids' | 'timeLeft'> {
  record: SessionRecord;
  box: Box;
}

function RecordBox({ record, box, sids, timeLeft }: RecordProps) {
  const { sid, state, mark, expiresAt } = record;
  const isNew = state === 'live' && mark === 'added';
  const style = { ...place(box), '--identity-color': sidColor(sid, sids) } as CSSProperties;
  return (
    <div
      className="identity-box identity-record"
      data-state={state}
      data-mark={mark ?? undefined}
      data-flat={isFlat(box)}
      style={style}
      {...about(sid)}
    >
      <span className="identity-record-name">
        <Sid sid={sid} sids={sids} />
        {isNew && (
          <span className="change-mark" data-mark="added">
            {box.width < narrow ? '+' : '+ new'}
          </span>
        )}
      </span>
      <span className="identity-quiet number">
        {state === 'live' && (expiresAt === null ? 'never expires' : timeLeft(expiresAt))}
        {state === 'none' && 'no record'}
        {state === 'elsewhere' && 'not in Redis'}
        {(state === 'deleted' || state === 'expired') &&
          `− ${isFlat(box) || box.width < narrow ? '' : 'record '}${state}`}
      </span>
    </div>
  );
}

/** The session IDs of the records from which a line to a person starts. */
const sidsFrom = (from: Box, { records }: Picture) =>
  records.flatMap(({ record, box }) => (box === from ? [record.sid] : []));
const sidsTo = (person: Person, picture: Picture) =>
  picture.names.flatMap((name) => (name.person === person ? sidsFrom(name.from, picture) : []));

interface PersonProps {
  person: Person;
  who: WhoIsWho;
  /** The session IDs whose records name the person. */
  sids: string[];
}

function PersonBox({ person, who, sids }: PersonProps) {
  const { user, box } = person;
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
        {user?.name ?? 'nobody'}
      </strong>
      <span className="identity-quiet">{user ? user.role : 'not logged in'}</span>
    </div>
  );
}

/** A person has the color of the actor of that name. */
function personColor({ user }: Person, { browsers }: WhoIsWho): string {
  const actors = browsers.map(({ actor }) => actor);
  const own = browsers.find(({ owner }) => owner !== null && owner === user?.name);
  if (!user) return 'var(--faint)';
  return own ? `var(--actor-${actorColor(own.actor, actors)})` : 'var(--ink)';
}
