/** The picture of who the shop thinks each browser is: browser, session cookie, session record, person. */
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { Fragment, type ReactNode, useMemo, useRef } from 'react';
import { type Part, toneOf } from '../../../scenarios/engine/verdict.ts';
import type { WhoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { whoIsWhoLines } from '../../../scenarios/engine/whoIsWhoLines.ts';
import { distinctKeys } from '../../ui/distinctKeys.ts';
import { about } from '../../ui/follow.ts';
import { useInnerSize } from '../../ui/panel.ts';
import { hasRoom } from '../../ui/room.ts';
import { Chip } from './Chip.tsx';
import { BrowserBox, CopyBox, DataBox, DeliveryBox, PageBox, PersonBox, personColor } from './IdentityBoxes.tsx';
import { CookieLine, lineKeys, Travel } from './IdentityLines.tsx';
import './IdentityPicture.css';
import type { Box } from './layout/geometry.ts';
import { layOut } from './layout/layOut.ts';
import type { Person, Picture } from './layout/picture.ts';
import { OthersBox, RecordBox } from './RecordBoxes.tsx';
import { OtherCookieBox, TokenBox } from './TokenBox.tsx';

interface Props {
  who: WhoIsWho;
  /** What it means, in sentences. */
  parts: readonly Part[];
  /** All session ids of the trace, in their order. */
  sids: readonly string[];
  /** The actors whom the other variant takes for somebody else: since the step with that index, or null for the step that is shown. */
  differing?: ReadonlyMap<string, number | null>;
  /** Names the play of a step. When it changes, the session IDs of the step travel once from browser to person; null: they do not. */
  play?: string | null;
  /** Draws how much time a record has left, in so many px. */
  timeLeft: (expiresAt: number, room: number) => ReactNode;
  /** What else is drawn, above or below the rest, and the same in words. */
  more?: { draw: (picture: Picture) => ReactNode; lines: readonly string[] } | null;
}

/** The drawing is for the eye; screen readers get the same as a list, and everybody gets the sentence. */
export function IdentityPicture({ who, parts, sids, differing, play = null, timeLeft, more = null }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useInnerSize(frame);
  const stacked = hasRoom('below-900');
  const picture = useMemo(() => layOut(who, Math.max(300, width), stacked), [who, width, stacked]);
  const actors = who.browsers.map(({ actor }) => actor);
  const isNoToken = ({ cookie }: Picture['lines'][number]) => !picture.tokens.some((token) => token.cookie === cookie);
  const tone = toneOf(parts);
  const keys = lineKeys(picture.lines);
  const spoken = [...whoIsWhoLines(who), ...(more?.lines ?? [])];
  const spokenKeys = distinctKeys(spoken);
  return (
    <div className="identity">
      <div ref={frame} className="identity-frame" aria-hidden="true">
        <div className="identity-drawing" style={{ paddingTop: picture.height }}>
          <svg width={picture.width} height={picture.height}>
            <title>Lines from browsers to records and people</title>
            {picture.lines.map((line, index) => (
              <CookieLine key={keys[index]} line={line} sids={sids} />
            ))}
            {picture.names.map(({ path, from, person, record }) => (
              <path
                key={path}
                d={path}
                className="identity-name-line"
                data-kind={record.kind}
                style={{ stroke: personColor(person, who) }}
                {...about(...sidsFrom(from, picture))}
              />
            ))}
            {picture.pages.map(({ page, path, joins }) => (
              <g key={`${page.host} ${page.from}`}>
                <path d={path} className="identity-asks" data-broken={joins === null} />
                {joins && <circle cx={joins.x} cy={joins.y} r={3.5} className="identity-joins" />}
              </g>
            ))}
            {picture.deliveries.flatMap(({ data }) =>
              (data?.paths ?? []).map((path) => <path key={path} d={path} className="identity-asks" />),
            )}
            {picture.otherCookies.map(({ path }) => (
              <path key={path} d={path} className="identity-line" style={{ stroke: 'var(--mute)' }} />
            ))}
            {picture.misled.map(({ path, browser }) => (
              <path key={browser.actor.name} d={path} className="identity-asks" />
            ))}
            {picture.begun && (
              <path
                d={picture.begun.path}
                className="identity-name-line"
                style={{ stroke: personColor(picture.begun.person, who) }}
              />
            )}
            {play !== null && <Travel key={play} picture={picture} sids={sids} />}
          </svg>
          {picture.browsers.map(({ browser, box }) => (
            <BrowserBox
              key={browser.actor.name}
              browser={browser}
              actors={actors}
              box={box}
              gap={picture.gap}
              differs={differing?.get(browser.actor.name)}
            />
          ))}
          {picture.copies.map(({ copy, box }) => (
            <CopyBox key={`${copy.host} ${copy.cookie.sid}`} copy={copy} box={box} />
          ))}
          {picture.pages.map(({ page, box }) => (
            <PageBox key={`${page.host} ${page.from}`} page={page} box={box} />
          ))}
          {picture.deliveries.map(({ delivery, box, data }) => (
            <Fragment key={`${delivery.host} received`}>
              <DeliveryBox delivery={delivery} box={box} />
              {data && <DataBox text={delivery.account!.email} box={data.box} />}
            </Fragment>
          ))}
          {picture.otherCookies.map(({ cookie, browser, box }) => (
            <OtherCookieBox key={`${browser.actor.name} ${box.y}`} cookie={cookie} box={box} />
          ))}
          {picture.tokens.map(({ record, cookie, box }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two browsers may hold the same token
            <TokenBox key={index} {...{ record, cookie, box, sids, timeLeft }} />
          ))}
          {picture.lines.map(
            (line, index) => isNoToken(line) && <Chip key={keys[index]} line={line} who={who} sids={sids} />,
          )}
          {picture.records.map(({ record, box, stray }) => (
            <RecordBox
              key={`${record.sid} ${record.process}`}
              record={record}
              stray={stray}
              box={box}
              sids={sids}
              timeLeft={timeLeft}
            />
          ))}
          {picture.others && <OthersBox who={who} box={picture.others} />}
          {picture.people.map((person) => (
            <PersonBox key={`${person.box.y}`} person={person} who={who} sids={sidsTo(person, picture)} />
          ))}
          {more?.draw(picture)}
        </div>
      </div>
      <ul className="spoken">
        {spoken.map((line, index) => (
          <li key={spokenKeys[index]}>{line}</li>
        ))}
      </ul>
      <p className="identity-verdict" data-tone={tone}>
        {tone === 'danger' && <IconAlertTriangle size={15} stroke={2} aria-hidden="true" />}
        {tone === 'safe' && <IconShieldCheck size={15} stroke={2} aria-hidden="true" />}
        <span>
          {parts.map(({ text, tone }, index) => (
            <span key={text} data-tone={tone}>
              {index === 0 ? text : ` ${text}`}
            </span>
          ))}
        </span>
      </p>
    </div>
  );
}

/** The session IDs of the records from which a line to a person starts. */
const sidsFrom = (from: Box, { records }: Picture) =>
  records.flatMap(({ record, box }) => (box === from ? [record.sid] : []));
const sidsTo = (person: Person, picture: Picture) =>
  picture.names.flatMap((name) => (name.person === person ? sidsFrom(name.from, picture) : []));
