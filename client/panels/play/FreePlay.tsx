import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { usePlayer, usePlayerState } from '../../player/usePlayer.ts';
import { download } from '../../ui/download.ts';
import './FreePlay.css';
import { RedisConsole } from './RedisConsole.tsx';
import { RequestForm } from './RequestForm.tsx';
import { SessionOptions } from './SessionOptions.tsx';
import { usePlayOffer } from './usePlayOffer.ts';

interface Props {
  view: View;
  events: readonly TraceEvent[];
}

const things = { request: 'Send a request', redis: 'Redis console', session: 'Session options' } as const;
type Thing = keyof typeof things;

/** Whatever the scenario does not do: done by hand, and saved as a scenario of one's own. */
export function FreePlay({ view, events }: Props) {
  const offer = usePlayOffer();
  const [thing, choose] = useState<Thing>('request');
  return (
    <div className="play">
      <div className="play-things">
        <fieldset aria-label="What to do">
          {(Object.keys(things) as Thing[]).map((name) => (
            <button
              key={name}
              type="button"
              className="plain play-thing"
              aria-pressed={name === thing}
              onClick={() => choose(name)}
            >
              {things[name]}
            </button>
          ))}
        </fieldset>
        <SaveScenario />
      </div>
      {offer === null ? (
        <p className="panel-empty details-empty">Asking the sandbox what it has…</p>
      ) : (
        <>
          {thing === 'request' && <RequestForm {...{ view, events, offer }} />}
          {thing === 'redis' && <RedisConsole view={view} />}
          {thing === 'session' && <SessionOptions session={offer.session} />}
        </>
      )}
    </div>
  );
}

/** What was done by hand, as a file that runs headless. Where it proves nothing, the page says why. */
function SaveScenario() {
  const player = usePlayer();
  const [saving, setSaving] = useState(false);
  const usable = usePlayerState(({ status }) => status === 'ready');
  const save = async () => {
    setSaving(true);
    const made = await player.saveScenario();
    setSaving(false);
    if (made) download(made.name, made.text, 'text/plain');
  };
  return (
    <Button
      variant="default"
      size="xs"
      className="play-save"
      leftSection={<IconDownload size={14} stroke={1.7} />}
      loading={saving}
      disabled={!usable}
      onClick={() => void save()}
    >
      Save as scenario
    </Button>
  );
}
