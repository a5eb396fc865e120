/** The tabs that look at one request from every side. */
import type { ReactNode } from 'react';
import type { Exchange, View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { Commands } from './Commands.tsx';
import { Curl } from './curl/Curl.tsx';
import type { Tab } from './Drawer.tsx';
import { Loading } from './Loading.tsx';
import { Log } from './Log.tsx';
import { lazyCode } from './lazyCode.ts';
import { NoRequest } from './NoRequest.tsx';
import { RequestText } from './RequestText.tsx';
import { ResponseText } from './ResponseText.tsx';

/** What is looked at in one run. */
export interface Moment {
  view: View;
  events: readonly TraceEvent[];
  position: number;
  sids: readonly string[];
  exchange: Exchange | null;
}

export interface MomentTab extends Omit<Tab, 'panel' | 'count'> {
  count?: (moment: Moment) => number | undefined;
  panel: (moment: Moment) => ReactNode;
}

const ofRequest = (panel: (exchange: Exchange, moment: Moment) => ReactNode) => (moment: Moment) =>
  moment.exchange ? panel(moment.exchange, moment) : <NoRequest view={moment.view} events={moment.events} />;

export const wire: MomentTab = {
  value: 'wire',
  label: 'Request & response',
  panel: ofRequest((exchange, { sids }) => (
    <div className="wires">
      <RequestText exchange={exchange} sids={sids} />
      <ResponseText exchange={exchange} sids={sids} />
    </div>
  )),
};

export const commands: MomentTab = {
  value: 'commands',
  label: 'Redis commands',
  count: ({ exchange }) => exchange?.commands.length,
  panel: ofRequest((exchange, { view, sids }) => (
    <Commands exchange={exchange} namespace={view.header.namespace} sids={sids} />
  )),
};

export const code: MomentTab = {
  value: 'code',
  label: 'Code',
  panel: ofRequest((exchange, { view, sids }) => (
    <Loading lazy={lazyCode}>
      {({ CodeView }) => <CodeView header={view.header} exchange={exchange} sids={sids} />}
    </Loading>
  )),
};

export const curl: MomentTab = {
  value: 'curl',
  label: 'curl',
  panel: ofRequest((exchange) => <Curl exchange={exchange} />),
};

export const log: MomentTab = {
  value: 'log',
  label: 'Log',
  panel: ({ view, events, position }) => <Log view={view} events={events} position={position} />,
};
