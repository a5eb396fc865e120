import { useEffect, useState } from 'react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { byChapter } from '../player/catalogue.ts';
import { playedOf } from '../progress/progress.ts';
import { useProgressState } from '../progress/useProgress.ts';
import { showPlace } from '../ui/address.ts';
import { PlaceLink } from '../ui/Link.tsx';
import { CatalogueCard } from './CatalogueCard.tsx';
import './Chapters.css';

/** All scenarios by chapter, below links to the chapters. The questions are shown when they are asked for. */
export function Chapters({ scenarios }: { scenarios: ScenarioOutline[] }) {
  const [withQuestions, setWithQuestions] = useState(false);
  useEffect(showPlace, []);
  return (
    <>
      <div className="chapters-bar">
        <ChapterLinks scenarios={scenarios} />
        <button
          type="button"
          className="plain chapters-questions"
          aria-pressed={withQuestions}
          onClick={() => setWithQuestions(!withQuestions)}
        >
          {withQuestions ? 'Hide questions' : 'Show questions'}
        </button>
      </div>
      {byChapter(scenarios).map(({ key, title, lead, scenarios: inChapter }) => (
        <section key={key} id={key} aria-label={title} className="chapter">
          <div className="chapter-head">
            <h2>{title}</h2>
            <p>{lead}</p>
          </div>
          <ol className="home-cards">
            {inChapter.map((scenario) => (
              <CatalogueCard key={scenario.slug} scenario={scenario} withQuestion={withQuestions} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

/** Links to the chapters, each with the number of its scenarios and of those that were played. */
function ChapterLinks({ scenarios }: { scenarios: ScenarioOutline[] }) {
  const progress = useProgressState((state) => state.progress);
  return (
    <nav aria-label="Chapters" className="chapters-links">
      {byChapter(scenarios).map(({ key, title, scenarios: inChapter }) => {
        const played = playedOf(inChapter, progress);
        return (
          <PlaceLink key={key} id={key}>
            {title}{' '}
            <span className="chapters-count number">
              {played > 0 && <>{played} of </>}
              {inChapter.length}
              <span className="spoken"> {played > 0 ? 'scenarios played' : 'scenarios'}</span>
            </span>
          </PlaceLink>
        );
      })}
    </nav>
  );
}
