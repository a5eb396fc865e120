import { useId } from 'react';
import type { ActorView, View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { Badge } from '../../Badge.tsx';
import { lifetimeStart } from '../../expiries.ts';
import { CookieCard } from './CookieCard.tsx';
import './Cookies.css';

interface Props {
  view: View;
  /** Those visible. */
  events: readonly TraceEvent[];
  now: number;
  sids: readonly string[];
}

/** Every actor's cookie jar, with what scripts in a page never see. */
export function Cookies({ view, events, now, sids }: Props) {
  return (
    <>
      <div className="panel-head">
        <h2>Cookies</h2>
      </div>
      {view.actors.map((actor) => (
        <Jar key={actor.outline.name} actor={actor} {...{ view, events, now, sids }} />
      ))}
    </>
  );
}

function Jar({ actor, view, events, now, sids }: Props & { actor: ActorView }) {
  const name = useId();
  const { outline, cookies } = actor;
  return (
    <fieldset className="card jar" aria-labelledby={name} data-changed={cookies.some(({ mark }) => mark !== null)}>
      <div className="jar-head">
        <Badge actor={outline} actors={view.header.scenario.actors} />
        <strong id={name}>{outline.label}</strong>
        {cookies.length === 0 && <span className="panel-empty">no cookies</span>}
      </div>
      {cookies.map((shown) => (
        <CookieCard
          key={`${shown.cookie.name} ${shown.cookie.domain} ${shown.cookie.path}`}
          shown={shown}
          since={lifetimeStart(events, outline.name, shown.cookie)}
          now={now}
          sids={sids}
        />
      ))}
    </fieldset>
  );
}
