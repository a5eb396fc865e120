import type { View } from '../../../scenarios/engine/read.ts';
import type { ScenarioOutline, StoreKind } from '../../../scenarios/engine/trace.ts';
import { preferredStore } from '../../player/preferredStore.ts';
import { usePlayerState } from '../../player/usePlayer.ts';
import { scoreOf } from '../../progress/progress.ts';
import { useScenarioProgress } from '../../progress/useProgress.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Prose } from '../../ui/Prose.tsx';

/** Above the steps: the number of the step, the score until it is summed up at the end, the scenario's question and, before the first step, an introduction. */
export function StepsHead({ view: { header, step }, atEnd }: { view: View; atEnd: boolean }) {
  const { scenario } = header;
  return (
    <>
      <div className="panel-head">
        <h2>Steps</h2>
        <span className="mute number">
          {step === null ? scenario.steps.length : `${step + 1} of ${scenario.steps.length}`}
        </span>
        {!atEnd && <Score slug={scenario.slug} />}
      </div>
      <p className="steps-question" data-first={step === null || undefined}>
        {scenario.question}
      </p>
      {step === null && <Introduction {...scenario} better={preferredStore(scenario)} />}
    </>
  );
}

/** How many predictions of this scenario were right; nothing before the first one. */
function Score({ slug }: { slug: string }) {
  const { right, of } = scoreOf([useScenarioProgress(slug)]);
  if (of === 0) return null;
  return (
    <span className="score number" title="Your first prediction for each question, kept in this browser">
      {right} of {of} right
    </span>
  );
}

const roles = { attacker: 'the attacker', victim: 'the victim', person: 'a person', admin: 'an admin' };

type IntroductionProps = Pick<ScenarioOutline, 'actors' | 'needsRealRedis'> & {
  /** The store on which more of the answers differ; null if it is this one. */
  better: StoreKind | null;
};

/** Who takes part, and what the scenario needs. */
function Introduction({ actors, needsRealRedis, better }: IntroductionProps) {
  const hasApp = usePlayerState((state) => state.hasApp);
  return (
    <div className="introduction">
      <ul>
        {actors.map((actor) => (
          <li key={actor.name}>
            <Badge actor={actor} actors={actors} /> {actor.label}
            <span className="mute">, {roles[actor.role]}</span>
          </li>
        ))}
      </ul>
      {needsRealRedis !== null && (
        <p>
          <strong>On a real Redis only.</strong> <Prose text={needsRealRedis} />
        </p>
      )}
      {better !== null && hasApp && (
        <p>
          <strong>Choose {better === 'real' ? 'the real Redis' : 'the mock'} above.</strong> On this store most answers
          are the same in both variants.
        </p>
      )}
      <p className="mute">
        {hasApp
          ? 'No step has been played yet. Every request is real, and each step starts when you play it.'
          : 'This is a recording of a real run. Nothing runs while you view it.'}
      </p>
    </div>
  );
}
