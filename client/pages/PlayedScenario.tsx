import { Button } from '@mantine/core';
import { BothFrame } from '../compare/BothFrame.tsx';
import { Frame } from '../frame/Frame.tsx';
import { Header } from '../frame/Header.tsx';
import { RealRedis } from '../frame/RealRedis.tsx';
import { DetailsContext, detailsOfBoth } from '../panels/details/detailsState.ts';
import { nextInOrder } from '../player/catalogue.ts';
import { isComparison } from '../player/players.ts';
import { choiceOf } from '../player/state.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import { navigate } from '../ui/address.ts';
import { Notice } from './Notice.tsx';
import type { ScenarioPageProps } from './ScenarioPage.tsx';
import { useAddress } from './useAddress.ts';

/** What is being played, alone or both variants side by side; or why it cannot be. */
export function PlayedScenario({ scenario, scenarios, stores, onLookAgain }: ScenarioPageProps) {
  const player = usePlayer();
  const status = usePlayerState((state) => state.status);
  const refusal = usePlayerState((state) => state.refusal);
  const store = usePlayerState((state) => choiceOf(state)?.store);
  const needsReal = scenario.needsRealRedis !== null;
  useAddress(scenario.slug);

  const around = { scenario, scenarios, stores, onLookAgain };
  if (status !== 'refused') {
    if (isComparison(player)) {
      return (
        <DetailsContext value={detailsOfBoth}>
          <BothFrame duo={player} {...around} />
        </DetailsContext>
      );
    }
    const header = (onHelp: () => void) => <Header {...around} onHelp={onHelp} />;
    return <Frame scenario={scenario} next={nextInOrder(scenarios, scenario.slug)} header={header} />;
  }
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
