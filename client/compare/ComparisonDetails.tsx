import { type ReactNode, useMemo } from 'react';
import { CookiesPanel, RedisPanel } from '../frame/MomentPanels.tsx';
import { RunPicture } from '../frame/RunPicture.tsx';
import type { PlayerMoment } from '../frame/useMoment.ts';
import { code, commands, curl, diffTab, lazyPanels, log, type MomentTab, wire } from '../panels/details/Details.tsx';
import { Drawer, ExchangePicker, type Tab } from '../panels/details/Drawer.tsx';
import { PlayerContext, usePlayerState } from '../player/usePlayer.ts';
import { useFollowingScope } from '../ui/follow.ts';
import { useInAdvance } from '../ui/lazily.ts';
import { SideContext, useRegionName } from '../ui/panel.ts';
import { AsksTable } from './AsksTable.tsx';
import './ComparisonDetails.css';
import { type DifferingTab, differingTabs } from './differingTabs.ts';
import { type Side, sides } from './sides.ts';

interface PlayerTab extends Omit<MomentTab, 'panel'> {
  panel: (moment: PlayerMoment) => ReactNode;
}

/** What the browsers and Redis hold, which a single variant shows beside the diagram. */
const cookies: PlayerTab = {
  value: 'cookies',
  label: 'Cookies',
  panel: ({ view, visible, sids }) => <CookiesPanel view={view} visible={visible} sids={sids} />,
};
const redis: PlayerTab = {
  value: 'redis',
  label: 'Redis',
  panel: ({ view, events, sids }) => <RedisPanel view={view} events={events} sids={sids} />,
};

type Moments = Readonly<Record<Side['variant'], PlayerMoment>>;

/** The questions with both answers, and the details of each side's request side by side. */
export function ComparisonDetails(moments: Moments) {
  const { view } = moments.vulnerable;
  const hasApp = usePlayerState((state) => state.hasApp);
  useInAdvance(lazyPanels);
  const asks = view.steps.flatMap(({ index, outline, ask: vulnerable }) => {
    const fixed = moments.protected.view.steps[index]?.ask ?? null;
    return outline.ask ? [{ index, question: outline.ask.question, vulnerable, protected: fixed }] : [];
  });
  const answeredCount = asks.filter((ask) => ask.vulnerable && ask.protected).length;
  const differing = useDiffering(moments);
  const sideBySide = ({ count, ...tab }: PlayerTab): Tab => ({
    value: tab.value,
    label: tab.label,
    differs: differing.has(tab.value),
    ...(count && { count: countOfBoth(count(moments.vulnerable), count(moments.protected)) }),
    panel: () => (
      <div className="pair">
        {sides.map((side) => (
          <PlayerContext key={side.variant} value={moments[side.variant].player}>
            <SideContext value={side.variant}>
              <Half side={side} moment={moments[side.variant]} tab={tab} />
            </SideContext>
          </PlayerContext>
        ))}
      </div>
    ),
  });
  return (
    <Drawer
      tabs={[
        {
          value: 'asks',
          label: 'Questions',
          count: `${answeredCount} of ${asks.length}`,
          panel: () => <AsksTable asks={asks} current={view.step} />,
        },
        ...[cookies, redis, wire, commands, code].map(sideBySide),
        diffTab(view.header.scenario, null, RunPicture),
        ...(hasApp ? [curl, log] : [log]).map(sideBySide),
      ]}
    />
  );
}

const none: ReadonlySet<DifferingTab> = new Set();

/** The tabs of the panels that show a difference which the current step has made. None while a side still plays it. */
function useDiffering({ vulnerable, protected: fixed }: Moments): ReadonlySet<string> {
  return useMemo(() => {
    const { step } = vulnerable.view;
    if (step !== fixed.view.step || vulnerable.view.running || fixed.view.running) return none;
    const ofStep = ({ view: { header }, visible }: PlayerMoment) => ({
      header,
      events: visible.filter((event) => event.step === step),
    });
    return differingTabs(ofStep(vulnerable), ofStep(fixed));
  }, [vulnerable, fixed]);
}

/** The tabs that do not depend on the selected request. */
const withoutRequest = [log.value, cookies.value, redis.value];

interface HalfProps {
  side: Side;
  moment: PlayerMoment;
  tab: PlayerTab;
}

/** The panel of one side. Its name is visible only where it does not stand below its side. */
function Half({ side: { variant, title }, moment, tab }: HalfProps) {
  const { view, exchange } = moment;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div className="pair-half" role="group" aria-label={useRegionName(tab.label)} {...useFollowingScope(moment)}>
      <p className="pair-name" data-variant={variant} aria-hidden="true">
        {title}
      </p>
      {exchange && !withoutRequest.includes(tab.value) && <ExchangePicker view={view} exchange={exchange} />}
      <div className="pair-panel">{tab.panel(moment)}</div>
    </div>
  );
}

/** Returns one number if both sides have the same; both numbers otherwise; nothing for none. */
const countOfBoth = (one: number | string = 0, other: number | string = 0) =>
  one === other ? one || '' : `${one} ≠ ${other}`;
