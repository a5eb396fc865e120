import { ActionIcon, Button, NativeSelect, Tooltip } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { type ComponentProps, memo, type ReactNode, useMemo, useState } from 'react';
import { span } from '../../scenarios/engine/durations.ts';
import type { View } from '../../scenarios/engine/read.ts';
import type { Pace } from '../../scenarios/engine/trace.ts';
import { toNextExpiry } from '../player/expiries.ts';
import { choiceOf, viewOf } from '../player/state.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import { usePlaying } from '../player/usePlaying.ts';
import { disabledIf } from '../ui/disabledIf.ts';
import { Switch } from '../ui/Switch.tsx';
import './Footer.css';
import { LifetimesSwitch } from './LifetimesSwitch.tsx';
import { StepButtons } from './StepButtons.tsx';

interface Props extends ComponentProps<typeof StepButtons> {
  jump: Jump;
  /** What can cover the rest. */
  children: ReactNode;
}

/** The current step, and the controls for steps and time. */
export const Footer = memo(function Footer({ view, next, wayOn, jump, children }: Props) {
  const player = usePlayer();
  const { scenario } = view.header;
  const past = usePlayerState(({ cursor }) => cursor !== null);
  const opening = usePlayerState((state) => state.busy === 'opening');
  const usable = usePlayerState(({ status }) => status === 'ready');
  const recorded = usePlayerState(({ status }) => status === 'recorded');
  const hasApp = usePlayerState((state) => state.hasApp);
  const [more, setMore] = useState(false);

  return (
    <footer className="footer" data-more={more || undefined}>
      <StepButtons view={view} next={next} wayOn={wayOn} />
      <p className="footer-where">
        <span className="number">{currentStep(view)}</span>
        {past && !recorded && (
          <>
            {' · '}
            <button type="button" className="plain footer-link" onClick={player.goLive}>
              Back to now
            </button>
          </>
        )}
        {opening ? <span className="footer-busy"> · opening a sandbox…</span> : null}
        {view.jumped >= 1000 && <span className="footer-jumped">{span(view.jumped)} jumped</span>}
      </p>
      <ActionIcon
        className="footer-more"
        variant="default"
        size={34}
        aria-label="More controls"
        aria-expanded={more}
        onClick={() => setMore(!more)}
      >
        <IconDots size={17} stroke={1.8} />
      </ActionIcon>
      <div className="footer-time">
        {hasApp && scenario.letsTimePass && <PaceSwitch />}
        <LifetimesSwitch scenario={scenario} />
        {hasApp && <JumpTime jump={jump} usable={usable} />}
        {!recorded && <Reset />}
      </div>
      {children}
    </footer>
  );
});

const minuteMs = 60_000;

/** How far a jump in time can go: by a length in ms, or to just before the next expiry. */
const distances = [
  { value: 'expiry', label: 'to 5 s before expiry', ms: null },
  { value: '10s', label: 'by 10 seconds', ms: 10_000 },
  { value: '1min', label: 'by 1 minute', ms: minuteMs },
  { value: '10min', label: 'by 10 minutes', ms: 10 * minuteMs },
  { value: '1h', label: 'by 1 hour', ms: 60 * minuteMs },
] as const;

export interface Jump {
  distance: string;
  choose(distance: string): void;
  go(): void;
}

/** Returns the chosen distance of a jump in time, and the functions that choose another one and jump. */
export function useJump(): Jump {
  const player = usePlayer();
  const [distance, choose] = useState<string>(distances[0].value);
  return useMemo(() => {
    const go = () => {
      const view = viewOf(player.store.getState());
      if (!view) return;
      const chosen = distances.find(({ value }) => value === distance)?.ms ?? null;
      const { ms, notice } = chosen === null ? toNextExpiry(view, player.now()) : { ms: chosen, notice: null };
      void player.act({ do: 'jump-time', ms }, notice);
    };
    return { distance, choose, go };
  }, [player, distance]);
}

const JumpTime = memo(function JumpTime({ jump, usable }: { jump: Jump; usable: boolean }) {
  return (
    <div className="footer-jump">
      <NativeSelect
        size="xs"
        aria-label="How far to jump"
        value={jump.distance}
        onChange={(event) => jump.choose(event.currentTarget.value)}
        data={distances.map(({ value, label }) => ({ value, label }))}
      />
      <Button variant="default" aria-label="Jump time" data-key="t" {...disabledIf(!usable)} onClick={jump.go}>
        Jump time
      </Button>
    </div>
  );
});

const Reset = memo(function Reset() {
  const { reset } = usePlaying();
  return (
    <Button variant="default" aria-label="Reset" data-key="r" onClick={reset}>
      Reset
    </Button>
  );
});

/** Chooses how steps let time pass: everything gets older at once, or they really wait, with shorter limits. */
function PaceSwitch() {
  const player = usePlayer();
  const pace = usePlayerState((state) => choiceOf(state)?.pace ?? 'jump');
  return (
    <Tooltip label="Steps that let time pass either jump over it or really wait. When they wait, limits are seconds instead of minutes.">
      <div className="pace">
        <span className="pace-label" aria-hidden="true">
          Waits
        </span>
        <Switch
          size="xs"
          aria-label="Waits"
          value={pace}
          onChange={(value) => void player.switchTo({ pace: value as Pace })}
          data={[
            { value: 'jump', label: 'Jump' },
            { value: 'real', label: 'Real time' },
          ]}
        />
      </div>
    </Tooltip>
  );
}

function currentStep({ step, running, steps }: View): string {
  if (step === null) return `${steps.length} steps`;
  return `${running ? 'Playing step' : 'Step'} ${step + 1} of ${steps.length}`;
}
