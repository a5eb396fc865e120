import { IconReload } from '@tabler/icons-react';
import { memo, useCallback, useMemo } from 'react';
import type { View } from '../../../scenarios/engine/read.ts';
import type { Part } from '../../../scenarios/engine/verdict.ts';
import { differingBrowsers, whoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { verdict } from '../../../scenarios/engine/whoIsWhoText.ts';
import { beginning } from '../../player/state.ts';
import { usePlayerState, useTicking } from '../../player/usePlayer.ts';
import type { Replay } from '../../player/useReplay.ts';
import { useRegionName } from '../../ui/panel.ts';
import { moreWithTimes } from './AnswerTimes.tsx';
import { timeLeftText } from './fitting.ts';
import { IdentityPicture } from './IdentityPicture.tsx';

interface Props {
  view: View;
  sids: readonly string[];
  /** The same moment in the other variant, to mark where the two differ. */
  other?: View;
  /** Returns the index of the step since which the two have taken a browser for different people. */
  since?: (name: string) => number;
  replay: Replay;
  /** Which run it shows, where another one is shown as well. */
  run?: string | null;
}

/** Who the shop thinks each browser is, at the current moment. It is drawn again when a record or a cookie expires. */
export const Identity = memo(function Identity({
  view,
  sids,
  other,
  since,
  run = null,
  replay: { play, again },
}: Props) {
  const ends = useMemo(() => endsIn(view), [view]);
  const expired = useTicking((now) => ends.findLast((end) => end <= now) ?? null);
  const now = Math.max(view.at, expired ?? 0);
  const who = useMemo(() => whoIsWho(view, now), [view, now]);
  const begins = usePlayerState(beginning);
  const parts = useMemo(
    (): Part[] => (begins === null ? verdict(view, now).parts : [{ tone: 'plain', text: begins }]),
    [view, now, begins],
  );
  const differing = useMemo(
    () => (other && isSameMoment(view, other) ? apartIn(view, other, since) : none),
    [view, other, since],
  );
  const more = useMemo(() => moreWithTimes(view, other), [view, other]);
  const timeLeft = useCallback((end: number, room: number) => <TimeLeft expiresAt={end} room={room} />, []);
  return (
    <section className="identity-panel" aria-label={useRegionName('Identity')}>
      <div className="panel-head">
        <h2>Who the shop thinks each browser is</h2>
        {run !== null && <span className="identity-run">{run}</span>}
        <span className="identity-when">
          {play !== null && (
            <button type="button" className="plain identity-replay" onClick={again}>
              <IconReload size={13} stroke={1.8} aria-hidden="true" /> Replay
            </button>
          )}
          {begins !== null
            ? ''
            : view.step === null
              ? 'before step 1'
              : `${view.running ? 'during' : 'after'} step ${view.step + 1}`}
        </span>
      </div>
      <IdentityPicture {...{ who, parts, sids, differing, play, timeLeft, more }} />
    </section>
  );
});

const none: ReadonlyMap<string, number | null> = new Map();

/** The actors whom the two take for different people: since the step with that index, or null for the step that is shown. */
function apartIn(view: View, other: View, since: Props['since']): ReadonlyMap<string, number | null> {
  const names = differingBrowsers(whoIsWho(view), whoIsWho(other));
  return new Map(
    names.map((name) => {
      const step = since?.(name) ?? view.step;
      return [name, step === view.step ? null : step];
    }),
  );
}

/** While one side still plays the step, everything would differ. */
const isSameMoment = (one: View, other: View) => one.step === other.step && !one.running && !other.running;

function TimeLeft({ expiresAt, room }: { expiresAt: number; room: number }) {
  return useTicking((now) => timeLeftText(expiresAt - now, room));
}

/** Returns when the records and session cookies expire, in sandbox ms, earliest first. */
function endsIn({ keys, memory, actors }: View): number[] {
  const records = [...keys.filter(({ sid }) => sid !== null), ...memory].map(({ expiresAt }) => expiresAt);
  const cookies = actors.flatMap((actor) => actor.cookies.map(({ cookie }) => (cookie.sid ? cookie.expiresAt : null)));
  return [...records, ...cookies].filter((end) => end !== null).sort((a, b) => a - b);
}
