import { ActionIcon, Tabs } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { memo, type ReactNode, useState } from 'react';
import type { Exchange, View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { useInAdvance } from '../../lazily.ts';
import { usePlayer, usePlayerState } from '../../player/usePlayer.ts';
import { FreePlay } from '../play/FreePlay.tsx';
import { Commands } from './Commands.tsx';
import { lazyCode, lazyDiff } from './code/lazyCode.ts';
import { Curl } from './curl/Curl.tsx';
import './Details.css';
import { showTab, useDetails } from './detailsState.ts';
import { ExchangePicker } from './ExchangePicker.tsx';
import { Loading } from './Loading.tsx';
import { Log } from './Log.tsx';
import { NoRequest } from './NoRequest.tsx';
import { RequestText } from './RequestText.tsx';
import { ResponseText } from './ResponseText.tsx';

interface Props {
  view: View;
  events: readonly TraceEvent[];
  position: number;
  sids: readonly string[];
  exchange: Exchange | null;
}

interface Tab {
  value: string;
  label: string;
  count?: number | undefined;
  /** Drawn only while the tab is open. */
  panel: () => ReactNode;
}

const loadedLater = [lazyCode, lazyDiff];

/** One request from every side, and everything that happened as text. */
export const Details = memo(function Details({ view, events, position, sids, exchange }: Props) {
  const player = usePlayer();
  const { header } = view;
  const tab = useDetails((state) => state.tab);
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  const [tall, setTall] = useState(false);
  useInAdvance(loadedLater);
  const inStep = view.exchanges.filter(({ request }) => request.step === exchange?.request.step);
  const ofRequest = (panel: (exchange: Exchange) => ReactNode) => () =>
    exchange ? panel(exchange) : <NoRequest view={view} events={events} />;

  const tabs: Tab[] = [
    {
      value: 'wire',
      label: 'Request & response',
      panel: ofRequest((exchange) => (
        <div className="wires">
          <RequestText exchange={exchange} sids={sids} />
          <ResponseText exchange={exchange} sids={sids} />
        </div>
      )),
    },
    {
      value: 'commands',
      label: 'Redis commands',
      count: exchange?.commands.length,
      panel: ofRequest((exchange) => <Commands exchange={exchange} namespace={header.namespace} sids={sids} />),
    },
    {
      value: 'code',
      label: 'Code',
      panel: ofRequest((exchange) => (
        <Loading lazy={lazyCode}>
          {({ CodeView }) => <CodeView header={header} exchange={exchange} sids={sids} />}
        </Loading>
      )),
    },
    {
      value: 'diff',
      label: 'Diff',
      panel: () => <Loading lazy={lazyDiff}>{({ DiffView }) => <DiffView header={header} />}</Loading>,
    },
    { value: 'curl', label: 'curl', panel: ofRequest((exchange) => <Curl exchange={exchange} />) },
    { value: 'log', label: 'Log', panel: () => <Log view={view} events={events} position={position} /> },
  ];

  // With no app behind it there is nobody to play with.
  if (!recorded) {
    const panel = () => <FreePlay view={view} events={events.slice(0, position)} />;
    tabs.push({ value: 'play', label: 'Free play', panel });
  }

  const open = tabs.some(({ value }) => value === tab) ? tab : 'wire';

  return (
    <Tabs
      value={open}
      onChange={(value) => value && showTab(value)}
      className="details"
      data-tall={tall || undefined}
      keepMounted={false}
    >
      <div className="details-head">
        <Tabs.List>
          {tabs.map(({ value, label, count }) => (
            <Tabs.Tab key={value} value={value}>
              {label} {count !== undefined && <span className="details-count number">{count || ''}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <ExchangePicker exchanges={inStep} selected={exchange} actors={view.actors} onSelect={player.select} />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          className="details-size"
          aria-label="Taller details"
          aria-pressed={tall}
          onClick={() => setTall(!tall)}
        >
          {tall ? <IconChevronDown size={16} stroke={1.7} /> : <IconChevronUp size={16} stroke={1.7} />}
        </ActionIcon>
      </div>
      {tabs.map(({ value, panel }) => (
        <Tabs.Panel key={value} value={value}>
          {value === open && panel()}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
});
