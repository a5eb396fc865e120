import { Autocomplete, Button, type ComboboxParsedItem, NativeSelect, Textarea } from '@mantine/core';
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
  credentials,
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
  const saved = useFreePlayState((state) => state.draft);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  /** Until something is typed, the field offers all paths: those that match the text in it would be one. */
  const [typing, setTyping] = useState(false);
  const { name: actor } = offer.actors.find(({ name }) => name === saved.actor) ?? offer.actors[0]!;
  const origin = saved.origin === '' || offer.origins.includes(saved.origin) ? saved.origin : offer.origins[0]!;
  const draft = { ...saved, origin };
  const change = (part: Partial<Draft>) => {
    useFreePlayState.setState({ draft: { ...draft, ...part } });
    setProblem(null);
  };

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const request = requestOf({ ...draft, actor });
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
          value={actor}
          data={offer.actors.map(({ name, label }) => ({ value: name, label }))}
          onChange={({ currentTarget }) => change({ actor: currentTarget.value })}
        />
        <Autocomplete
          size="xs"
          comboboxProps={insideTheForm}
          classNames={{ input: 'mono' }}
          label="Method"
          value={draft.method}
          data={methods}
          filter={({ options }) => options}
          disabled={origin === ''}
          onChange={(method) => change(withMethod(draft, method))}
        />
        <Autocomplete
          size="xs"
          className="play-path"
          comboboxProps={insideTheForm}
          classNames={{ input: 'mono', option: 'mono' }}
          label="Path or address"
          value={draft.url}
          data={routeNames(offer.routes)}
          filter={({ options, search }) => (typing ? matching(options, search) : options)}
          onFocus={() => setTyping(false)}
          onOptionSubmit={() => setTyping(false)}
          maxDropdownHeight={220}
          limit={50}
          onChange={(typed) => {
            setTyping(true);
            change(withAddress(draft, typed));
          }}
        />
        <NativeSelect
          size="xs"
          label="From a page of"
          value={origin}
          data={[...offer.origins, { value: '', label: 'none, typed into the address bar' }]}
          onChange={({ currentTarget }) => change(withOrigin(draft, currentTarget.value))}
        />
        <NativeSelect
          size="xs"
          label="Credentials"
          title="What the page’s fetch() says about cookies. When it says nothing, that is same-origin."
          value={draft.credentials}
          data={[...credentials]}
          disabled={origin === ''}
          onChange={({ currentTarget }) =>
            change({ credentials: credentials.find((one) => one === currentTarget.value) ?? 'include' })
          }
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
          value={draft.headers}
          disabled={!canHaveHeaders(draft)}
          spellCheck={false}
          onChange={({ currentTarget }) => change({ headers: currentTarget.value })}
        />
        <Textarea
          size="xs"
          label="Body"
          classNames={{ input: 'mono' }}
          value={canHaveBody(draft) ? draft.body : ''}
          placeholder={canHaveBody(draft) ? '{"item":"hat"}' : `${draft.method} has no body`}
          disabled={!canHaveBody(draft)}
          spellCheck={false}
          onChange={({ currentTarget }) => change({ body: currentTarget.value })}
        />
        <Outcome view={view} events={events} />
      </div>
    </form>
  );
}

const matching = (options: ComboboxParsedItem[], search: string) =>
  options.filter((option) => 'value' in option && option.value.toLowerCase().includes(search.trim().toLowerCase()));

/** Keeps the suggestions next to their input, where a screen reader finds them. */
const insideTheForm = { withinPortal: false };
