import { type CSSProperties, memo } from 'react';
import { sidColor, sidShape } from '../../ui/Sid.tsx';
import { barOf, fullTtl, sawtooth } from './curves.ts';
import { endOf, type Lane, type Life } from './lanes.ts';
import type { Scale } from './scale.ts';

/** Pixels left free above and below what is drawn in a row. */
const padding = 2.5;

interface LifeRowProps {
  lane: Lane;
  scale: Scale;
  width: number;
  height: number;
  sids: string[];
}

/**
 * The drawing of one lane, twice: softly for all of it, and solidly on top. The style sheet cuts the solid one off at --now,
 * so that nothing is drawn again while time goes by.
 */
export const LifeRow = memo(function LifeRow({ lane, scale, width, height, sids }: LifeRowProps) {
  const full = fullTtl(lane);
  return (
    <svg className="life-row" width={width} height={height} aria-hidden="true">
      {(['soft', 'solid'] as const).map((layer) => (
        <g key={layer} className={layer}>
          {layer === 'solid' && <rect className="extent" width={width} height={height} />}
          {lane.lives.map((life) => (
            <g key={life.teeth[0]!.at} style={coloursOf(life, sids)}>
              {lane.kind === 'cookie' ? (
                <CookieBar life={life} scale={scale} height={height} sids={sids} />
              ) : (
                <TtlLine life={life} scale={scale} height={height} full={full} />
              )}
              {layer === 'solid' && <End life={life} scale={scale} height={height} />}
              {layer === 'soft' && <Limit life={life} scale={scale} height={height} />}
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
});

interface PartProps {
  life: Life;
  scale: Scale;
  height: number;
}

function CookieBar({ life, scale, height, sids }: PartProps & { sids: string[] }) {
  const [top, bottom] = [padding + 1, height - padding - 1];
  const { left, right, notches } = barOf(life, scale);
  const width = Math.max(1.5, right - left);
  return (
    <>
      <rect className="bar" x={left} y={top} width={width} height={bottom - top} rx={3} />
      {notches.map((x) => (
        <line key={x} className="notch" x1={x} x2={x} y1={top} y2={bottom} />
      ))}
      {life.sid !== null && width > 18 && (
        <text className="shape" x={left + 8} y={height / 2 + 3}>
          {sidShape(life.sid, sids)}
        </text>
      )}
    </>
  );
}

/** The dots are where its time to live was refreshed: a tooth of a second in half an hour would not be seen. */
function TtlLine({ life, scale, height, full }: PartProps & { full: number }) {
  const { line, area } = sawtooth(life, scale, full, padding, height - padding);
  return (
    <>
      <path className="area" d={area} />
      <path className="ttl" d={line} />
      {life.teeth.slice(1).map(({ at }) => (
        <circle key={at} className="tooth" cx={scale.x(at)} cy={padding} r={2.5} />
      ))}
    </>
  );
}

/** A cross where somebody made an end of it, a bar where its time was up. */
function End({ life, scale, height }: PartProps) {
  const at = endOf(life);
  if (at === null || at > scale.until || life.end?.how === 'replaced') return null;
  const x = scale.x(at);
  if (life.end && life.end.how !== 'expired') {
    return <path className="cut" d={`M${x - 3.5} ${height / 2 - 3.5}l7 7m0 -7l-7 7`} />;
  }
  return <line className="cliff" x1={x} x2={x} y1={1} y2={height - 1} />;
}

/** Where the app's absolute limit is, counted from the login; whether it ends the record there is seen from what follows. */
function Limit({ life: { limitAt, end }, scale, height }: PartProps) {
  if (limitAt === undefined || limitAt > scale.until || (end && end.at < limitAt)) return null;
  const x = scale.x(limitAt);
  return (
    <path className="limit" d={`M${x} 0V${height}M${x - 3} 0.5H${x + 3}M${x - 3} ${height - 0.5}H${x + 3}`}>
      <title>The absolute limit, counted from the login</title>
    </path>
  );
}

function coloursOf({ sid }: Life, sids: string[]): CSSProperties {
  const colour = sid === null ? 'var(--mute)' : sidColor(sid, sids);
  return {
    '--tone': colour,
    '--tone-soft': sid === null ? 'var(--line)' : colour.replace(')', '-soft)'),
  } as CSSProperties;
}
