import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { byChapter, search } from '../player/catalogue.ts';
import { addressOf, navigate, standardsAddress } from '../ui/address.ts';
import { everywhere } from '../ui/keys.ts';
import { Link } from '../ui/Link.tsx';
import { usePageKey } from '../ui/usePageKey.ts';
import './Catalogue.css';
import { CatalogueCard } from './CatalogueCard.tsx';
import { CatalogueChapters } from './CatalogueChapters.tsx';
import { CatalogueProgress } from './CatalogueProgress.tsx';
import { CatalogueStart } from './CatalogueStart.tsx';
import { PageHead } from './PageHead.tsx';
import { usePageTitle } from './usePageTitle.ts';

interface Props {
  scenarios: ScenarioOutline[];
  /** A slug somebody asked for and that does not exist. */
  unknown?: string;
}

/** The first page: every scenario with the question it answers and what it teaches, to read in order or to search. */
export function Catalogue({ scenarios, unknown }: Props) {
  usePageTitle(null);
  const [wanted, setWanted] = useState('');
  const field = useRef<HTMLInputElement>(null);
  usePageKey(everywhere.find, () => field.current?.focus());
  const found = search(scenarios, wanted);
  const searching = wanted.trim() !== '';
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
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && searching && found[0] && navigate(addressOf(found[0].slug))}
          />
          {unknown === undefined && <CatalogueStart scenarios={scenarios} />}
        </div>
      </PageHead>
      <div className="catalogue-body">
        <aside className="catalogue-side">
          <CatalogueChapters scenarios={scenarios} />
          <CatalogueProgress scenarios={scenarios} />
        </aside>
        <main>
          {unknown !== undefined && (
            <p className="catalogue-unknown" role="alert">
              There is no scenario <code>{unknown}</code>. These are the ones there are:
            </p>
          )}
          <p className="catalogue-found" role="status" data-searching={searching || undefined}>
            {found.length > 0
              ? countOf(found.length, scenarios.length)
              : `No scenario has “${wanted.trim()}” in its title, question, lesson or standards.`}
          </p>
          {found.length === 0 && (
            <Button variant="default" onClick={() => setWanted('')}>
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

/** "52 scenarios", "1 scenario", "3 of 52". */
function countOf(found: number, all: number): string {
  if (found < all) return `${found} of ${all}`;
  return `${all} ${all === 1 ? 'scenario' : 'scenarios'}`;
}
