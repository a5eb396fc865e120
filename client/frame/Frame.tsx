import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useCallback, useMemo } from 'react';
import { sessionIds } from '../../scenarios/engine/identity.ts';
import { emptyView } from '../../scenarios/engine/read.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { Details } from '../panels/details/Details.tsx';
import { Diagram } from '../panels/diagram/Diagram.tsx';
import { FreePlay } from '../panels/play/FreePlay.tsx';
import { Steps } from '../panels/steps/Steps.tsx';
import { shownOf } from '../player/players.ts';
import { selectedExchange, viewOf } from '../player/state.ts';
import { usePlayer, usePlayerState, usePlayers } from '../player/usePlayer.ts';
import './Frame.css';
import { FrameEnd } from './FrameEnd.tsx';
import { LifetimesStrip } from './LifetimesStrip.tsx';
import { StateColumn } from './StateColumn.tsx';
import { unmade } from './unmade.ts';

interface Props {
  scenario: ScenarioOutline;
  /** The next one in reading order, null after the last; undefined where there is no way on. */
  next?: ScenarioOutline | null;
  /** What stands over the panels; it is handed how to show the keys. */
  header: (onHelp: () => void) => ReactNode;
}

/**
 * Everything around and between the panels of one scenario. What arrives while a step plays draws it several times: each panel is
 * handed what stays the same as long as nothing in it changes, and is drawn again only when something did.
 */
export function Frame({ scenario, next, header }: Props) {
  const player = usePlayer();
  const state = usePlayerState((all) => all);
  const view = viewOf(state) ?? emptyView(unmade(scenario));
  const { events } = state;
  const sids = useMemo(() => sessionIds(events), [events]);
  const position = viewOf(state)?.position ?? 0;
  const exchange = selectedExchange(view, state.selected);
  const [told, help] = useDisclosure(false);
  const players = usePlayers();
  const otherVariant = useCallback(
    () => void players.show(shownOf(player) === 'vulnerable' ? 'protected' : 'vulnerable'),
    [players, player],
  );
  const head = useMemo(() => header(help.open), [header, help.open]);

  return (
    <div className="frame" data-busy={state.busy ?? undefined}>
      {head}
      <main className="frame-main">
        <h1 className="spoken">{scenario.title}</h1>
        <div className="frame-lifetimes">
          <LifetimesStrip view={view} events={events} position={position} sids={sids} onGoTo={player.goToStep} />
        </div>
        <section className="frame-steps" aria-label="Steps">
          <Steps
            view={view}
            next={next}
            onGoTo={player.goToStep}
            onOtherVariant={state.status === 'recorded' ? null : otherVariant}
          />
        </section>
        <div className="frame-diagram">
          <Diagram
            view={view}
            events={events}
            position={position}
            sids={sids}
            selected={exchange?.request.id ?? null}
            onSelect={player.select}
          />
        </div>
        <StateColumn view={view} events={events} sids={sids} />
        <section className="frame-details" aria-label="Details">
          <Details {...{ view, events, position, sids, exchange, FreePlay }} />
        </section>
      </main>
      <FrameEnd scenario={scenario} view={view} help={{ told, ...help }} />
    </div>
  );
}
