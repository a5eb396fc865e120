import { Button, NativeSelect } from '@mantine/core';
import type { MouseEvent } from 'react';
import { memo } from 'react';
import { span } from '../../scenarios/engine/durations.ts';
import type { View } from '../../scenarios/engine/read.ts';
import { stepsPlayed } from '../player/state.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import './Footer.css';
import { PaceSwitch } from './PaceSwitch.tsx';
import { distances, type Jump } from './useJump.ts';

interface Props {
  view: View;
  jump: Jump;
}

/** Where one is in the scenario, and everything that moves it. */
export const Footer = memo(function Footer({ view, jump }: Props) {
  const player = usePlayer();
  const { scenario } = view.header;
  const total = scenario.steps.length;
  const past = usePlayerState(({ cursor }) => cursor !== null);
  const played = usePlayerState(({ events }) => stepsPlayed(events));
  const opening = usePlayerState((state) => state.busy === 'opening');
  const busy = usePlayerState((state) => state.busy !== null);
  const usable = usePlayerState(({ status }) => status === 'ready');
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  const atEnd = !past && played >= total;
  const atStart = view.step === null;

  return (
    <footer className="footer">
      <div className="footer-steps">
        <Button variant="default" aria-label="Previous step" data-key="←" {...off(atStart)} onClick={player.previous}>
          Previous
        </Button>
        <Button
          aria-label="Next step"
          data-key="→"
          {...off((!usable && !past) || atEnd || (busy && !past))}
          // The second click of a double click is not meant for the step after.
          onClick={(event: MouseEvent) => event.detail !== 2 && void player.next()}
        >
          Next step
        </Button>
        {recorded ? (
          <Button variant="default" {...off(!past)} onClick={player.goLive}>
            To the end
          </Button>
        ) : (
          <Button variant="default" {...off(!usable || busy || played >= total)} onClick={() => void player.runToEnd()}>
            Run to end
          </Button>
        )}
      </div>
      <p className="footer-where">
        <span className="number">{whereabouts(view)}</span>
        {past && !recorded && (
          <>
            {' · '}
            <button type="button" className="plain footer-link" onClick={player.goLive}>
              Back to now
            </button>
          </>
        )}
        {opening ? <span className="footer-busy"> · making a sandbox…</span> : null}
        {view.jumped >= 1000 && <span className="footer-jumped">{span(view.jumped)} jumped</span>}
      </p>
      {!recorded && (
        <div className="footer-time">
          {scenario.letsTimePass && <PaceSwitch />}
          <TimeAndReset jump={jump} />
        </div>
      )}
    </footer>
  );
});

const TimeAndReset = memo(function TimeAndReset({ jump }: { jump: Jump }) {
  const player = usePlayer();
  const usable = usePlayerState(({ status }) => status === 'ready');
  return (
    <>
      <div className="footer-jump">
        <NativeSelect
          size="xs"
          aria-label="How far to jump"
          value={jump.distance}
          onChange={(event) => jump.choose(event.currentTarget.value)}
          data={distances.map(({ value, label }) => ({ value, label }))}
        />
        <Button variant="default" aria-label="Jump time" data-key="t" {...off(!usable)} onClick={jump.go}>
          Jump time
        </Button>
      </div>
      <Button variant="default" aria-label="Reset" data-key="r" onClick={() => void player.reset()}>
        Reset
      </Button>
    </>
  );
});

function whereabouts({ step, running, steps }: View): string {
  if (step === null) return `${steps.length} steps`;
  return `${running ? 'Playing step' : 'Step'} ${step + 1} of ${steps.length}`;
}

/** Off, but still where the focus is: a button that is disabled while a step plays would lose it. */
const off = (is: boolean) => (is ? { 'aria-disabled': true, 'data-disabled': true } : {});
