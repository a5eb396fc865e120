import { useDocumentTitle } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import type { RecordedRun } from '../../scenarios/engine/api.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { RecordedNote } from '../frame/RecordedNote.tsx';
import { search } from '../player/search.ts';
import { addressOf, navigate } from '../ui/address.ts';
import './Catalogue.css';
import { Chapters } from './Chapters.tsx';
import { HomeBar } from './HomeBar.tsx';
import { Intro } from './Intro.tsx';
import { RecordedRunBox } from './RecordedRunBox.tsx';
import { SearchField } from './SearchField.tsx';
import { SearchResults } from './SearchResults.tsx';
import { StartHere } from './StartHere.tsx';

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
  const found = search(scenarios, text);
  const openFirst = () => searching && found[0] && navigate(addressOf(found[0].slug));
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
          <SearchResults found={found} of={scenarios.length} text={text.trim()} onShowAll={() => setText('')} />
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
