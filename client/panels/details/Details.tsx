import { Button } from '@mantine/core';
import { type ComponentType, memo, type ReactNode } from 'react';
import { eventLine } from '../../../scenarios/engine/eventText.ts';
import type { ScenarioOutline, Variant } from '../../../scenarios/engine/trace.ts';
import { usePlayerState } from '../../player/usePlayer.ts';
import { type Lazy, lazily, useInAdvance, useLazy } from '../../ui/lazily.ts';
import { Curl } from './curl/Curl.tsx';
import { Drawer, ExchangePicker, type Tab } from './Drawer.tsx';
import type { Moment, RequestMoment } from './detailsState.ts';
import { Log } from './Log.tsx';
import { RedisCommands } from './RedisCommands.tsx';
import { RequestAndResponse } from './RequestAndResponse.tsx';

/** A tab whose content depends on the moment only, so that a comparison can show it once for each variant. */
export interface MomentTab extends Omit<Tab, 'panel' | 'count'> {
  count?: (moment: Moment) => number | string | undefined;
  panel: (moment: Moment) => ReactNode;
}

interface Props extends Moment {
  /** The content of the tab "Free play". Passed in, because panels do not import each other. */
  FreePlay: ComponentType<Pick<Moment, 'view' | 'events'>>;
  /** Draws a moment of a run with a repair, in the tab "Diff". Passed in for the same reason. */
  RunPicture: RunPicture;
}

type RunPicture = ComponentType<Pick<Moment, 'view' | 'sids'>>;

/** The details of the selected request, the log of all events, and free play. */
export const Details = memo(function Details({ FreePlay, RunPicture, ...moment }: Props) {
  const { view, events, position } = moment;
  const hasApp = usePlayerState((state) => state.hasApp);
  useInAdvance(lazyPanels);

  const atMoment = ({ count, panel, ...tab }: MomentTab): Tab => ({
    ...tab,
    ...(count && { count: count(moment) || '' }),
    panel: () => panel(moment),
  });
  const tabs = [
    ...[wire, commands, code].map(atMoment),
    diffTab(view.header.scenario, view.header.variant, RunPicture),
    ...(hasApp ? [curl, log] : [log]).map(atMoment),
  ];
  // A recording has no app that could answer.
  if (hasApp) {
    const panel = () => <FreePlay view={view} events={events.slice(0, position)} />;
    tabs.push({ value: 'play', label: 'Free play', panel });
  }

  return (
    <Drawer tabs={tabs}>
      <ExchangePicker {...moment} />
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
  panel: ofRequest(RequestAndResponse),
};

export const commands: MomentTab = {
  value: 'commands',
  label: 'Redis commands',
  count: ({ view, exchange }) => commandCount(view, exchange),
  panel: ofRequest(RedisCommands),
};

/** "2 of 9": of the selected request, and of all in its step. */
function commandCount({ exchanges }: Moment['view'], exchange: Moment['exchange']): number | string | undefined {
  if (!exchange) return undefined;
  const inStep = exchanges
    .filter(({ request }) => request.step === exchange.request.step)
    .reduce((sum, { commands }) => sum + commands.length, 0);
  const own = exchange.commands.length;
  return own === inStep ? own : `${own} of ${inStep}`;
}

export const code: MomentTab = {
  value: 'code',
  label: 'Code',
  panel: ofRequest((moment) => <Loaded lazy={lazyCode}>{({ CodeView }) => <CodeView {...moment} />}</Loaded>),
};

/** @param ran the variant that is shown; null when both are */
export const diffTab = (scenario: ScenarioOutline, ran: Variant | null, RunPicture: RunPicture): Tab => ({
  value: 'diff',
  label: 'Diff',
  panel: () => (
    <Loaded lazy={lazyDiff}>{({ DiffView }) => <DiffView scenario={scenario} ran={ran} Picture={RunPicture} />}</Loaded>
  ),
});

export const curl: MomentTab = { value: 'curl', label: 'curl', panel: ofRequest(Curl) };

export const log: MomentTab = { value: 'log', label: 'Log', panel: (moment) => <Log {...moment} /> };

/** Draws a panel for the selected request, or says why there is none. */
function ofRequest(Panel: ComponentType<RequestMoment>) {
  return ({ exchange, ...moment }: Moment) =>
    exchange ? <Panel {...moment} exchange={exchange} /> : <NoRequest {...moment} />;
}

/** Says that the step sent no request, and what happened instead. */
function NoRequest({ view, events }: Omit<Moment, 'exchange'>) {
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
