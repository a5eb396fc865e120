import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { byChapter } from '../player/catalogue.ts';
import { playedOf } from '../progress/progress.ts';
import { useProgressState } from '../progress/useProgress.ts';

/** The chapters, each with how much of it was played, as the way to them. */
export function CatalogueChapters({ scenarios }: { scenarios: ScenarioOutline[] }) {
  const progress = useProgressState((remembered) => remembered.progress);
  return (
    <nav aria-label="Chapters" className="catalogue-chapters">
      {byChapter(scenarios).map(({ title, scenarios: inChapter }) => {
        const played = playedOf(inChapter, progress);
        return (
          <a key={title} href={`#${title.toLowerCase()}`}>
            <span className="catalogue-chapter-name">{title}</span>
            <span className="catalogue-chapter-count number">
              {played > 0 && <>{played} of </>}
              {inChapter.length}
              <span className="spoken"> {played > 0 ? 'scenarios played' : 'scenarios'}</span>
            </span>
            <span className="catalogue-bar" aria-hidden="true">
              <span style={{ width: `${(100 * played) / inChapter.length}%` }} />
            </span>
          </a>
        );
      })}
    </nav>
  );
}
