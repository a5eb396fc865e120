import { TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { addressOf, standardsAddress } from '../address.ts';
import { byChapter } from '../chapters.ts';
import { Link } from '../frame/Link.tsx';
import { ThemeSwitch } from '../frame/ThemeSwitch.tsx';
import { matching } from '../search.ts';
import { usePageTitle } from './usePageTitle.ts';
import './Catalogue.css';

interface Props {
  scenarios: ScenarioOutline[];
  /** A slug somebody asked for and that does not exist. */
  unknown?: string;
}

/** The first page: every scenario with the question it answers, to read in order or to search. */
export function Catalogue({ scenarios, unknown }: Props) {
  usePageTitle(null);
  const [wanted, setWanted] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => field.current?.focus()]]);
  const found = matching(scenarios, wanted);
  const inChapter = new Map(byChapter(scenarios).map(({ title, scenarios }) => [title, scenarios.length]));
  return (
    <main className="catalogue">
      <header>
        <h1>Session Sandbox</h1>
        <ThemeSwitch />
      </header>
      <p className="catalogue-lead">
        Watch session-based authentication work and fail: real attacks on a real Express app, with every cookie and
        every Redis key in view. <Link to={standardsAddress}>Which requirement each scenario shows</Link>
      </p>
      {unknown !== undefined && (
        <p className="catalogue-unknown" role="alert">
          There is no scenario <code>{unknown}</code>. These are the ones there are:
        </p>
      )}
      <TextInput
        ref={field}
        type="search"
        className="catalogue-search"
        aria-label="Find a scenario"
        placeholder="Find a scenario"
        leftSection={<IconSearch size={16} stroke={1.7} />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <p className="catalogue-found" role="status">
        {found.length > 0
          ? countOf(found.length, scenarios.length)
          : `No scenario has “${wanted.trim()}” in its title, question or address.`}
      </p>
      {byChapter(found).map(({ title, scenarios }) => (
        <section key={title} aria-label={title}>
          <h2>
            {title} <small>{countOf(scenarios.length, inChapter.get(title) ?? 0)}</small>
          </h2>
          <ul>
            {scenarios.map((scenario) => (
              <li key={scenario.slug}>
                <Link to={addressOf(scenario.slug)}>
                  <strong>{scenario.title}</strong>
                  <span>{scenario.question}</span>
                  <small>{scenario.steps.length} steps</small>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </main>
  );
}

/** "12 scenarios", "1 scenario", "3 of 12". */
function countOf(found: number, all: number): string {
  if (found < all) return `${found} of ${all}`;
  return `${all} ${all === 1 ? 'scenario' : 'scenarios'}`;
}
