import { coverage, summary } from '../../scenarios/engine/coverage.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { addressOf } from '../address.ts';
import { Link } from '../frame/Link.tsx';
import { ThemeSwitch } from '../frame/ThemeSwitch.tsx';
import './Standards.css';
import { usePageTitle } from './usePageTitle.ts';

/** Which requirement of the standards is shown by which scenario, computed from the scenarios' own references. */
export function Standards({ scenarios }: { scenarios: ScenarioOutline[] }) {
  usePageTitle('Standards');
  const covered = coverage(scenarios);
  const { shown, showable, total } = summary(covered);
  return (
    <main className="standards">
      <header>
        <h1>Standards</h1>
        <ThemeSwitch />
      </header>
      <p className="standards-lead">
        What OWASP ASVS 5.0 (V7 and V3.3) and the session tests of the OWASP testing guide ask for, in our own words,
        and the scenario that shows it: {shown} of the {showable} that can be shown here; {total - showable} cannot.{' '}
        <Link to="/">All scenarios</Link>
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Requirement</th>
            <th scope="col">In our words</th>
            <th scope="col">Shown by</th>
          </tr>
        </thead>
        <tbody>
          {covered.map(({ requirement: { id, level, says, whyNot }, shownBy }) => (
            <tr key={id}>
              <th scope="row">
                {id}
                {level !== null && <small>level {level}</small>}
              </th>
              <td>{says}</td>
              <td>
                {shownBy.length > 0 ? (
                  <ul>
                    {shownBy.map(({ slug, title }) => (
                      <li key={slug}>
                        <Link to={addressOf(slug)}>{title}</Link>
                      </li>
                    ))}
                  </ul>
                ) : (
                  <span className="standards-not">{whyNot ?? 'Not shown yet.'}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
