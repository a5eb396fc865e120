import { Checkbox, NativeSelect } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { SessionChange, SessionOptionsNow } from '../../../scenarios/engine/actions.ts';
import type { FreePlayOffer } from '../../../scenarios/engine/api.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { usePlayer, usePlayerState } from '../../player/usePlayer.ts';
import { ChangeMark } from '../../ui/ChangeMark.tsx';
import { markLines } from '../../ui/jsonLines.ts';
import './SessionOptions.css';
import { choicesAt, optionsAt, switches, valueAt, warningFor } from './sessionFields.ts';

interface Props {
  session: FreePlayOffer['session'];
  /** Up to the moment that is shown. */
  events: readonly TraceEvent[];
}

/** The session options at the moment that is shown. They can be changed at once. Below them, the code that sets them. */
export function SessionOptions({ session, events }: Props) {
  const player = usePlayer();
  const past = usePlayerState(({ cursor }) => cursor !== null);
  const { optionsBefore, codeBefore } = session;
  const options = past ? optionsAt(optionsBefore, events) : session.options;
  const code = codeFor(options, session);
  const change = (change: SessionChange) => void player.act({ do: 'session-options', change });
  const warning = warningFor(options, code ?? codeBefore);
  return (
    <div className="play-session">
      <fieldset className="play-switches" aria-label="Switches">
        {(Object.keys(switches) as (keyof typeof switches)[]).map((name) => (
          <Checkbox
            key={name}
            size="xs"
            color="var(--accent)"
            iconColor="var(--on-accent)"
            title={switches[name]}
            label={<Name name={name} changed={options[name] !== optionsBefore[name]} />}
            checked={options[name]}
            onChange={() => change({ [name]: !options[name] })}
          />
        ))}
      </fieldset>
      <fieldset className="play-choices" aria-label="Choices">
        {choicesAt(options).map(({ name, label, data }) => (
          <NativeSelect
            key={name}
            size="xs"
            label={<Name name={label} changed={valueAt(options, name) !== valueAt(optionsBefore, name)} />}
            value={valueAt(options, name)}
            data={data}
            onChange={({ currentTarget }) => change({ [name]: JSON.parse(currentTarget.value) })}
          />
        ))}
        <p className="mute">
          Each change restarts the app. Session records in Redis stay, with the cookie attributes that they were created
          with.
        </p>
      </fieldset>
      <section className="play-code" aria-label="Resulting code">
        {warning && <p className="play-problem">{warning}</p>}
        {code === null ? (
          <p className="mute">These are the options of then. The code of then is not kept.</p>
        ) : (
          <SessionCode code={code} before={codeBefore} />
        )}
      </section>
    </div>
  );
}

/** Returns the code that sets these options; null if neither the present nor the scenario has them. */
function codeFor(options: SessionOptionsNow, session: FreePlayOffer['session']): string | null {
  const same = (other: SessionOptionsNow) => JSON.stringify(other) === JSON.stringify(options);
  if (same(session.options)) return session.code;
  return same(session.optionsBefore) ? session.codeBefore : null;
}

const Name = ({ name, changed }: { name: string; changed: boolean }) => (
  <>
    <code>{name}</code> {changed && <ChangeMark mark="changed" word="changed" />}
  </>
);

interface CodeProps {
  code: string;
  /** The code of the scenario. */
  before: string;
}

const signs = { added: '+', removed: '−', changed: '~' };

/** The code that sets up the session, with the lines marked that differ from the scenario. */
function SessionCode({ code, before }: CodeProps) {
  const pre = useRef<HTMLPreElement>(null);
  useEffect(() => {
    // Reads `code`, so that each change scrolls to the first marked line.
    const marked = code && pre.current?.querySelector<HTMLElement>('[data-mark]');
    if (pre.current && marked) pre.current.scrollTop = marked.offsetTop - marked.offsetHeight;
  }, [code]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <pre className="mono" tabIndex={0} ref={pre}>
      {markLines(before.split('\n'), code.split('\n')).map(({ text, mark, was }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other identity
        <span key={index} className="play-code-line" data-mark={mark ?? undefined}>
          <span aria-hidden="true">{mark ? signs[mark] : ' '}</span>
          <span>
            {text}
            {was !== undefined && <span className="mute"> was {was}</span>}
            {mark && <span className="spoken"> ({mark})</span>}
          </span>
        </span>
      ))}
    </pre>
  );
}
