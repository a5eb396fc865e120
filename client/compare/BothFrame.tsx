import { useDisclosure } from '@mantine/hooks';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { FrameEnd } from '../frame/FrameEnd.tsx';
import { Header } from '../frame/Header.tsx';
import type { ScenarioPageProps } from '../pages/ScenarioPage.tsx';
import { nextInOrder } from '../player/catalogue.ts';
import type { Comparison } from '../player/players.ts';
import './Both.css';
import { BothDetails } from './BothDetails.tsx';
import { BothSteps } from './BothSteps.tsx';
import { firstDifference } from './firstDifference.ts';
import { Side } from './Side.tsx';
import { useSide } from './useSide.ts';

/** Both variants side by side, stepped together, with what parts them lit on both sides. */
export function BothFrame({ duo, ...offer }: ScenarioPageProps & { duo: Comparison }) {
  const { scenario } = offer;
  const vulnerable = useSide('vulnerable', duo.sides.vulnerable, scenario);
  const fixed = useSide('protected', duo.sides.protected, scenario);
  const busy = useStore(duo.store, (state) => state.busy);
  const { view } = vulnerable;
  const [told, help] = useDisclosure(false);

  const difference = useMemo(() => firstDifference(vulnerable.seen, fixed.seen), [vulnerable.seen, fixed.seen]);

  return (
    <div className="both" data-busy={busy ?? undefined}>
      <Header {...offer} onHelp={help.open} />
      <main className="both-main">
        <h1 className="spoken">{scenario.title}</h1>
        <section className="both-steps" aria-label="Steps">
          <BothSteps
            view={view}
            other={fixed.view}
            difference={difference}
            next={nextInOrder(offer.scenarios, scenario.slug)}
            onGoTo={duo.goToStep}
          />
        </section>
        <Side watched={vulnerable} difference={difference} />
        <Side watched={fixed} difference={difference} />
        <section className="both-details" aria-label="Details">
          <BothDetails vulnerable={vulnerable} protected={fixed} />
        </section>
      </main>
      <FrameEnd scenario={scenario} view={view} help={{ told, ...help }} />
    </div>
  );
}
