import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { addressOf } from '../address.ts';
import { byChapter } from '../chapters.ts';
import { Link } from '../frame/Link.tsx';
import { ThemeSwitch } from '../frame/ThemeSwitch.tsx';
import { usePageTitle } from './usePageTitle.ts';
import './Catalogue.css';

interface Props {
  scenarios: ScenarioOutline[];
  /** A slug somebody asked for and that does not exist. */
  unknown?: string;
}

/** The first page: every scenario with the question it answers. */
export function Catalogue({ scenarios, unknown }: Props) {
  usePageTitle(null);
  return (
    <main className="catalogue">
      <header>
        <h1>Session Sandbox</h1>
        <ThemeSwitch />
      </header>
      <p className="catalogue-lead">
        Watch session-based authentication work and fail: real attacks on a real Express app, with every cookie and
        every Redis key in view.
      </p>
      {unknown !== undefined && (
        <p className="catalogue-unknown" role="alert">
          There is no scenario <code>{unknown}</code>. These are the ones there are:
        </p>
      )}
      {byChapter(scenarios).map(({ title, scenarios }) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
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
