import { type ReactNode, use, useCallback, useMemo } from 'react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { Details } from '../panels/details/Details.tsx';
import { useDetails } from '../panels/details/detailsState.ts';
import { showFix, useResultShown } from '../panels/details/diff/repairsState.ts';
import { Diagram } from '../panels/diagram/Diagram.tsx';
import { Identity } from '../panels/identity/Identity.tsx';
import { FreePlay } from '../panels/play/FreePlay.tsx';
import { Steps } from '../panels/steps/Steps.tsx';
import { shownOf } from '../player/players.ts';
import { SurroundingsContext } from '../player/surroundings.ts';
import { usePlayer, usePlayerState, usePlayers } from '../player/usePlayer.ts';
import { usePlaying } from '../player/usePlaying.ts';
import './Frame.css';
import { useReplay } from '../player/useReplay.ts';
import { FrameShell } from './FrameShell.tsx';
import { LaneTools } from './LaneTools.tsx';
import { CookiesPanel, LifetimesStrip, RedisPanel } from './MomentPanels.tsx';
import { RunPicture } from './RunPicture.tsx';
import { Tour } from './Tour.tsx';
import { useChoose } from './useChoose.ts';
import { useMoment } from './useMoment.ts';

interface Props {
  scenario: ScenarioOutline;
  /** The next scenario in reading order, null after the last one; undefined if there is nothing to lead on to. */
  next?: ScenarioOutline | null;
  /** Draws the header. `onHelp` opens the list of keys. */
  header: (onHelp: () => void) => ReactNode;
  /** What stands in the footer in place of the controls, where this page does not play what it shows. */
  footer?: ReactNode;
}

/** One variant of a scenario: all its panels, connected to the player. */
export function Frame({ scenario, next, header, footer }: Props) {
  const player = usePlayer();
  const players = usePlayers();
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  const moment = useMoment(player, scenario);
  const { view, events, position, visible, sids, exchange } = moment;
  const moments = useMemo(() => [moment], [moment]);
  const shown = { view, events, position, sids };
  const choose = useChoose(player);
  const replay = useReplay(view);
  const { showTab, tab, size } = useDetails();
  const repairTried = useResultShown(scenario.slug) && tab === 'diff' && size !== 'closed';
  const showDiff = useCallback(
    (fix: boolean) => {
      showFix(scenario.slug, fix);
      showTab('diff');
    },
    [showTab, scenario.slug],
  );
  const showTheFix = useCallback(() => showDiff(true), [showDiff]);
  const showRepairs = useCallback(() => showDiff(false), [showDiff]);
  const repairable = scenario.repairs !== undefined && !recorded && view.header.variant === 'vulnerable';
  const { goToStep } = usePlaying();
  const { hasTour } = use(SurroundingsContext);
  const showOtherVariant = useCallback(
    () => void players.show(shownOf(player) === 'vulnerable' ? 'protected' : 'vulnerable'),
    [players, player],
  );

  return (
    <FrameShell
      name="frame"
      scenario={scenario}
      view={view}
      moments={moments}
      next={next}
      header={header}
      footer={footer}
    >
      <div className="frame-lifetimes">
        <LifetimesStrip {...shown} />
      </div>
      <section className="frame-steps" aria-label="Steps">
        <Steps
          view={view}
          onGoTo={goToStep}
          onDiff={showTheFix}
          onRepair={repairable ? showRepairs : null}
          onOtherVariant={recorded ? null : showOtherVariant}
        />
      </section>
      <Identity view={view} sids={sids} replay={replay} run={repairTried ? 'your run, without the repair' : null} />
      <div className="frame-diagram">
        <Diagram
          {...shown}
          selected={exchange?.request.id ?? null}
          onSelect={choose}
          play={replay.play}
          StoreTools={LaneTools}
        />
      </div>
      <div className="frame-state">
        <CookiesPanel view={view} visible={visible} sids={sids} />
        <RedisPanel view={view} events={events} sids={sids} />
      </div>
      <section className="frame-details" aria-label="Details">
        <Details {...shown} exchange={exchange} FreePlay={FreePlay} RunPicture={RunPicture} />
      </section>
      {hasTour && <Tour />}
    </FrameShell>
  );
}
