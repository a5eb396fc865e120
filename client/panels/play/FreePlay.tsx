import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { FreePlayOffer } from '../../../scenarios/engine/api.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { usePlayer, usePlayerState } from '../../player/usePlayer.ts';
import { download } from '../../ui/saveText.ts';
import './FreePlay.css';
import { RedisConsole } from './RedisConsole.tsx';
import { RequestForm } from './RequestForm.tsx';
import { SessionOptions } from './SessionOptions.tsx';

interface Props {
  view: View;
  /** The events up to the moment that is shown. */
  events: readonly TraceEvent[];
}

const tools = { request: 'Send a request', redis: 'Redis console', session: 'Session options' } as const;
type Tool = keyof typeof tools;

/** The tools for manual actions, and a button that saves those actions as a scenario. */
export function FreePlay({ view, events }: Props) {
  const offer = useOffer();
  const [tool, setTool] = useState<Tool>('request');
  return (
    <div className="play">
      <div className="play-tools">
        <fieldset aria-label="Tools">
          {(Object.keys(tools) as Tool[]).map((name) => (
            <button
              key={name}
              type="button"
              className="plain play-tool"
              aria-pressed={name === tool}
              onClick={() => setTool(name)}
            >
              {tools[name]}
            </button>
          ))}
        </fieldset>
        <SaveScenario />
      </div>
      {offer === null ? (
        <p className="panel-empty details-empty">Loading the actors and routes of this sandbox…</p>
      ) : (
        <>
          {tool === 'request' && <RequestForm {...{ view, events, offer }} />}
          {tool === 'redis' && <RedisConsole view={view} />}
          {tool === 'session' && <SessionOptions session={offer.session} events={events} />}
        </>
      )}
    </div>
  );
}

/** Returns what free play offers in this sandbox; null until it is loaded. Loads it again after each restart of the app. */
function useOffer(): FreePlayOffer | null {
  const player = usePlayer();
  const sandbox = usePlayerState((state) => (state.status === 'ready' ? state.sandbox?.id : undefined));
  const restarts = usePlayerState(({ events }) => events.filter(({ type }) => type === 'restart').length);
  const [loaded, setLoaded] = useState<{ sandbox: string; offer: FreePlayOffer } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after a restart, another app may run
  useEffect(() => {
    if (sandbox === undefined) return;
    let wanted = true;
    void player.playOffer().then((offer) => offer && wanted && setLoaded({ sandbox, offer }));
    return () => {
      wanted = false;
    };
  }, [player, sandbox, restarts]);
  return loaded && loaded.sandbox === sandbox ? loaded.offer : null;
}

/** Downloads the manual actions as a scenario that also runs headless. If they prove nothing, the page says why. */
function SaveScenario() {
  const player = usePlayer();
  const [saving, setSaving] = useState(false);
  const usable = usePlayerState(({ status }) => status === 'ready');
  const save = async () => {
    setSaving(true);
    const saved = await player.saveScenario();
    setSaving(false);
    if (saved) download(saved.name, saved.text, 'text/plain');
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
