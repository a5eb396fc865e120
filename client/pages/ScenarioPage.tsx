import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Stores } from '../../scenarios/engine/api.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { parsePlace } from '../player/place.ts';
import { shownOf } from '../player/players.ts';
import { choiceOf } from '../player/state.ts';
import { PlayerContext, usePlayers } from '../player/usePlayer.ts';
import { PlayedScenario } from './PlayedScenario.tsx';
import { usePageTitle } from './usePageTitle.ts';

export interface ScenarioPageProps {
  scenario: ScenarioOutline;
  scenarios: ScenarioOutline[];
  stores: Stores;
  /** Look again for a real Redis. */
  onLookAgain: () => void;
}

/**
 * One scenario: plays it as long as the page is shown, from the place that the address names. What it does not name stays as it
 * was for the scenario before; one that the mock is not enough for begins on a real Redis.
 */
export function ScenarioPage(props: ScenarioPageProps) {
  const { slug, title, steps, needsRealRedis } = props.scenario;
  const players = usePlayers();
  const { player } = useStore(players.store);
  const total = steps.length;
  const needsReal = needsRealRedis !== null;
  usePageTitle(title);

  useEffect(() => {
    const before = players.store.getState().player;
    const { store = 'mock', pace = 'jump' } = choiceOf(before.store.getState()) ?? {};
    const { place, complaints } = parsePlace(location.search, total);
    const { shown = shownOf(before), step = 0 } = place;
    const choice = {
      scenario: slug,
      variant: shown === 'both' ? 'vulnerable' : shown,
      store: needsReal ? 'real' : (place.store ?? store),
      pace: place.pace ?? pace,
    } as const;
    void players.choose(shown).open(choice, step, complaints.join(' ') || undefined);
  }, [players, slug, total, needsReal]);
  useEffect(() => () => players.close(), [players]);

  return (
    <PlayerContext value={player}>
      <PlayedScenario {...props} />
    </PlayerContext>
  );
}
