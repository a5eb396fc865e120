import type { ScenarioOutline } from '../../../scenarios/engine/trace.ts';
import { usePlayerState } from '../../player/usePlayer.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Prose } from '../../ui/Prose.tsx';

const roles = { attacker: 'the attacker', victim: 'the victim', person: 'a person', admin: 'an admin' };

/** Before the first step: who takes part, what it needs, and how to begin. */
export function Beginning({ actors, needsRealRedis }: Pick<ScenarioOutline, 'actors' | 'needsRealRedis'>) {
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  return (
    <div className="beginning">
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
      <p className="mute">
        {recorded
          ? 'This is a recording of what really happened; nothing runs while you look at it.'
          : 'Nothing has happened yet. Every request will be real, and every step waits for you.'}
      </p>
    </div>
  );
}
