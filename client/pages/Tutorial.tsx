import { useDocumentTitle } from '@mantine/hooks';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { type TutorialLine, tutorial, type Verdict } from '../../scenarios/engine/tutorial.ts';
import { addressOf } from '../ui/address.ts';
import { Link } from '../ui/Link.tsx';
import { PageHead } from './PageHead.tsx';
import './page.css';
import './Tutorial.css';

const verdicts: Record<Verdict, { sign: string; text: string }> = {
  so: { sign: '✓', text: 'So' },
  partly: { sign: '~', text: 'Partly' },
  'not so': { sign: '✕', text: 'Not so' },
  'left out': { sign: '+', text: 'Left out' },
};

/** The lines of the usual Express session tutorial, each with what is so, and the scenarios that show it. */
export function Tutorial({ scenarios }: { scenarios: ScenarioOutline[] }) {
  useDocumentTitle('The tutorial says · Session Sandbox');
  const lines = tutorial.flatMap((part) => part.lines);
  const count = (verdict: Verdict) => lines.filter((line) => line.verdict === verdict).length;
  return (
    <div className="page tutorial">
      <PageHead title="The tutorial says">
        <p className="page-lead">
          The usual tutorial on sessions in Express, line by line. {count('so')} lines are so, {count('partly')} partly,{' '}
          {count('not so')} are not so, and {count('left out')} things are left out. Each has lessons where you can see
          it. <Link to="/">All scenarios</Link>
        </p>
      </PageHead>
      <main>
        {tutorial.map((part) => (
          <section key={part.title} aria-label={part.title}>
            <h2>{part.title}</h2>
            <ol className="tutorial-lines">
              {part.lines.map((line) => (
                <Line key={line.says} line={line} scenarios={scenarios} />
              ))}
            </ol>
          </section>
        ))}
      </main>
    </div>
  );
}

function Line({ line, scenarios }: { line: TutorialLine; scenarios: ScenarioOutline[] }) {
  const { says, code = false, verdict, so, shownBy } = line;
  return (
    <li className="tutorial-line">
      <p className="tutorial-says">{code ? <code>{says}</code> : says}</p>
      <div>
        <p className="tutorial-so">
          <span className="tutorial-verdict" data-verdict={verdict}>
            <span aria-hidden="true">{verdicts[verdict].sign}</span> {verdicts[verdict].text}
          </span>{' '}
          {so}
        </p>
        <ul className="tutorial-shown" aria-label="Shown by">
          {scenarios
            .filter(({ slug }) => shownBy.includes(slug))
            .map(({ slug, title }) => (
              <li key={slug}>
                <Link to={addressOf(slug)}>{title}</Link>
              </li>
            ))}
        </ul>
      </div>
    </li>
  );
}
