import { useDocumentTitle } from '@mantine/hooks';
import { type Covered, coverage, summary } from '../../scenarios/engine/standards.ts';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { addressOf } from '../ui/address.ts';
import { Link } from '../ui/Link.tsx';
import { PageHead } from './PageHead.tsx';
import './page.css';
import './Standards.css';

const documents = [
  { prefix: 'ASVS V7', title: 'ASVS V7', about: 'Session management' },
  { prefix: 'ASVS V3.3', title: 'ASVS V3.3', about: 'Cookie setup' },
  { prefix: 'WSTG', title: 'WSTG', about: 'Session management testing' },
];

/** The requirements of the standards with the scenarios that show them, computed from the references of the scenarios. */
export function Standards({ scenarios }: { scenarios: ScenarioOutline[] }) {
  useDocumentTitle('Standards · Session Sandbox');
  const covered = coverage(scenarios);
  const { shown, showable, total } = summary(covered);
  return (
    <div className="page standards">
      <PageHead title="Standards">
        <p className="page-lead">
          What OWASP ASVS 5.0 (V7 and V3.3) and the session tests of the OWASP testing guide require, in our own words,
          and the scenarios that show it: {shown} of the {showable} requirements that can be shown here;{' '}
          {total - showable} cannot. <Link to="/">All scenarios</Link>
        </p>
      </PageHead>
      <main>
        {documents.map(({ prefix, title, about }) => (
          <section key={prefix} aria-label={title}>
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
                {covered
                  .filter(({ requirement }) => requirement.id.startsWith(prefix))
                  .map((row) => (
                    <Row key={row.requirement.id} {...row} />
                  ))}
              </tbody>
            </table>
          </section>
        ))}
      </main>
    </div>
  );
}

/** One requirement, with the scenarios that show it, or the reason why none can. */
function Row({ requirement: { id, level, says, whyNot }, shownBy }: Covered) {
  return (
    <tr data-shown={shownBy.length > 0}>
      <th scope="row">
        <span className="standards-id">{id.replace(/^ASVS /, '')}</span>
        {level !== null && <span className="standards-level">level {level}</span>}
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
  );
}
