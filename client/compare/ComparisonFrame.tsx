import { memo, type ReactNode, useCallback, useMemo } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import type { ScenarioOutline, TraceEvent } from '../../scenarios/engine/trace.ts';
import { FrameShell } from '../frame/FrameShell.tsx';
import { LifetimesStrip } from '../frame/MomentPanels.tsx';
import { useChoose } from '../frame/useChoose.ts';
import { type PlayerMoment, useMoment } from '../frame/useMoment.ts';
import { useDetails } from '../panels/details/detailsState.ts';
import { Diagram } from '../panels/diagram/Diagram.tsx';
import { Identity } from '../panels/identity/Identity.tsx';
import type { Comparison } from '../player/players.ts';
import { PlayerContext, usePlayerState } from '../player/usePlayer.ts';
import { useReplay } from '../player/useReplay.ts';
import { useFollowingScope } from '../ui/follow.ts';
import { SideContext } from '../ui/panel.ts';
import './ComparisonFrame.css';
import { ComparisonDetails } from './ComparisonDetails.tsx';
import { ComparisonSteps } from './ComparisonSteps.tsx';
import { type Apart, apartSince, differingSteps } from './differingSteps.ts';
import { type Difference, firstDifference, howItDiffers, inDiagram } from './firstDifference.ts';
import { lockstepView } from './lockstep.ts';
import { type Side, sides } from './sides.ts';

interface Props {
  comparison: Comparison;
  scenario: ScenarioOutline;
  /** The next scenario in reading order, null after the last one; undefined if there is nothing to lead on to. */
  next?: ScenarioOutline | null;
  /** Draws the header. `onHelp` opens the list of keys. */
  header: (onHelp: () => void) => ReactNode;
  /** What stands in the footer in place of the controls, where this page does not play what it shows. */
  footer?: ReactNode;
}

/** Both variants side by side, played in lockstep. The pictures mark which browsers differ, and the diagrams the first difference. */
export function ComparisonFrame({ comparison, scenario, next, header, footer }: Props) {
  const vulnerable = useMoment(comparison.sides.vulnerable, scenario, 'vulnerable');
  const fixed = useMoment(comparison.sides.protected, scenario, 'protected');
  const { step } = vulnerable.view;
  const difference = useMemo(() => {
    // What has parted earlier is told where it did.
    const ofStep = ({ visible }: PlayerMoment) => visible.filter((event) => event.step === step);
    return fixed.view.step === step ? firstDifference(ofStep(vulnerable), ofStep(fixed)) : null;
  }, [vulnerable, fixed, step]);
  const apart = useMemo(
    () =>
      differingSteps(
        { header: vulnerable.view.header, events: vulnerable.visible },
        { header: fixed.view.header, events: fixed.visible },
      ),
    [vulnerable.view.header, vulnerable.visible, fixed.view.header, fixed.visible],
  );
  const moments = useMemo(() => [vulnerable, fixed], [vulnerable, fixed]);
  const busy = usePlayerState((state) => state.busy !== null);
  const shared = useMemo(() => lockstepView(vulnerable.view, fixed.view, busy), [vulnerable.view, fixed.view, busy]);
  const { showTab } = useDetails();
  const showDiff = useCallback(() => showTab('diff'), [showTab]);

  return (
    <FrameShell
      name="comparison"
      scenario={scenario}
      view={shared}
      moments={moments}
      next={next}
      header={header}
      footer={footer}
    >
      <section className="comparison-steps" aria-label="Steps">
        <ComparisonSteps vulnerable={shared} protected={fixed.view} apart={apart} onDiff={showDiff} />
      </section>
      {sides.map((side) => (
        <SidePanels
          key={side.variant}
          side={side}
          moment={side.variant === 'vulnerable' ? vulnerable : fixed}
          other={side.variant === 'vulnerable' ? fixed.view : vulnerable.view}
          otherEvents={side.variant === 'vulnerable' ? fixed.events : vulnerable.events}
          difference={difference}
          apart={apart}
        />
      ))}
      <section className="comparison-details" aria-label="Details">
        <ComparisonDetails vulnerable={vulnerable} protected={fixed} />
      </section>
    </FrameShell>
  );
}

interface SideProps {
  side: Side;
  moment: PlayerMoment;
  /** The moment of the other side. */
  other: View;
  otherEvents: readonly TraceEvent[];
  difference: Difference | null;
  apart: Apart;
}

/** One side: who the shop thinks each browser is, and what its app exchanged. */
const SidePanels = memo(function SidePanels({
  side: { variant, title, Icon },
  moment,
  other,
  otherEvents,
  difference,
  apart,
}: SideProps) {
  const { player, view, events, position, sids, exchange } = moment;
  const choose = useChoose(player);
  const replay = useReplay(view);
  const scope = useFollowingScope(moment);
  const shown = { view, events, position, sids };
  const since = useCallback((name: string) => apartSince(apart, name, view.step ?? 0), [apart, view.step]);
  const litEvent = inDiagram(difference?.[variant] ?? null, events);
  const otherEvent = inDiagram(
    difference?.[variant === 'vulnerable' ? 'protected' : 'vulnerable'] ?? null,
    otherEvents,
  );
  return (
    <PlayerContext value={player}>
      <SideContext value={variant}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form */}
        <div className="side" role="group" aria-label={title} data-variant={variant} {...scope}>
          <div className="side-head">
            <h2>
              <Icon size={15} stroke={2} aria-hidden="true" />
              {title}
            </h2>
            <span className="mute">Who the shop thinks each browser is</span>
          </div>
          <Identity view={view} sids={sids} other={other} since={since} replay={replay} />
          <LifetimesStrip {...shown} />
          <Diagram
            {...shown}
            selected={exchange?.request.id ?? null}
            onSelect={choose}
            lit={litEvent?.seq ?? null}
            litText={litEvent && otherEvent ? howItDiffers(litEvent, otherEvent) : null}
            fromTop
            play={replay.play}
          />
        </div>
      </SideContext>
    </PlayerContext>
  );
});
