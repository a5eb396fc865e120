import { Button, TextInput } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconArrowRight, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { byChapter } from '../player/catalogue.ts';
import { search } from '../player/search.ts';
import { nextUnplayed, playedOf } from '../progress/progress.ts';
import { useProgressState } from '../progress/useProgress.ts';
import { addressOf, navigate, standardsAddress } from '../ui/address.ts';
import { everywhere, usePageKey } from '../ui/keys.ts';
import { Link } from '../ui/Link.tsx';
import './Catalogue.css';
import { CatalogueCard } from './CatalogueCard.tsx';
import { CatalogueProgress } from './CatalogueProgress.tsx';
import { PageHead } from './PageHead.tsx';

interface Props {
  scenarios: ScenarioOutline[];
  /** A slug in the address that does not exist. */
  unknown?: string;
}

/** The first page: all scenarios with their questions and lessons, in reading order, with a search. */
export function Catalogue({ scenarios, unknown }: Props) {
  useDocumentTitle('Session Sandbox');
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  usePageKey(everywhere.find, () => field.current?.focus());
  const found = search(scenarios, text);
  const searching = text.trim() !== '';
  return (
    <div className="page catalogue">
      <PageHead title="Session Sandbox">
        <p className="page-lead">
          Watch session-based authentication work and fail: real attacks on a real Express app, with every cookie and
          every Redis key in view. <Link to={standardsAddress}>Which requirement each scenario shows</Link>
        </p>
        <div className="catalogue-tools">
          <TextInput
            ref={field}
            type="search"
            className="catalogue-search"
            aria-label="Find a scenario"
            placeholder="Find a scenario"
            leftSection={<IconSearch size={16} stroke={1.7} />}
            rightSection={<kbd className="catalogue-key">/</kbd>}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && searching && found[0] && navigate(addressOf(found[0].slug))}
          />
          {unknown === undefined && <StartLink scenarios={scenarios} />}
        </div>
      </PageHead>
      <div className="catalogue-body">
        <aside className="catalogue-side">
          <Chapters scenarios={scenarios} />
          <CatalogueProgress scenarios={scenarios} />
        </aside>
        <main>
          {unknown !== undefined && (
            <p className="catalogue-unknown" role="alert">
              There is no scenario <code>{unknown}</code>. These are all scenarios:
            </p>
          )}
          <p className="catalogue-found" role="status" data-searching={searching || undefined}>
            {found.length > 0
              ? countOf(found.length, scenarios.length)
              : `No scenario has “${text.trim()}” in its title, question, lesson or standards.`}
          </p>
          {found.length === 0 && (
            <Button variant="default" onClick={() => setText('')}>
              Show all
            </Button>
          )}
          {byChapter(found).map(({ title, lead, scenarios: inChapter }) => (
            <section key={title} id={title.toLowerCase()} aria-label={title}>
              <h2>{title}</h2>
              <p className="catalogue-chapter-lead">{lead}</p>
              <ol className="catalogue-cards">
                {inChapter.map((scenario) => (
                  <CatalogueCard key={scenario.slug} scenario={scenario} number={scenarios.indexOf(scenario) + 1} />
                ))}
              </ol>
            </section>
          ))}
        </main>
      </div>
    </div>
  );
}

/** Returns "52 scenarios", "1 scenario" or "3 of 52". */
function countOf(found: number, all: number): string {
  if (found < all) return `${found} of ${all}`;
  return `${all} ${all === 1 ? 'scenario' : 'scenarios'}`;
}

/** Links to the first scenario in reading order that was not played yet; nothing if all were. */
function StartLink({ scenarios }: { scenarios: ScenarioOutline[] }) {
  const progress = useProgressState((state) => state.progress);
  const next = nextUnplayed(scenarios, progress);
  if (!next) return null;
  return (
    <Button
      className="catalogue-start"
      component={Link}
      to={addressOf(next.slug)}
      rightSection={<IconArrowRight size={15} stroke={2} />}
    >
      {playedOf(scenarios, progress) === 0 ? 'Begin with' : 'Go on with'} “{next.title}”
    </Button>
  );
}

/** Links to the chapters, and shows how many scenarios of each were played. */
function Chapters({ scenarios }: { scenarios: ScenarioOutline[] }) {
  const progress = useProgressState((state) => state.progress);
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
