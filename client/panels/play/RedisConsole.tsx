import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { View } from '../../../scenarios/engine/read.ts';
import { usePlayer, usePlayerState } from '../../player/usePlayer.ts';
import { type ConsoleEntry, recall, remember, useFreePlayState } from './freePlayState.ts';
import './RedisConsole.css';

const none: ConsoleEntry[] = [];
const mostEntries = 200;

/** A console like redis-cli, limited to the keys of this sandbox. */
export function RedisConsole({ view }: { view: View }) {
  const player = usePlayer();
  const usable = usePlayerState(({ status }) => status === 'ready');
  const { sandbox, namespace } = view.header;
  const history = useFreePlayState((state) => state.history);
  const entries = useFreePlayState(({ console }) => (console.sandbox === sandbox ? console.entries : none));
  const [input, setInput] = useState('');
  const output = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (entries.length > 0) output.current?.scrollTo({ top: output.current.scrollHeight });
  }, [entries]);

  const run = async () => {
    if (input.trim() === '') return;
    useFreePlayState.setState({ history: remember(history, input) });
    setInput('');
    player.dismiss();
    const reply = await player.act({ do: 'redis', line: input });
    const { refusal, sandbox: current } = player.store.getState();
    if (reply === null) {
      // In the past, the page asks whether to fork. The learner did not.
      if (refusal === null) return setInput(input);
      // The console shows the refusal, so the page need not.
      player.dismiss();
    }
    addEntry(current?.id ?? '', { command: input, reply: reply ?? refusal, refused: reply === null });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return void run();
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const [next, recalled] = recall(history, event.key === 'ArrowUp' ? 1 : -1, input);
    useFreePlayState.setState({ history: next });
    setInput(recalled);
  };

  return (
    <div className="play-console mono">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div className="play-output" ref={output} role="log" aria-label="Replies of Redis" tabIndex={0}>
        {entries.length === 0 && (
          <p className="panel-empty">
            Only keys of this sandbox, with or without the prefix <code>{namespace}</code>. Read with GET, TTL, TYPE,
            KEYS and others. Change with SET, DEL, EXPIRE, PEXPIRE and PERSIST.
          </p>
        )}
        {entries.map(({ id, command, reply, refused }) => (
          <div key={id}>
            <p className="play-command">
              <span className="mute">redis&gt; </span>
              {command}
            </p>
            <pre className="play-reply" data-refused={refused || undefined}>
              {reply}
            </pre>
          </div>
        ))}
      </div>
      <label className="play-prompt">
        <span className="mute">redis&gt;</span>
        <input
          aria-label="Redis command"
          value={input}
          disabled={!usable}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder="keys *"
          onChange={({ currentTarget }) => setInput(currentTarget.value)}
          onKeyDown={press}
        />
      </label>
    </div>
  );
}

/** @param sandbox the one that answered: after a fork it is not the one in which the command was typed */
function addEntry(sandbox: string, entry: Omit<ConsoleEntry, 'id'>): void {
  useFreePlayState.setState(({ console }) => {
    const before = console.sandbox === sandbox ? console.entries : [];
    const id = (before.at(-1)?.id ?? 0) + 1;
    return { console: { sandbox, entries: [...before, { id, ...entry }].slice(-mostEntries) } };
  });
}
