import { memo } from 'react';
import { usePlayer, usePlayerState } from '../../player/usePlayer.ts';
import { useInAdvance } from '../../ui/lazily.ts';
import { FreePlay } from '../play/FreePlay.tsx';
import { Drawer, type Tab } from './Drawer.tsx';
import { diffTab } from './diffTab.tsx';
import { ExchangePicker } from './ExchangePicker.tsx';
import { loadedLater } from './lazyCode.ts';
import { code, commands, curl, log, type Moment, type MomentTab, wire } from './requestTabs.tsx';

/** One request from every side, and everything that happened as text. */
export const Details = memo(function Details(moment: Moment) {
  const player = usePlayer();
  const { view, events, position, exchange } = moment;
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  useInAdvance(loadedLater);

  const here = ({ count, panel, ...tab }: MomentTab): Tab => ({
    ...tab,
    ...(count && { count: count(moment) || '' }),
    panel: () => panel(moment),
  });
  const tabs = [
    ...[wire, commands, code].map(here),
    diffTab(view.header.scenario, view.header.variant),
    ...[curl, log].map(here),
  ];
  // With no app behind it there is nobody to play with.
  if (!recorded) {
    const panel = () => <FreePlay view={view} events={events.slice(0, position)} />;
    tabs.push({ value: 'play', label: 'Free play', panel });
  }

  return (
    <Drawer tabs={tabs}>
      <ExchangePicker view={view} selected={exchange} onSelect={player.select} />
    </Drawer>
  );
});
