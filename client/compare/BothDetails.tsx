import { code, commands, curl, diffTab, lazyPanels, log, type MomentTab, wire } from '../panels/details/Details.tsx';
import { Drawer, ExchangePicker, type Tab } from '../panels/details/Drawer.tsx';
import { PlayerContext } from '../player/usePlayer.ts';
import { useInAdvance } from '../ui/lazily.ts';
import { SideContext, useRegionName } from '../ui/useRegionName.ts';
import { AsksTable } from './AsksTable.tsx';
import './BothDetails.css';
import { bothAsks, countOf } from './bothAsks.ts';
import { sideOf } from './sides.ts';
import type { Watched } from './useSide.ts';

interface Props {
  vulnerable: Watched;
  protected: Watched;
}

/** The questions with both answers; and each side's request from every side, the one beside the other. */
export function BothDetails({ vulnerable, protected: fixed }: Props) {
  const { view } = vulnerable;
  useInAdvance(lazyPanels);
  const asks = bothAsks(view, fixed.view);
  const sideBySide = (tab: MomentTab): Tab => ({
    value: tab.value,
    label: tab.label,
    ...(tab.count && { count: apart(tab.count(vulnerable), tab.count(fixed)) }),
    panel: () => (
      <div className="pair">
        <Column side={vulnerable} tab={tab} />
        <Column side={fixed} tab={tab} />
      </div>
    ),
  });
  return (
    <Drawer
      tabs={[
        {
          value: 'asks',
          label: 'Questions',
          count: countOf(asks),
          panel: () => <AsksTable asks={asks} current={view.step} />,
        },
        ...[wire, commands, code].map(sideBySide),
        diffTab(view.header.scenario, null),
        ...[curl, log].map(sideBySide),
      ]}
    />
  );
}

function Column({ side, tab }: { side: Watched; tab: MomentTab }) {
  return (
    <PlayerContext value={side.player}>
      <SideContext value={side.variant}>
        <Half side={side} tab={tab} />
      </SideContext>
    </PlayerContext>
  );
}

/** It needs its name where it does not stand under its side. */
function Half({ side, tab }: { side: Watched; tab: MomentTab }) {
  const { variant, view, exchange, player } = side;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div className="pair-half" role="group" aria-label={useRegionName(tab.label)}>
      <p className="pair-name" data-variant={variant} aria-hidden="true">
        {sideOf(variant).title}
      </p>
      {exchange && tab !== log && <ExchangePicker view={view} selected={exchange} onSelect={player.select} />}
      <div className="pair-panel">{tab.panel(side)}</div>
    </div>
  );
}

/** How many there are on either side. */
const apart = (one: number | undefined, other: number | undefined) =>
  one === other ? one || '' : `${one ?? 0} ≠ ${other ?? 0}`;
