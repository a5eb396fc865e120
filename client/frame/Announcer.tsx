import { useEffect, useState } from 'react';
import type { View } from '../../scenarios/engine/read.ts';
import { usePlayerState } from '../player/usePlayer.ts';
import { guessKey } from '../progress/progressStore.ts';
import { useProgressState } from '../progress/useProgress.ts';
import { announcement } from './announcement.ts';

/** Says for screen readers where one is now, once for each moment. */
export function Announcer({ view }: { view: View }) {
  const notice = usePlayerState((state) => state.notice);
  const past = usePlayerState((state) => state.cursor !== null);
  const guess = useProgressState(({ guesses }) =>
    view.step === null ? undefined : guesses[guessKey(view, view.step)],
  );
  const sentence = announcement(view, past, guess);
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(notice ?? sentence), [notice, sentence]);
  return (
    <p className="spoken" role="status">
      {said}
    </p>
  );
}
