import { type CSSProperties, memo } from 'react';
import { distinctKeys } from '../../ui/distinctKeys.ts';
import { sidColor, sidShape } from '../../ui/Sid.tsx';
import { endOf, type Lane, type Lifetime } from './lanes.ts';
import { cookieBar, longestTtl, type Scale, ttlCurve } from './scale.ts';

/** Px that are left free above and below. */
const padding = 2.5;

interface Props {
  lane: Lane;
  scale: Scale;
  width: number;
  height: number;
  sids: string[];
}

/**
 * Draws a lane twice: a soft layer, and a solid layer on top. The style sheet cuts the solid layer off at --now, so that nothing
 * is rendered again while time passes.
 */
export const LaneDrawing = memo(function LaneDrawing({ lane, scale, width, height, sids }: Props) {
  const full = longestTtl(lane);
  const keys = distinctKeys(lane.lifetimes.map(({ expiries }) => `${expiries[0]!.at}`));
  return (
    <svg className="life-row" width={width} height={height} aria-hidden="true">
      {(['soft', 'solid'] as const).map((layer) => (
        <g key={layer} className={layer}>
          {layer === 'solid' && <rect className="extent" width={width} height={height} />}
          {lane.lifetimes.map((lifetime, index) => (
            <g key={keys[index]} style={colorsOf(lifetime, sids)}>
              {lane.kind === 'cookie' ? (
                <CookieBar lifetime={lifetime} scale={scale} height={height} sids={sids} />
              ) : (
                <TtlCurve lifetime={lifetime} scale={scale} height={height} full={full} />
              )}
              {layer === 'solid' && <End lifetime={lifetime} scale={scale} height={height} />}
              {layer === 'soft' && <Limit lifetime={lifetime} scale={scale} height={height} />}
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
});

interface LifetimeProps {
  lifetime: Lifetime;
  scale: Scale;
  height: number;
}

function CookieBar({ lifetime, scale, height, sids }: LifetimeProps & { sids: string[] }) {
  const [top, bottom] = [padding + 1, height - padding - 1];
  const { left, right, refreshes } = cookieBar(lifetime, scale);
  const width = Math.max(1.5, right - left);
  const keys = distinctKeys(refreshes.map(String));
  return (
    <>
      <rect className="bar" x={left} y={top} width={width} height={bottom - top} rx={3} />
      {refreshes.map((x, index) => (
        <line key={keys[index]} className="notch" x1={x} x2={x} y1={top} y2={bottom} />
      ))}
      {lifetime.sid !== null && width > 18 && (
        <text className="shape" x={left + 8} y={height / 2 + 3}>
          {sidShape(lifetime.sid, sids)}
        </text>
      )}
    </>
  );
}

/** The dots show where the TTL was refreshed: a second in half an hour would not be visible in the line. */
function TtlCurve({ lifetime, scale, height, full }: LifetimeProps & { full: number }) {
  const { line, area } = ttlCurve(lifetime, scale, full, padding, height - padding);
  const refreshes = lifetime.expiries.slice(1);
  const keys = distinctKeys(refreshes.map(({ at }) => `${at}`));
  return (
    <>
      <path className="area" d={area} />
      <path className="ttl" d={line} />
      {refreshes.map(({ at }, index) => (
        <circle key={keys[index]} className="refresh" cx={scale.x(at)} cy={padding} r={2.5} />
      ))}
    </>
  );
}

/** A bar where it expires, a cross where something else ends it. */
function End({ lifetime, scale, height }: LifetimeProps) {
  const at = endOf(lifetime);
  if (at === null || at > scale.until || lifetime.end?.how === 'replaced') return null;
  const x = scale.x(at);
  if (lifetime.end && lifetime.end.how !== 'expired') {
    return <path className="cut" d={`M${x - 3.5} ${height / 2 - 3.5}l7 7m0 -7l-7 7`} />;
  }
  return <line className="cliff" x1={x} x2={x} y1={1} y2={height - 1} />;
}

/** Marks the app's absolute limit. Whether the session ends there depends on the app. */
function Limit({ lifetime: { limitAt, end }, scale, height }: LifetimeProps) {
  if (limitAt === undefined || limitAt > scale.until || (end && end.at < limitAt)) return null;
  const x = scale.x(limitAt);
  return (
    <path className="limit" d={`M${x} 0V${height}M${x - 3} 0.5H${x + 3}M${x - 3} ${height - 0.5}H${x + 3}`}>
      <title>The absolute limit, counted from the login</title>
    </path>
  );
}

function colorsOf({ sid }: Lifetime, sids: string[]): CSSProperties {
  const color = sid === null ? 'var(--mute)' : sidColor(sid, sids);
  const soft = sid === null ? 'var(--line)' : color.replace(')', '-soft)');
  return { '--tone': color, '--tone-soft': soft } as CSSProperties;
}
