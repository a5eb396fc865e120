import { useInViewport } from '@mantine/hooks';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { RecordedRun as Run } from '../../scenarios/engine/api.ts';
import { whoIsWho } from '../../scenarios/engine/whoIsWho.ts';
import { timeLeftText } from '../panels/identity/fitting.ts';
import { IdentityPicture } from '../panels/identity/IdentityPicture.tsx';
import { addressOf } from '../ui/address.ts';
import { Link } from '../ui/Link.tsx';
import { recordedMoments } from './recordedMoments.ts';
import { useMovingIndex } from './useMovingIndex.ts';

/** A recorded run that moves through the ends of its steps while it is in view. It stands still for those who prefer that. */
export function RecordedRun({ trace, sentences }: Run) {
  const { moments, sids } = useMemo(() => recordedMoments(trace), [trace]);
  const { ref, inViewport } = useInViewport<HTMLElement>();
  const { index, playing, toggle } = useMovingIndex(moments.length, inViewport);
  const view = moments[index]!;
  const who = useMemo(() => whoIsWho(view), [view]);
  const { slug, title, steps } = trace.header.scenario;
  return (
    <section className="run" aria-label="A recorded run" ref={ref}>
      <div className="run-picture">
        <IdentityPicture
          who={who}
          parts={sentences[index] ?? []}
          sids={sids}
          play={String(index)}
          timeLeft={(end, room) => timeLeftText(end - view.at, room)}
        />
      </div>
      <div className="run-foot">
        <p className="run-step">
          <span className="run-number number">{index + 1}</span>
          <span className="run-title">{steps[index]?.title}</span>
        </p>
        <Link className="run-lesson" to={addressOf(slug)} title={`A recorded run of the lesson ${title}`}>
          {title}
        </Link>
        <button type="button" className="plain run-button" onClick={toggle}>
          {playing ? (
            <IconPlayerPauseFilled size={13} aria-hidden="true" />
          ) : (
            <IconPlayerPlayFilled size={13} aria-hidden="true" />
          )}
          {playing ? 'Pause' : 'Play'}
        </button>
      </div>
    </section>
  );
}
