import { useDocumentTitle } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import type { RecordedRun } from '../../scenarios/engine/api.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { RecordedNote } from '../frame/RecordedNote.tsx';
import { addressOf, navigate } from '../ui/address.ts';
import { lazily, useInAdvance, useLazy } from '../ui/lazily.ts';
import './Catalogue.css';
import { Chapters } from './Chapters.tsx';
import { HomeBar } from './HomeBar.tsx';
import { Intro } from './Intro.tsx';
import './page.css';
import { RecordedRunBox } from './RecordedRunBox.tsx';
import { SearchField } from './SearchField.tsx';
import { StartHere } from './StartHere.tsx';

// Nobody types before the page is there.
const lazySearch = lazily(() => import('./SearchResults.tsx'));
const inAdvance = [lazySearch];

interface Props {
  scenarios: ScenarioOutline[];
  /** Asks the server for the run that the picture shows. */
  recordedRun: () => Promise<RecordedRun>;
  /** Opens a workshop, where that is possible. */
  room?: ReactNode;
  /** A slug in the address that does not exist. */
  unknown?: string;
}

/** The first page: what this is, where to start, and all scenarios by chapter or as search results. */
export function Catalogue({ scenarios, recordedRun, room, unknown }: Props) {
  useDocumentTitle('Session Sandbox');
  const [text, setText] = useState('');
  const searching = text.trim() !== '';
  useInAdvance(inAdvance);
  const openFirst = () => {
    if (!searching) return;
    const open = ({ search }: NonNullable<typeof lazySearch.current>) => {
      const [first] = search(scenarios, text);
      if (first) navigate(addressOf(first.slug));
    };
    // Where it cannot be loaded, the page says so in place of the results.
    lazySearch.load().then(open, () => {});
  };
  return (
    <div className="page home">
      <HomeBar>{room}</HomeBar>
      <main>
        {unknown !== undefined && (
          <p className="home-unknown" role="alert">
            There is no scenario <code>{unknown}</code>. These are all scenarios:
          </p>
        )}
        <div className="home-top" data-searching={searching || undefined}>
          <div className="home-intro">
            <Intro scenarios={scenarios} />
            <SearchField text={text} onText={setText} onEnter={openFirst} />
            <RecordedNote />
          </div>
          <RecordedRunBox load={recordedRun} />
        </div>
        {searching ? (
          <Found scenarios={scenarios} text={text} onShowAll={() => setText('')} />
        ) : (
          <>
            <StartHere scenarios={scenarios} />
            <Chapters scenarios={scenarios} />
          </>
        )}
      </main>
    </div>
  );
}

function Found(search: { scenarios: ScenarioOutline[]; text: string; onShowAll: () => void }) {
  const { part, problem } = useLazy(lazySearch);
  if (part) return <part.SearchResults {...search} />;
  return problem && <p role="alert">The search could not be loaded, because the server does not answer.</p>;
}
