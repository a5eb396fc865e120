import { IconCheck } from '@tabler/icons-react';
import type { ScenarioOutline, Variant } from '../../scenarios/engine/trace.ts';
import { type Score, scoreOf } from '../progress/progress.ts';
import { useScenarioProgress } from '../progress/useProgress.ts';
import { addressOf } from '../ui/address.ts';
import { Link } from '../ui/Link.tsx';
import { Prose } from '../ui/Prose.tsx';

interface Props {
  scenario: ScenarioOutline;
  /** Its number in reading order, from 1. */
  number: number;
}

/** One scenario: its question, its lesson, the standards it shows, and the learner's progress. */
export function CatalogueCard({ scenario, number }: Props) {
  const { slug, title, question, lesson, steps, needsRealRedis, references } = scenario;
  const progress = useScenarioProgress(slug);
  const { played } = progress;
  const score = scoreOf([progress]);
  const standards = ['ASVS ', 'WSTG-'].flatMap((name) => idsOf(name, references) ?? []);
  return (
    <li className="catalogue-card">
      <span className="catalogue-number" data-played={played.length} aria-hidden="true">
        {played.length === 2 ? <IconCheck size={13} stroke={3} /> : number}
      </span>
      <h3>
        <Link to={addressOf(slug)}>{title}</Link>
      </h3>
      <p className="catalogue-question">{question}</p>
      <p className="catalogue-lesson">
        <Prose text={lesson} />
      </p>
      <p className="catalogue-facts">
        <span>{steps.length} steps</span>
        {needsRealRedis !== null && (
          <span className="catalogue-real" title={needsRealRedis}>
            real Redis only
          </span>
        )}
        {standards.length > 0 && <span className="catalogue-standards">{standards.join(' · ')}</span>}
      </p>
      {(played.length > 0 || score.of > 0) && <p className="catalogue-done">{describeProgress(played, score)}</p>}
    </li>
  );
}

/** Returns the ids of one standard, such as "ASVS V7.2.1, V7.2.4"; null if there are none. */
function idsOf(name: string, references: string[]): string | null {
  const ids = references.filter((id) => id.startsWith(name)).map((id) => id.slice(name.length));
  return ids.length > 0 ? `${name.slice(0, -1)} ${ids.join(', ')}` : null;
}

/** Returns "Played on both apps · 3 of 4 predictions right". */
function describeProgress(played: Variant[], { right, of }: Score): string {
  const apps = played.length === 2 ? 'Played on both apps' : played[0] && `Played on the ${played[0]} app`;
  const score = of > 0 && `${right} of ${of} ${of === 1 ? 'prediction' : 'predictions'} right`;
  return [apps, score].filter(Boolean).join(' · ');
}
