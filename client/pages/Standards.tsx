import { coverage, summary } from '../../scenarios/engine/standards.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { Link } from '../ui/Link.tsx';
import { PageHead } from './PageHead.tsx';
import './Standards.css';
import { StandardsRow } from './StandardsRow.tsx';
import { usePageTitle } from './usePageTitle.ts';

const documents = [
  { begins: 'ASVS V7', title: 'ASVS V7', about: 'Session management' },
  { begins: 'ASVS V3.3', title: 'ASVS V3.3', about: 'Cookie setup' },
  { begins: 'WSTG', title: 'WSTG', about: 'Session management testing' },
];

/** Which requirement of the standards is shown by which scenario, computed from the scenarios' own references. */
export function Standards({ scenarios }: { scenarios: ScenarioOutline[] }) {
  usePageTitle('Standards');
  const covered = coverage(scenarios);
  const { shown, showable, total } = summary(covered);
  return (
    <div className="page standards">
      <PageHead title="Standards">
        <p className="page-lead">
          What OWASP ASVS 5.0 (V7 and V3.3) and the session tests of the OWASP testing guide ask for, in our own words,
          and the scenario that shows it: {shown} of the {showable} that can be shown here; {total - showable} cannot.{' '}
          <Link to="/">All scenarios</Link>
        </p>
      </PageHead>
      <main>
        {documents.map(({ begins, title, about }) => {
          const rows = covered.filter(({ requirement }) => requirement.id.startsWith(begins));
          return (
            <section key={begins} aria-label={title}>
              <h2>
                {title} <span className="standards-about">{about}</span>
              </h2>
              <table>
                <thead>
                  <tr>
                    <th scope="col">Requirement</th>
                    <th scope="col">In our words</th>
                    <th scope="col">Shown by</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <StandardsRow key={row.requirement.id} {...row} />
                  ))}
                </tbody>
              </table>
            </section>
          );
        })}
      </main>
    </div>
  );
}
