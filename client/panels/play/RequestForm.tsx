import { Autocomplete, Button, NativeSelect, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { FreePlayOffer } from '../../../scenarios/engine/api.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import {
  type Draft,
  methods,
  requestOf,
  routeNames,
  takesBody,
  takesHeaders,
  withAddress,
  withMethod,
  withOrigin,
} from './draft.ts';
import { Outcome } from './Outcome.tsx';
import { usePlayDrafts } from './playState.ts';
import './RequestForm.css';

interface Props {
  view: View;
  events: readonly TraceEvent[];
  offer: FreePlayOffer;
}

/** A request as somebody's browser would make it, from a page or from the address bar. */
export function RequestForm({ view, events, offer }: Props) {
  const player = usePlayer();
  const draft = usePlayDrafts((drafts) => drafts.draft);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const change = (next: Draft) => {
    usePlayDrafts.setState({ draft: next });
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
          className="play-method"
          comboboxProps={inPlace}
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
          comboboxProps={inPlace}
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
            { value: '', label: 'none: an address is typed' },
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
          label="Headers of its own, one a line"
          classNames={{ input: 'mono' }}
          value={current.headers}
          disabled={!takesHeaders(current)}
          spellCheck={false}
          onChange={({ currentTarget }) => change({ ...current, headers: currentTarget.value })}
        />
        <Textarea
          size="xs"
          label="Body"
          classNames={{ input: 'mono' }}
          value={takesBody(current) ? current.body : ''}
          placeholder={takesBody(current) ? '{"item":"hat"}' : `A ${current.method} has none`}
          disabled={!takesBody(current)}
          spellCheck={false}
          onChange={({ currentTarget }) => change({ ...current, body: currentTarget.value })}
        />
        <Outcome view={view} events={events} />
      </div>
    </form>
  );
}

/** Its list of options stays in this part of the page, where a screen reader expects it. */
const inPlace = { withinPortal: false };
