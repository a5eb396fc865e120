import { Autocomplete, Button, NativeSelect, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { FreePlayOffer } from '../../../scenarios/engine/api.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import { useFreePlayState } from './freePlayState.ts';
import { Outcome } from './Outcome.tsx';
import './RequestForm.css';
import {
  canHaveBody,
  canHaveHeaders,
  type Draft,
  methods,
  requestOf,
  routeNames,
  withAddress,
  withMethod,
  withOrigin,
} from './requestDraft.ts';

interface Props {
  view: View;
  events: readonly TraceEvent[];
  offer: FreePlayOffer;
}

/** A form for a request that the browser of an actor sends, from a page or from the address bar. */
export function RequestForm({ view, events, offer }: Props) {
  const player = usePlayer();
  const draft = useFreePlayState((state) => state.draft);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const change = (next: Draft) => {
    useFreePlayState.setState({ draft: next });
    setProblem(null);
  };
  const actor = offer.actors.find(({ name }) => name === draft.actor) ?? offer.actors[0]!;
  const origin = draft.origin === '' || offer.origins.includes(draft.origin) ? draft.origin : offer.origins[0]!;
  const current = { ...draft, origin };

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const request = requestOf(current, actor.name);
    if (typeof request === 'string') return setProblem(request);
    setProblem(null);
    setSending(true);
    await player.act(request);
    setSending(false);
  };

  return (
    <form className="play-request" aria-label="Request" onSubmit={(event) => void send(event)}>
      <div className="play-line">
        <NativeSelect
          size="xs"
          label="Who"
          value={actor.name}
          data={offer.actors.map(({ name, label }) => ({ value: name, label }))}
          onChange={({ currentTarget }) => change({ ...current, actor: currentTarget.value })}
        />
        <Autocomplete
          size="xs"
          comboboxProps={insideTheForm}
          classNames={{ input: 'mono' }}
          label="Method"
          value={current.method}
          data={methods}
          filter={({ options }) => options}
          disabled={origin === ''}
          onChange={(method) => change(withMethod(current, method))}
        />
        <Autocomplete
          size="xs"
          className="play-path"
          comboboxProps={insideTheForm}
          classNames={{ input: 'mono', option: 'mono' }}
          label="Path or address"
          value={current.url}
          data={routeNames(offer.routes)}
          maxDropdownHeight={220}
          limit={50}
          onChange={(typed) => change(withAddress(current, typed))}
        />
        <NativeSelect
          size="xs"
          label="From a page of"
          value={origin}
          data={[
            ...offer.origins.map((page) => ({ value: page, label: page })),
            { value: '', label: 'none, typed into the address bar' },
          ]}
          onChange={({ currentTarget }) => change(withOrigin(current, currentTarget.value))}
        />
        <Button type="submit" size="xs" loading={sending}>
          Send
        </Button>
      </div>
      {problem && (
        <p className="play-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="play-texts">
        <Textarea
          size="xs"
          label="Additional headers, one per line"
          classNames={{ input: 'mono' }}
          value={current.headers}
          disabled={!canHaveHeaders(current)}
          spellCheck={false}
          onChange={({ currentTarget }) => change({ ...current, headers: currentTarget.value })}
        />
        <Textarea
          size="xs"
          label="Body"
          classNames={{ input: 'mono' }}
          value={canHaveBody(current) ? current.body : ''}
          placeholder={canHaveBody(current) ? '{"item":"hat"}' : `${current.method} has no body`}
          disabled={!canHaveBody(current)}
          spellCheck={false}
          onChange={({ currentTarget }) => change({ ...current, body: currentTarget.value })}
        />
        <Outcome view={view} events={events} />
      </div>
    </form>
  );
}

/** Keeps the suggestions next to their input, where a screen reader finds them. */
const insideTheForm = { withinPortal: false };
