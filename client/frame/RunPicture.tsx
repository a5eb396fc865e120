import { useCallback, useMemo } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import { whoIsWho } from '../../scenarios/engine/whoIsWho.ts';
import { verdict } from '../../scenarios/engine/whoIsWhoText.ts';
import { moreWithTimes } from '../panels/identity/AnswerTimes.tsx';
import { timeLeftText } from '../panels/identity/fitting.ts';
import { IdentityPicture } from '../panels/identity/IdentityPicture.tsx';

/** Who the shop thinks each browser is, at a moment of a run that is over: its time stands still. */
export function RunPicture({ view, sids }: { view: View; sids: readonly string[] }) {
  const who = useMemo(() => whoIsWho(view), [view]);
  const more = useMemo(() => moreWithTimes(view), [view]);
  const timeLeft = useCallback((end: number, room: number) => timeLeftText(end - view.at, room), [view]);
  return (
    <IdentityPicture
      who={who}
      parts={verdict(view).parts}
      sids={sids}
      play={`${view.header.sandbox} ${view.step}`}
      timeLeft={timeLeft}
      more={more}
    />
  );
}
