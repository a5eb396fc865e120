import { IconCheck } from '@tabler/icons-react';
import type { ScenarioOutline, Variant } from '../../scenarios/engine/trace.ts';
import { chapterTitle } from '../player/catalogue.ts';
import { useRecorded } from '../player/useApi.ts';
import { type Score, scoreOf } from '../progress/progress.ts';
import { useScenarioProgress } from '../progress/useProgress.ts';
import { addressOf } from '../ui/address.ts';
import { Link } from '../ui/Link.tsx';
import './CatalogueCard.css';

interface Props {
  scenario: ScenarioOutline;
  /** Its place among the lessons to start with, from 1. */
  number?: number;
  /** Shows the question, the number of steps and the standards. */
  withQuestion?: boolean;
  withChapter?: boolean;
}

/** One scenario: its term and its story, what the learner has done with it and, if wanted, its question. */
export function CatalogueCard({ scenario, number, withQuestion = false, withChapter = false }: Props) {
  const { slug, chapter, title, subtitle, question, steps, needsRealRedis, references } = scenario;
  const recorded = useRecorded();
  const progress = useScenarioProgress(slug);
  const { played } = progress;
  const score = scoreOf([progress]);
  const standards = ['ASVS ', 'WSTG-'].flatMap((name) => idsOf(name, references) ?? []);
  return (
    <li className="entry">
      {number !== undefined && <span className="entry-number number">{number}</span>}
      {withChapter && <span className="entry-chapter">{chapterTitle(chapter)}</span>}
      <h3>
        <Link to={addressOf(slug)}>{title}</Link>
      </h3>
      {subtitle && <p className="entry-subtitle">{subtitle}</p>}
      {withQuestion && <p className="entry-question">{question}</p>}
      {withQuestion && (
        <p className="entry-facts">
          {steps.length} steps
          {standards.length > 0 && number === undefined && (
            <span className="entry-standards">{standards.join(' · ')}</span>
          )}
        </p>
      )}
      {(needsRealRedis !== null || played.length > 0 || score.of > 0) && (
        <p className="entry-facts">
          {needsRealRedis !== null && (
            <span className="entry-real">{recorded?.missing[slug] ? 'not recorded' : 'real Redis only'}</span>
          )}
          {(played.length > 0 || score.of > 0) && (
            <span className="entry-done">
              {played.length === 2 && <IconCheck size={12} stroke={2.6} aria-hidden="true" />}
              {describeProgress(played, score)}
            </span>
          )}
        </p>
      )}
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
