import { Popover } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useId } from 'react';
import type { OwnBrowser } from '../../../scenarios/engine/api.ts';
import { cookieToFollow } from '../../../scenarios/engine/followed.ts';
import { learner } from '../../../scenarios/engine/identity.ts';
import type { JarView } from '../../../scenarios/engine/marks.ts';
import type { ActorView, View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { lifetimeStart } from '../../player/expiries.ts';
import { Badge } from '../../ui/Badge.tsx';
import { useDialog } from '../../ui/Dialog.tsx';
import { distinctKeys } from '../../ui/distinctKeys.ts';
import { CookieRow } from './CookieRow.tsx';
import './Cookies.css';
import { forgedIn } from './cookie.ts';
import { EditCookie, type OwnedCookie } from './EditCookie.tsx';

interface Props {
  view: View;
  /** The events up to the view. */
  events: readonly TraceEvent[];
  sids: readonly string[];
  /** Undefined when there is no app that the learner's own browser could join. */
  ownBrowser: OwnBrowser | undefined;
  /** Whether there is a sandbox, so that the learner can change cookies. */
  canAct: boolean;
}

/** Every actor's cookie jar, HttpOnly cookies included. */
export function Cookies({ view, events, sids, ownBrowser, canAct }: Props) {
  const editor = useDialog<OwnedCookie>();
  const manyHosts = new Set(view.actors.flatMap(({ cookies }) => cookies.map(({ cookie }) => cookie.domain))).size > 1;
  return (
    <>
      <div className="panel-head">
        <h2>Cookies</h2>
        {ownBrowser && <OwnBrowserLink ownBrowser={ownBrowser} />}
      </div>
      {view.actors.map((actor) => (
        <Jar
          key={actor.outline.name}
          actor={actor}
          {...{ view, events, sids, manyHosts }}
          onEdit={canAct ? editor.show : null}
        />
      ))}
      {canAct && <EditCookie edited={editor.about} opened={editor.opened} onClose={editor.close} />}
    </>
  );
}

interface JarProps extends Pick<Props, 'view' | 'events' | 'sids'> {
  actor: ActorView;
  manyHosts: boolean;
  onEdit: ((edited: OwnedCookie) => void) | null;
}

function Jar({ actor, view, events, sids, manyHosts, onEdit }: JarProps) {
  const nameId = useId();
  const { outline, cookies } = actor;
  const shown = sessionsFirst(cookies);
  // Two of a name may be for one domain: for that host alone, and for its subdomains, too.
  const keys = distinctKeys(shown.map(({ cookie: { name, domain, path } }) => `${name} ${domain} ${path}`));
  return (
    <fieldset className="card jar" aria-labelledby={nameId} data-changed={cookies.some(({ mark }) => mark !== null)}>
      <div className="jar-head">
        <Badge actor={outline} actors={view.actors.map(({ outline }) => outline)} />
        <strong id={nameId}>{outline.label}</strong>
        {cookies.length === 0 && <span className="panel-empty">no cookies</span>}
      </div>
      {shown.map((shown, index) => (
        <CookieRow
          key={keys[index]}
          shown={shown}
          owner={outline}
          follows={cookieToFollow(view.header, outline.name, shown.cookie.name)}
          actors={view.header.scenario.actors}
          forged={forgedIn(events, shown.cookie)}
          since={lifetimeStart(events, outline.name, shown.cookie)}
          sids={sids}
          manyHosts={manyHosts}
          onEdit={onEdit}
        />
      ))}
      {outline.name === learner.name && (
        <p className="jar-note">
          The sandbox knows these cookies only from requests and responses. Your browser’s developer tools show the jar
          itself, under Application or Storage.
        </p>
      )}
    </fieldset>
  );
}

/** Session cookies are the subject, so they come before other cookies. */
const sessionsFirst = (cookies: readonly JarView[]) =>
  cookies.toSorted((a, b) => Number(a.cookie.sid === null) - Number(b.cookie.sid === null));

/** Links to the app for the learner's own browser, or explains why that browser cannot join. */
function OwnBrowserLink({ ownBrowser }: { ownBrowser: OwnBrowser }) {
  if ('address' in ownBrowser)
    return (
      <a className="own-browser" href={ownBrowser.address} target="_blank" rel="noreferrer">
        <span>
          Join<span className="own-browser-how"> with your own browser</span>
        </span>
        <IconExternalLink size={13} stroke={1.8} aria-hidden="true" />
        <span className="spoken">, in a new tab</span>
      </a>
    );
  return (
    <Popover width={300} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="plain own-browser" data-not>
          Why your own browser cannot join
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className="own-browser-why">{ownBrowser.whyNot}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
