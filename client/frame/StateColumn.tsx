import type { View } from '../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { Cookies } from '../panels/cookies/Cookies.tsx';
import { RedisKeys } from '../panels/redis/RedisKeys.tsx';
import { useNow, usePlayer, usePlayerState } from '../player/usePlayer.ts';

interface Props {
  view: View;
  events: TraceEvent[];
  sids: string[];
}

/** What the browsers and Redis hold, drawn again as time runs, without the rest of the page. */
export function StateColumn({ view, events, sids }: Props) {
  const player = usePlayer();
  const now = useNow();
  const ownBrowser = usePlayerState(({ sandbox, status }) => (status === 'ready' ? sandbox?.ownBrowser : undefined));
  const canAct = usePlayerState(({ status }) => status === 'ready');
  return (
    <div className="frame-state">
      <section aria-label="Cookies">
        <Cookies view={view} events={events.slice(0, view.position)} now={now} sids={sids} ownBrowser={ownBrowser} />
      </section>
      <section aria-label="Redis">
        <RedisKeys
          view={view}
          events={events}
          now={now}
          sids={sids}
          act={canAct ? (action) => void player.act(action) : null}
        />
      </section>
    </div>
  );
}
