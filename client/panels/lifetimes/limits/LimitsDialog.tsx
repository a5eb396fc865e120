import { Button } from '@mantine/core';
import { useState } from 'react';
import { type Click, type Limits, modelClicks } from '../../../../scenarios/engine/limits.ts';
import type { StoreKind, TraceHeader } from '../../../../scenarios/engine/trace.ts';
import { useApi, useRecorded } from '../../../player/useApi.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { SomeSigns } from '../Legend.tsx';
import { LimitControls } from './LimitControls.tsx';
import './Limits.css';
import { LimitsDrawing } from './LimitsDrawing.tsx';
import { limitsOfRun } from './limitsOfRun.ts';
import { agreementText, leftoverText, outcomeText, redisNames } from './outcomeText.ts';

interface Props {
  opened: boolean;
  onClose: () => void;
  /** Of the run that is shown. */
  header: TraceHeader;
}

/** Other limits than those of the run: what they mean, and a real run that proves it. */
export function LimitsDialog({ opened, onClose, header }: Props) {
  const [limits, setLimits] = useState(() => limitsOfRun(header));
  const { played, playing, problem, play, forget } = usePlayed();
  const hasServer = useRecorded() === null;
  const model = modelClicks(limits);
  const change = (changed: Limits) => {
    setLimits(changed);
    forget();
  };
  return (
    <Dialog title="How long does a login last?" opened={opened} onClose={onClose} size={940}>
      <div className="limits">
        <div className="limits-outcome" aria-live="polite">
          <p>{outcomeText(limits, model)}</p>
          <p className="mute">{leftoverText(limits, model)}</p>
        </div>
        <LimitControls limits={limits} onChange={change} />
        <div className="limits-result">
          <LimitsDrawing limits={limits} model={model} measured={played}>
            {hasServer && (
              <p className="mute">
                Is that true? Play it on the app and {redisNames[header.store]}: log in, click, and measure.
              </p>
            )}
          </LimitsDrawing>
          <SomeSigns of={['renewed', 'expires', 'deleted']} />
          {hasServer && (
            <div className="limits-proof">
              <Button size="xs" loading={playing} onClick={() => play(limits, header.store)}>
                {played ? 'Play again' : 'Play it'}
              </Button>
              <p aria-live="polite">{problem ?? (played && agreementText(model, played, header.store))}</p>
            </div>
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** Plays limits on the server. A result that arrives after the limits were changed is ignored. */
function usePlayed() {
  const { playLimits } = useApi();
  const [run, setRun] = useState<{ limits: Limits; clicks: Click[] | null; problem: string | null } | null>(null);
  const play = (limits: Limits, store: StoreKind) => {
    setRun({ limits, clicks: null, problem: null });
    const finish = (result: { clicks: Click[] | null; problem: string | null }) =>
      setRun((current) => (current?.limits === limits ? { limits, ...result } : current));
    playLimits({ ...limits, store }).then(
      ({ clicks }) => finish({ clicks, problem: null }),
      (error: Error) => finish({ clicks: null, problem: error.message }),
    );
  };
  return {
    played: run?.clicks ?? null,
    problem: run?.problem ?? null,
    playing: run !== null && !run.clicks && !run.problem,
    play,
    forget: () => setRun(null),
  };
}
