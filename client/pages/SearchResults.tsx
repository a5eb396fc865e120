import { Button } from '@mantine/core';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { search } from '../player/search.ts';
import { CatalogueCard } from './CatalogueCard.tsx';

export { search };

interface Props {
  scenarios: readonly ScenarioOutline[];
  text: string;
  onShowAll: () => void;
}

/** What a search has found, each with its chapter and its question; or that nothing was found. */
export function SearchResults({ scenarios, text, onShowAll }: Props) {
  const found = search(scenarios, text);
  return (
    <section aria-label="Search results" className="home-section">
      <p className="home-found" role="status">
        {found.length > 0 ? `${found.length} of ${scenarios.length}` : `No scenario is about “${text.trim()}”.`}
      </p>
      {found.length === 0 && (
        <Button variant="default" onClick={onShowAll}>
          Show all
        </Button>
      )}
      <ol className="home-cards">
        {found.map((scenario) => (
          <CatalogueCard key={scenario.slug} scenario={scenario} withQuestion withChapter />
        ))}
      </ol>
    </section>
  );
}
