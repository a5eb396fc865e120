import { useId } from 'react';
import type { OwnBrowser } from '../../../scenarios/engine/api.ts';
import { learner } from '../../../scenarios/engine/identity.ts';
import type { JarView } from '../../../scenarios/engine/marks.ts';
import type { ActorView, View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { lifetimeStart } from '../../player/expiries.ts';
import { Badge } from '../../ui/Badge.tsx';
import { useDialog } from '../../ui/useDialog.ts';
import { CookieCard } from './CookieCard.tsx';
import './Cookies.css';
import { refusedIn } from './cookieParts.ts';
import { type CookieOf, EditCookie } from './EditCookie.tsx';
import { OwnBrowserLink } from './OwnBrowserLink.tsx';

interface Props {
  view: View;
  /** Those visible. */
  events: readonly TraceEvent[];
  sids: readonly string[];
  /** Undefined where there is no app to join at. */
  ownBrowser: OwnBrowser | undefined;
  /** Whether there is a sandbox in which something can be done to them by hand. */
  canAct: boolean;
}

/** Every actor's cookie jar, with what scripts in a page never see. */
export function Cookies({ view, events, sids, ownBrowser, canAct }: Props) {
  const editor = useDialog<CookieOf>();
  return (
    <>
      <div className="panel-head">
        <h2>Cookies</h2>
        {ownBrowser && <OwnBrowserLink ownBrowser={ownBrowser} />}
      </div>
      {view.actors.map((actor) => (
        <Jar key={actor.outline.name} actor={actor} {...{ view, events, sids }} onEdit={canAct ? editor.show : null} />
      ))}
      {canAct && <EditCookie edited={editor.about} opened={editor.opened} onClose={editor.close} />}
    </>
  );
}

interface JarProps extends Pick<Props, 'view' | 'events' | 'sids'> {
  actor: ActorView;
  onEdit: ((of: CookieOf) => void) | null;
}

function Jar({ actor, view, events, sids, onEdit }: JarProps) {
  const name = useId();
  const { outline, cookies } = actor;
  return (
    <fieldset className="card jar" aria-labelledby={name} data-changed={cookies.some(({ mark }) => mark !== null)}>
      <div className="jar-head">
        <Badge actor={outline} actors={view.actors.map(({ outline }) => outline)} />
        <strong id={name}>{outline.label}</strong>
        {cookies.length === 0 && <span className="panel-empty">no cookies</span>}
      </div>
      {sessionsFirst(cookies).map((shown) => (
        <CookieCard
          key={`${shown.cookie.name} ${shown.cookie.domain} ${shown.cookie.path}`}
          shown={shown}
          owner={outline}
          actors={view.header.scenario.actors}
          refused={refusedIn(events, shown.cookie.name, shown.cookie.value)}
          since={lifetimeStart(events, outline.name, shown.cookie)}
          sids={sids}
          onEdit={onEdit}
        />
      ))}
      {outline.name === learner.name && (
        <p className="jar-note">
          As far as its requests and their answers tell. Compare with your browser’s developer tools, under Application
          or Storage: only they see the jar itself.
        </p>
      )}
    </fieldset>
  );
}

/** Session cookies are what this is about; what else the shop sets comes below them. */
const sessionsFirst = (cookies: JarView[]) => [
  ...cookies.filter(({ cookie }) => cookie.sid !== null),
  ...cookies.filter(({ cookie }) => cookie.sid === null),
];
