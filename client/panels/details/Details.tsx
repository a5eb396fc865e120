import { Button } from '@mantine/core';
import { type ComponentType, memo, type ReactNode } from 'react';
import { eventLine } from '../../../scenarios/engine/eventText.ts';
import type { Exchange, View } from '../../../scenarios/engine/read.ts';
import type { ScenarioOutline, TraceEvent, Variant } from '../../../scenarios/engine/trace.ts';
import { usePlayer, usePlayerState } from '../../player/usePlayer.ts';
import { type Lazy, lazily, useInAdvance, useLazy } from '../../ui/lazily.ts';
import { Curl } from './curl/Curl.tsx';
import { Drawer, ExchangePicker, type Tab } from './Drawer.tsx';
import { Log } from './Log.tsx';
import { RedisCommands } from './RedisCommands.tsx';
import { RequestText, ResponseText } from './RequestAndResponse.tsx';

/** The moment of a run that is shown. */
export interface Moment {
  view: View;
  events: readonly TraceEvent[];
  /** The number of events up to this moment. */
  position: number;
  sids: readonly string[];
  /** The selected request. */
  exchange: Exchange | null;
}

/** A tab whose content depends on the moment only, so that a comparison can show it once for each variant. */
export interface MomentTab extends Omit<Tab, 'panel' | 'count'> {
  count?: (moment: Moment) => number | undefined;
  panel: (moment: Moment) => ReactNode;
}

interface Props extends Moment {
  /** The content of the tab "Free play". Passed in, because panels do not import each other. */
  FreePlay: ComponentType<{ view: View; events: readonly TraceEvent[] }>;
}

/** The details of the selected request, the log of all events, and free play. */
export const Details = memo(function Details({ FreePlay, ...moment }: Props) {
  const player = usePlayer();
  const { view, events, position, exchange } = moment;
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  useInAdvance(lazyPanels);

  const atMoment = ({ count, panel, ...tab }: MomentTab): Tab => ({
    ...tab,
    ...(count && { count: count(moment) || '' }),
    panel: () => panel(moment),
  });
  const tabs = [
    ...[wire, commands, code].map(atMoment),
    diffTab(view.header.scenario, view.header.variant),
    ...[curl, log].map(atMoment),
  ];
  // A recorded trace has no app that could answer.
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

// The highlighter and the source files are too large for the first load of the page.
const lazyCode = lazily(() => import('./code/CodeView.tsx'));
const lazyDiff = lazily(() => import('./diff/DiffView.tsx'));
export const lazyPanels = [lazyCode, lazyDiff];

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
    <RedisCommands exchange={exchange} namespace={view.header.namespace} sids={sids} />
  )),
};

export const code: MomentTab = {
  value: 'code',
  label: 'Code',
  panel: ofRequest((exchange, { view, sids }) => (
    <Loaded lazy={lazyCode}>
      {({ CodeView }) => <CodeView header={view.header} exchange={exchange} sids={sids} />}
    </Loaded>
  )),
};

/** @param ran the variant that is shown; null when both are */
export const diffTab = (scenario: ScenarioOutline, ran: Variant | null): Tab => ({
  value: 'diff',
  label: 'Diff',
  panel: () => <Loaded lazy={lazyDiff}>{({ DiffView }) => <DiffView scenario={scenario} ran={ran} />}</Loaded>,
});

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

/** Draws a panel for the selected request, or says why there is none. */
function ofRequest(panel: (exchange: Exchange, moment: Moment) => ReactNode) {
  return (moment: Moment) =>
    moment.exchange ? panel(moment.exchange, moment) : <NoRequest view={moment.view} events={moment.events} />;
}

/** Says that the step sent no request, and what happened instead. */
function NoRequest({ view, events }: Pick<Moment, 'view' | 'events'>) {
  const happened = events.filter(({ type, step }) => step === view.step && withoutRequest.test(type));
  if (view.step === null) {
    return <p className="panel-empty details-empty">No step has been played yet, so no request was sent.</p>;
  }
  return (
    <div className="panel-empty details-empty">
      <p>{view.running ? 'No request yet.' : 'This step sent no request.'}</p>
      {happened.map((event) => (
        <p key={event.seq}>{eventLine(event, view.header)}.</p>
      ))}
    </div>
  );
}

/** The types of events that can be the point of a step without a request. */
const withoutRequest = /^(?:cookie-|time|page-shown|script|restart|fault)/;

interface LoadedProps<Part> {
  lazy: Lazy<Part>;
  children: (part: Part) => ReactNode;
}

/** Draws with a part of the page that is loaded later. If it cannot be loaded, offers to try again. */
function Loaded<Part>({ lazy, children }: LoadedProps<Part>) {
  const { part, problem, again } = useLazy(lazy);
  if (part) return children(part);
  return problem ? (
    <div className="panel-empty details-empty" role="alert">
      <p>This part of the page could not be loaded, because the server does not answer.</p>
      <Button size="compact-xs" variant="default" onClick={again}>
        Try again
      </Button>
    </div>
  ) : (
    <p className="panel-empty details-empty loading">Loading…</p>
  );
}
