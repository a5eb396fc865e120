import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { headlines } from '../player/catalogue.ts';
import { CatalogueCard } from './CatalogueCard.tsx';
import { CatalogueProgress } from './CatalogueProgress.tsx';

/** The lessons that a newcomer plays first, in order, and the learner's progress. */
export function StartHere({ scenarios }: { scenarios: ScenarioOutline[] }) {
  return (
    <section aria-labelledby="start-here" className="home-section">
      <div className="home-head">
        <h2 id="start-here">Start here</h2>
        <CatalogueProgress scenarios={scenarios} />
      </div>
      <ol className="home-cards home-start">
        {headlines(scenarios).map((scenario, index) => (
          <CatalogueCard key={scenario.slug} scenario={scenario} number={index + 1} withQuestion />
        ))}
      </ol>
    </section>
  );
}
