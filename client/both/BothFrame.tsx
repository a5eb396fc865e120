import { useDisclosure } from '@mantine/hooks';
import { useMemo } from 'react';
import { emptyView } from '../../scenarios/engine/read.ts';
import { nextInOrder } from '../chapters.ts';
import { Announcer } from '../frame/Announcer.tsx';
import { Footer } from '../frame/Footer.tsx';
import { ForkQuestion } from '../frame/ForkQuestion.tsx';
import { Header } from '../frame/Header.tsx';
import { KeyboardHelp } from '../frame/KeyboardHelp.tsx';
import { Messages } from '../frame/Messages.tsx';
import { unmade } from '../frame/unmade.ts';
import { useFrameKeys } from '../frame/useFrameKeys.ts';
import { useJump } from '../frame/useJump.ts';
import type { ScenarioPageProps } from '../pages/ScenarioPage.tsx';
import type { Duo } from '../player/duo.ts';
import { viewOf } from '../player/state.ts';
import { AsksTable } from './AsksTable.tsx';
import './Both.css';
import { BothSteps } from './BothSteps.tsx';
import { firstDifference } from './firstDifference.ts';
import { Side } from './Side.tsx';
import { useSide } from './useSide.ts';

/** Both variants side by side, stepped together, with what parts them lit on both sides. */
export function BothFrame({ duo, ...offer }: ScenarioPageProps & { duo: Duo }) {
  const { scenario } = offer;
  const [vulnerable, fixed] = [useSide(duo.sides.vulnerable), useSide(duo.sides.protected)];
  const view = viewOf(vulnerable.state) ?? emptyView(unmade(scenario));
  const otherView = viewOf(fixed.state) ?? emptyView({ ...unmade(scenario), variant: 'protected' });
  const jump = useJump();
  const [helping, help] = useDisclosure(false);
  useFrameKeys({ jump, onHelp: help.open });

  const difference = useMemo(() => firstDifference(vulnerable.seen, fixed.seen), [vulnerable.seen, fixed.seen]);
  const sides = [
    { variant: 'vulnerable', other: 'protected', view, side: vulnerable },
    { variant: 'protected', other: 'vulnerable', view: otherView, side: fixed },
  ] as const;

  return (
    <div className="both" data-busy={vulnerable.state.busy ?? fixed.state.busy ?? undefined}>
      <Header {...offer} onHelp={help.open} />
      <main className="both-main">
        <h1 className="spoken">{scenario.title}</h1>
        <section className="both-steps" aria-label="Steps">
          <BothSteps
            view={view}
            other={otherView}
            difference={difference}
            next={nextInOrder(offer.scenarios, scenario.slug)}
            onGoTo={duo.goToStep}
          />
        </section>
        {sides.map(({ variant, other, view, side }) => (
          <Side
            key={variant}
            variant={variant}
            player={duo.sides[variant]}
            view={view}
            state={side.state}
            different={difference && { step: difference.step, event: difference[variant], other: difference[other] }}
            onGoTo={(steps) => void duo.goToStep(steps)}
            onSelect={(request) => duo.selectOn(variant, request)}
          />
        ))}
        <section className="both-details" aria-label="Details">
          <AsksTable view={view} other={otherView} />
        </section>
      </main>
      <Footer view={view} jump={jump} />
      <Messages />
      <Announcer view={view} />
      <ForkQuestion view={view} />
      <KeyboardHelp opened={helping} onClose={help.close} />
    </div>
  );
}
