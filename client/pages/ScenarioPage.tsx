import { Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { ComparisonFrame } from '../compare/ComparisonFrame.tsx';
import { Frame } from '../frame/Frame.tsx';
import { Header, RealRedis, type ScenarioOffer } from '../frame/Header.tsx';
import { DetailsContext, detailsOfBoth } from '../panels/details/detailsState.ts';
import { nextInOrder } from '../player/catalogue.ts';
import { parsePlace, searchOf } from '../player/place.ts';
import { isComparison, shownOf } from '../player/players.ts';
import { preferredStore } from '../player/preferredStore.ts';
import { choiceOf, currentSteps } from '../player/state.ts';
import { useRecorded } from '../player/useApi.ts';
import { PlayerContext, usePlayer, usePlayerState, usePlayers } from '../player/usePlayer.ts';
import { here, navigate, rewriteSearch, slugIn } from '../ui/address.ts';
import { afterPicture } from '../ui/picture.ts';
import { Notice } from './Notice.tsx';
import { PagePlayers } from './PagePlayers.tsx';

/**
 * Plays one scenario as long as the page is shown, starting at the place in the address. Whatever the address does not name
 * stays as it was in the scenario before. A scenario for which the mock is not enough starts on a real Redis.
 */
export function ScenarioPage(offer: ScenarioOffer) {
  return (
    <PagePlayers>
      <Played {...offer} />
    </PagePlayers>
  );
}

function Played(offer: ScenarioOffer) {
  const { slug, title, steps, needsRealRedis } = offer.scenario;
  const prefersReal = preferredStore(offer.scenario) === 'real' && offer.stores.real.available;
  const players = usePlayers();
  const { player } = useStore(players.store);
  const recorded = useRecorded() !== null;
  const total = steps.length;
  const needsReal = needsRealRedis !== null;
  // Only where the scenario opens: a Redis that is found later must not close what is played.
  const preferred = useRef(prefersReal);
  preferred.current = prefersReal;
  useDocumentTitle(`${title} · Session Sandbox`);

  useEffect(() => {
    const before = players.store.getState().player;
    const { store = 'mock', pace = 'jump' } = choiceOf(before.store.getState()) ?? {};
    const { place, complaints } = parsePlace(here().search, total);
    const { shown = shownOf(before), step = 0 } = place;
    const choice = {
      scenario: slug,
      variant: shown === 'both' ? 'vulnerable' : shown,
      store: needsReal ? 'real' : (place.store ?? (preferred.current ? 'real' : store)),
      // In a recording time was jumped.
      pace: recorded ? 'jump' : (place.pace ?? pace),
    } as const;
    void players.choose(shown).open(choice, step, complaints.join(' ') || undefined);
  }, [players, slug, total, needsReal, recorded]);
  useEffect(() => () => players.close(), [players]);

  return (
    <PlayerContext value={player}>
      <Scenario {...offer} />
    </PlayerContext>
  );
}

/** What the player shows: one variant, or both side by side; or the reason why there is no sandbox. */
function Scenario(offer: ScenarioOffer) {
  const { scenario, scenarios } = offer;
  const player = usePlayer();
  const refused = usePlayerState(({ status }) => status === 'refused');
  useAddressBar(scenario.slug);

  if (refused) return <Refused {...offer} />;
  const frame = {
    scenario,
    next: nextInOrder(scenarios, scenario.slug),
    header: (onHelp: () => void) => <Header {...offer} onHelp={onHelp} />,
  };
  if (isComparison(player)) {
    return (
      <DetailsContext value={detailsOfBoth}>
        <ComparisonFrame comparison={player} {...frame} />
      </DetailsContext>
    );
  }
  return <Frame {...frame} />;
}

function Refused({ scenario, stores, onRefreshStores }: ScenarioOffer) {
  const player = usePlayer();
  const refusal = usePlayerState((state) => state.refusal);
  const onReal = usePlayerState((state) => choiceOf(state)?.store === 'real');
  const recorded = useRecorded() !== null;
  const { title, needsRealRedis } = scenario;
  return (
    <Notice title={title} sentence={refusal ?? ''} action="Try again" onAction={() => void player.reset()}>
      {needsRealRedis !== null && <p>{needsRealRedis}</p>}
      {onReal && !recorded && !stores.real.available && <RealRedis status={stores.real} onOpen={onRefreshStores} />}
      {onReal && !recorded && needsRealRedis === null && (
        <Button variant="default" onClick={() => void player.switchTo({ store: 'mock' })}>
          Play on the mock Redis
        </Button>
      )}
      <Button variant="default" onClick={() => navigate('/')}>
        All scenarios
      </Button>
    </Notice>
  );
}

/** Keeps the current place in the address bar, so that reloading the page or sharing its address leads to it. */
function useAddressBar(slug: string): void {
  const player = usePlayer();
  const search = usePlayerState((state) => {
    const choice = choiceOf(state);
    // While a sandbox is opening, its trace does not show yet how many steps it will have played.
    if (choice?.scenario !== slug || state.busy === 'opening') return null;
    const { store, pace } = choice;
    return searchOf({ shown: shownOf(player), store, pace, step: currentSteps(state) });
  });
  useEffect(() => {
    if (search === null) return;
    return afterPicture(() => {
      if (slugIn(here().pathname) === slug) rewriteSearch(search);
    });
  }, [slug, search]);
}
