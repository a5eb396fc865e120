import { memo, useCallback, useMemo } from 'react';
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import type { View } from '../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { Cookies } from '../panels/cookies/Cookies.tsx';
import { RedisKeys } from '../panels/redis/RedisKeys.tsx';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import { useRegionName } from '../ui/useRegionName.ts';
import { useChangedInSight } from './useChangedInSight.ts';

interface Props {
  view: View;
  events: TraceEvent[];
  sids: string[];
}

/** Pixels at the top of a panel that its title covers, with some air. */
const headHeight = 36;
/** Above the first cookie of a browser stands whose it is. */
const nameHeight = 40;

/** What the browsers and Redis hold. */
export const StateColumn = memo(function StateColumn({ view, events, sids }: Props) {
  const player = usePlayer();
  const ownBrowser = usePlayerState(({ sandbox, status }) => (status === 'ready' ? sandbox?.ownBrowser : undefined));
  const canAct = usePlayerState(({ status }) => status === 'ready');
  const visible = useMemo(() => events.slice(0, view.position), [events, view.position]);
  const act = useCallback((action: ManualAction) => void player.act(action), [player]);
  return (
    <div className="frame-state">
      <section aria-label={useRegionName('Cookies')} ref={useChangedInSight(view, '.cookie', headHeight + nameHeight)}>
        <Cookies view={view} events={visible} sids={sids} ownBrowser={ownBrowser} canAct={canAct} />
      </section>
      <section aria-label={useRegionName('Redis')} ref={useChangedInSight(view, '.key', headHeight)}>
        <RedisKeys view={view} events={events} sids={sids} act={canAct ? act : null} />
      </section>
    </div>
  );
});
