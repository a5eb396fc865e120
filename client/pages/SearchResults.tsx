import { Button } from '@mantine/core';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { CatalogueCard } from './CatalogueCard.tsx';

interface Props {
  /** The best first. */
  found: readonly ScenarioOutline[];
  /** The number of all scenarios. */
  of: number;
  text: string;
  onShowAll: () => void;
}

/** What a search has found, each with its chapter and its question; or that nothing was found. */
export function SearchResults({ found, of, text, onShowAll }: Props) {
  return (
    <section aria-label="Search results" className="home-section">
      <p className="home-found" role="status">
        {found.length > 0 ? `${found.length} of ${of}` : `No scenario is about “${text}”.`}
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
