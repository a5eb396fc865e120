import type { ActorView, View } from '../../scenarios/engine/read.ts';
import { Sid } from '../ui/Sid.tsx';
import './RunPicture.css';

interface Props {
  view: View;
  /** The moment before: what differs from it is new. */
  before: View | null;
  sids: string[];
  compact?: boolean;
}

/** Which session ID each browser holds, and what the step was. */
export function RunPicture({ view, sids }: Props) {
  const step = view.step === null ? undefined : view.steps[view.step];
  return (
    <div className="held">
      <ul>
        {view.actors.map((actor) => {
          const sid = sidHeldBy(actor);
          return (
            <li key={actor.outline.name}>
              <strong>{actor.outline.label}</strong>
              {sid ? <Sid sid={sid} sids={sids} /> : <span className="mute">no session</span>}
            </li>
          );
        })}
      </ul>
      <p className="held-sentence">{step?.outline.title}</p>
    </div>
  );
}

const sidHeldBy = ({ cookies }: ActorView) => cookies.find(({ cookie }) => cookie.sid !== null)?.cookie.sid ?? null;
