/** The panels that one variant has, and each side of a comparison: they connect the panels to the player around them. */
import { type CSSProperties, memo, type RefObject, use, useCallback, useEffect, useRef, useState } from 'react';
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import type { View } from '../../scenarios/engine/read.ts';
import { Cookies } from '../panels/cookies/Cookies.tsx';
import { Legend } from '../panels/lifetimes/Legend.tsx';
import { Lifetimes } from '../panels/lifetimes/Lifetimes.tsx';
import { RedisKeys } from '../panels/redis/RedisKeys.tsx';
import { canAct } from '../player/state.ts';
import { useNow, usePlayer, usePlayerState } from '../player/usePlayer.ts';
import { lazily, useLazy } from '../ui/lazily.ts';
import { SideContext, scrollWithin, useRegionName } from '../ui/panel.ts';
import { useLifetimesShown } from './lifetimesShown.ts';
import type { PlayerMoment } from './useMoment.ts';

type StripProps = Pick<PlayerMoment, 'view' | 'events' | 'position' | 'sids'>;

/** The lifetimes, where time is the subject or the learner asks for them. */
export const LifetimesStrip = memo(function LifetimesStrip(moment: StripProps) {
  const shown = useLifetimesShown(moment.view.header.scenario, moment.events);
  const [limits, setLimits] = useState<'unopened' | 'opened' | 'closed'>('unopened');
  // Beside the other side there is no room for it.
  const alone = use(SideContext) === null;
  return (
    shown && (
      <>
        <PassingLifetimes {...moment} onLimits={alone ? () => setLimits('opened') : null} />
        {limits !== 'unopened' && (
          <Limits opened={limits === 'opened'} onClose={() => setLimits('closed')} header={moment.view.header} />
        )}
      </>
    )
  );
});

const lazyLimits = lazily(() => import('../panels/lifetimes/limits/LimitsDialog.tsx'));

/** The limits that a learner tries. They are loaded when they are first opened. */
function Limits({ opened, onClose, header }: { opened: boolean; onClose: () => void; header: View['header'] }) {
  const { part } = useLazy(lazyLimits);
  // Another app has other limits to start with.
  const app = `${header.scenario.slug} ${header.variant} ${header.pace}`;
  return part && <part.LimitsDialog key={app} opened={opened} onClose={onClose} header={header} />;
}

/** As time passes they are drawn again, but the rest of the page is not. */
function PassingLifetimes({ onLimits, ...moment }: StripProps & { onLimits: (() => void) | null }) {
  const player = usePlayer();
  const [asked, setAsked] = useState(false);
  return (
    <Lifetimes
      {...moment}
      now={useNow()}
      onSeek={(step) => void player.goToStep(step + 1)}
      legend={asked ? <Legend onClose={() => setAsked(false)} /> : null}
      onLegend={() => setAsked(true)}
      onLimits={onLimits}
    />
  );
}

/** Pixels at the top of a panel that its title covers, with a margin. */
const titleHeight = 36;
/** Pixels of the actor's name above the first cookie. */
const actorHeight = 40;

type StateProps = Pick<PlayerMoment, 'view' | 'events' | 'visible' | 'sids'>;

/** What the browsers hold. */
export const CookiesPanel = memo(function CookiesPanel({ view, visible, sids }: Omit<StateProps, 'events'>) {
  const acting = usePlayerState(canAct);
  const ownBrowser = usePlayerState(({ sandbox }) => sandbox?.ownBrowser);
  return (
    <section
      aria-label={useRegionName('Cookies')}
      ref={useScrollToChange(view, '.cookie', titleHeight + actorHeight)}
      style={{ '--jars': view.actors.length } as CSSProperties}
    >
      <Cookies view={view} events={visible} sids={sids} ownBrowser={acting ? ownBrowser : undefined} canAct={acting} />
    </section>
  );
});

/** What Redis holds. */
export const RedisPanel = memo(function RedisPanel({ view, events, sids }: Omit<StateProps, 'visible'>) {
  const player = usePlayer();
  const acting = usePlayerState(canAct);
  const redisCli = usePlayerState(({ sandbox }) => sandbox?.redisCli);
  const act = useCallback((action: ManualAction) => void player.act(action), [player]);
  return (
    <section aria-label={useRegionName('Redis')} ref={useScrollToChange(view, '.key', titleHeight)}>
      <RedisKeys {...{ view, events, sids }} redisCli={acting ? redisCli : undefined} act={acting ? act : null} />
    </section>
  );
});

/**
 * Scrolls a panel to the first thing that the current step changed, when the step has been played or is shown again. Scrolls
 * as little as possible: what did not change beside it may be the lesson.
 *
 * @param changeable selects what can change
 * @param covered pixels above it that must be visible, or that the panel's title covers
 */
function useScrollToChange(
  { step, running, header }: View,
  changeable: string,
  covered: number,
): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each step, so that it does not undo the learner's scrolling
  useEffect(() => {
    const { current } = panel;
    const changed = current?.querySelector<HTMLElement>(`${changeable}[data-changed="true"]`);
    if (current && changed && !running) return scrollWithin(current, changed, covered);
  }, [step, running, header.sandbox]);
  return panel;
}
