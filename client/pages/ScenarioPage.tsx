import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import type { Stores } from '../../server/api/contract.ts';
import { navigate } from '../address.ts';
import { Frame } from '../frame/Frame.tsx';
import { RealRedis } from '../frame/RealRedis.tsx';
import { choiceOf } from '../player/state.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import { Notice } from './Notice.tsx';
import { usePageTitle } from './usePageTitle.ts';

interface Props {
  scenario: ScenarioOutline;
  scenarios: ScenarioOutline[];
  stores: Stores;
  /** Look again for a real Redis. */
  onLookAgain: () => void;
}

/**
 * One scenario: plays it as long as the page is shown. Variant, Redis and pace stay what they were for the one before; one that
 * the mock is not enough for begins on a real Redis.
 */
export function ScenarioPage({ scenario, scenarios, stores, onLookAgain }: Props) {
  const player = usePlayer();
  const status = usePlayerState((state) => state.status);
  const refusal = usePlayerState((state) => state.refusal);
  const store = usePlayerState((state) => choiceOf(state)?.store);
  const needsReal = scenario.needsRealRedis !== null;
  usePageTitle(scenario.title);

  useEffect(() => {
    const { variant = 'vulnerable', store = 'mock', pace = 'jump' } = choiceOf(player.store.getState()) ?? {};
    void player.open({ scenario: scenario.slug, variant, store: needsReal ? 'real' : store, pace });
  }, [player, scenario.slug, needsReal]);
  useEffect(() => () => player.close(), [player]);

  if (status !== 'refused') return <Frame {...{ scenario, scenarios, stores, onLookAgain }} />;
  const onMock = () => void player.switchTo({ store: 'mock' });
  return (
    <Notice title={scenario.title} sentence={refusal ?? ''} action="Try again" onAction={() => void player.reset()}>
      {needsReal && <p>{scenario.needsRealRedis}</p>}
      {store === 'real' && !stores.real.available && <RealRedis status={stores.real} onOpen={onLookAgain} />}
      {store === 'real' && !needsReal && (
        <Button variant="default" onClick={onMock}>
          Play on the mock Redis
        </Button>
      )}
      <Button variant="default" onClick={() => navigate('/')}>
        All scenarios
      </Button>
    </Notice>
  );
}
