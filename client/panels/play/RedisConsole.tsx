import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { View } from '../../../scenarios/engine/read.ts';
import { usePlayer, usePlayerState } from '../../player/usePlayer.ts';
import { gone, typed } from './history.ts';
import { type ConsoleLine, usePlayDrafts } from './playState.ts';
import './RedisConsole.css';

const none: ConsoleLine[] = [];
const most = 200;

/** Redis as redis-cli shows it, as far as the keys of this sandbox go. */
export function RedisConsole({ view }: { view: View }) {
  const player = usePlayer();
  const usable = usePlayerState(({ status }) => status === 'ready');
  const { sandbox } = view.header;
  const history = usePlayDrafts((drafts) => drafts.history);
  const said = usePlayDrafts(({ lines }) => (lines.sandbox === sandbox ? lines.said : none));
  const [line, setLine] = useState('');
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said.length > 0) end.current?.scrollTo({ top: end.current.scrollHeight });
  }, [said]);

  const run = async () => {
    if (line.trim() === '') return;
    usePlayDrafts.setState({ history: typed(history, line) });
    setLine('');
    player.dismiss();
    const reply = await player.act({ do: 'redis', line });
    const { refusal } = player.store.getState();
    // In the past it was asked whether to go on from there, and nobody wanted to.
    if (reply === null && refusal === null) return setLine(line);
    // What was refused is said where it was typed.
    if (reply === null && refusal) player.dismiss();
    const now = player.store.getState().sandbox?.id ?? '';
    usePlayDrafts.setState(({ lines }) => {
      const before = lines.sandbox === now ? lines.said : [];
      const answered = {
        id: (before.at(-1)?.id ?? 0) + 1,
        typed: line,
        reply: reply ?? refusal,
        refused: reply === null,
      };
      return { lines: { sandbox: now, said: [...before, answered].slice(-most) } };
    });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return void run();
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const [next, shown] = gone(history, event.key === 'ArrowUp' ? 1 : -1, line);
    usePlayDrafts.setState({ history: next });
    setLine(shown);
  };

  return (
    <div className="play-console mono">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that */}
      <div className="play-said" ref={end} role="log" aria-label="Replies of Redis" tabIndex={0}>
        {said.length === 0 && (
          <p className="panel-empty">
            Only keys of this sandbox, with or without <code>{view.header.namespace}</code> before them. Looks with GET,
            TTL, TYPE, KEYS and others; changes with SET, DEL, EXPIRE, PEXPIRE and PERSIST.
          </p>
        )}
        {said.map(({ id, typed, reply, refused }) => (
          <div key={id}>
            <p className="play-typed">
              <span className="mute">redis&gt; </span>
              {typed}
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
          value={line}
          disabled={!usable}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder="keys *"
          onChange={({ currentTarget }) => setLine(currentTarget.value)}
          onKeyDown={press}
        />
      </label>
    </div>
  );
}
