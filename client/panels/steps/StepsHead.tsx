import type { View } from '../../../scenarios/engine/read.ts';
import type { ScenarioOutline, StoreKind, Variant } from '../../../scenarios/engine/trace.ts';
import { preferredStore } from '../../player/preferredStore.ts';
import { beginning, type PlayerState } from '../../player/state.ts';
import { usePlayerState } from '../../player/usePlayer.ts';
import { scoreIn } from '../../progress/progress.ts';
import { useScenarioProgress } from '../../progress/useProgress.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Prose } from '../../ui/Prose.tsx';

interface Props {
  view: View;
  /** Those on the page. */
  variants: readonly Variant[];
  atEnd: boolean;
}

/** Above the steps: the number of the step, the score until it is summed up at the end, the scenario's question and, before the first step, an introduction. */
export function StepsHead({ view: { header, step }, variants, atEnd }: Props) {
  const { scenario } = header;
  return (
    <>
      <div className="panel-head">
        <h2>Steps</h2>
        <span className="mute number">
          {step === null ? scenario.steps.length : `${step + 1} of ${scenario.steps.length}`}
        </span>
        {step !== null && !atEnd && <Score scenario={scenario} variants={variants} />}
      </div>
      <p className="steps-question" data-first={step === null || undefined}>
        {scenario.question}
      </p>
      {step === null && <Introduction {...scenario} better={preferredStore(scenario)} />}
    </>
  );
}

/** How many questions of these variants were predicted right; nothing before the first prediction. */
function Score({ scenario, variants }: { scenario: ScenarioOutline; variants: readonly Variant[] }) {
  const score = scoreIn(scenario, useScenarioProgress(scenario.slug), variants);
  if (score === null) return null;
  return (
    <span className="score number" title="Your first prediction for each question, kept in this browser">
      {score.right} of {score.of} right at first try
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
  const about = usePlayerState(whatRuns);
  return (
    <div className="introduction">
      <ul>
        {actors.map((actor) => (
          <li key={actor.name}>
            <Badge actor={actor} actors={actors} /> {actor.label}
            {/* Of a device, the name says whose it is. */}
            {!(actor.role === 'person' && /’s /.test(actor.label)) && (
              <span className="mute">, {roles[actor.role]}</span>
            )}
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
          do not tell the vulnerable app from the protected one.
        </p>
      )}
      <p className="mute">{about}</p>
    </div>
  );
}

/** Returns what runs while these steps are on the page, and who plays them. */
function whatRuns(state: PlayerState): string {
  const { hasApp, playedElsewhere } = state;
  const begins = beginning(state);
  if (begins !== null) return begins;
  if (hasApp) return 'No step has been played yet. Every request is real, and each step starts when you play it.';
  if (playedElsewhere)
    return 'No step has been played yet. Every request is real, and this page shows it when it is played.';
  return 'This is a recording of a real run. Nothing runs while you view it.';
}
