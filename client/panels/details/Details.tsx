import { ActionIcon, Tabs } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { Exchange, View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import { FreePlay } from '../play/FreePlay.tsx';
import { Commands } from './Commands.tsx';
import './Details.css';
import { ExchangePicker } from './ExchangePicker.tsx';
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

/** What went over the wire for one request, and everything that happened as text. */
export function Details({ view, events, position, sids, exchange }: Props) {
  const player = usePlayer();
  const { namespace } = view.header;
  const [tall, setTall] = useState(false);
  const inStep = view.exchanges.filter(({ request }) => request.step === exchange?.request.step);
  return (
    <Tabs defaultValue="wire" className="details" data-tall={tall || undefined} keepMounted={false}>
      <div className="details-head">
        <Tabs.List>
          <Tabs.Tab value="wire">Request & response</Tabs.Tab>
          <Tabs.Tab value="commands">
            Redis commands <span className="details-count number">{exchange?.commands.length || ''}</span>
          </Tabs.Tab>
          <Tabs.Tab value="log">Log</Tabs.Tab>
          <Tabs.Tab value="play">Free play</Tabs.Tab>
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
      <Tabs.Panel value="wire">
        {exchange ? (
          <div className="wires">
            <RequestText exchange={exchange} sids={sids} />
            <ResponseText exchange={exchange} sids={sids} />
          </div>
        ) : (
          <NoRequest view={view} events={events} />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="commands">
        {exchange ? (
          <Commands exchange={exchange} namespace={namespace} sids={sids} />
        ) : (
          <NoRequest view={view} events={events} />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="log">
        <Log view={view} events={events} position={position} />
      </Tabs.Panel>
      <Tabs.Panel value="play">
        <FreePlay view={view} events={events.slice(0, position)} />
      </Tabs.Panel>
    </Tabs>
  );
}
