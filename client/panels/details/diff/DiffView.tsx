import type { ComponentType } from 'react';
import type { ScenarioOutline, Variant } from '../../../../scenarios/engine/trace.ts';
import { usePlayerState } from '../../../player/usePlayer.ts';
import { ScrollRegion } from '../ScrollRegion.tsx';
import './DiffView.css';
import { RepairChoice } from './RepairChoice.tsx';
import type { RunPictureProps } from './RepairResult.tsx';
import { showFix, useRepairs } from './repairsState.ts';
import { WeaknessDiff } from './WeaknessDiff.tsx';

interface Props {
  scenario: ScenarioOutline;
  /** The variant that is shown; null when both are. */
  ran: Variant | null;
  /** Draws a moment of a run. Passed in, because panels do not import each other. */
  Picture: ComponentType<RunPictureProps>;
}

/**
 * The weakness beside the code that it replaces; or, where the scenario has repairs, the choice among them. Who has seen the
 * vulnerable app gets the choice first, because the diff is its answer.
 */
export function DiffView({ scenario, ran, Picture }: Props) {
  const { slug, repairs, weakness } = scenario;
  const live = usePlayerState(({ status }) => status === 'ready');
  const { fixShown = ran !== 'vulnerable' } = useRepairs(slug);
  const choice = live && repairs !== undefined && weakness !== null;
  return (
    <ScrollRegion name="Diff" className="diff">
      {choice && !fixShown ? (
        <RepairChoice key={slug} slug={slug} weakness={weakness} repairs={repairs} Picture={Picture} />
      ) : (
        <WeaknessDiff scenario={scenario} ran={ran} onChoice={choice ? () => showFix(slug, false) : null} />
      )}
    </ScrollRegion>
  );
}
