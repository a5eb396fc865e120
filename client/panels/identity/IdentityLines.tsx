/** What leads from a browser to a record in the picture: a line, and what travels along. */

import type { SessionCookie } from '../../../scenarios/engine/sessionCookies.ts';
import { distinctKeys } from '../../ui/distinctKeys.ts';
import { about } from '../../ui/follow.ts';
import { sidColor } from '../../ui/Sid.tsx';
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
