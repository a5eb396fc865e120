import { Checkbox, NativeSelect } from '@mantine/core';
import type { SessionChange } from '../../../scenarios/engine/actions.ts';
import type { FreePlayOffer } from '../../../scenarios/engine/api.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import { ChangeMark } from '../../ui/ChangeMark.tsx';
import './SessionOptions.css';
import { SessionCode } from './SessionCode.tsx';
import { choices, switches, warningFor } from './sessionFields.ts';

/** The running app's session options, each to be switched at once, with the code that says the same. */
export function SessionOptions({ session }: { session: FreePlayOffer['session'] }) {
  const player = usePlayer();
  const { options, optionsBefore, code, codeBefore } = session;
  const change = (change: SessionChange) => void player.act({ do: 'session-options', change });
  const warning = warningFor(options, code);
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
        {(Object.keys(choices) as (keyof typeof choices)[]).map((name) => {
          const { label, options: all, shown, change: changed } = choices[name];
          return (
            <NativeSelect
              key={name}
              size="xs"
              label={<Name name={label} changed={shown(options) !== shown(optionsBefore)} />}
              value={shown(options)}
              data={all(options)}
              onChange={({ currentTarget }) => change(changed(currentTarget.value))}
            />
          );
        })}
        <p className="mute">
          A switch starts the app again. Records in Redis stay, each with the cookie attributes it was made with.
        </p>
      </fieldset>
      <section className="play-code" aria-label="Resulting code">
        {warning && <p className="play-problem">{warning}</p>}
        <SessionCode code={code} before={codeBefore} />
      </section>
    </div>
  );
}

const Name = ({ name, changed }: { name: string; changed: boolean }) => (
  <>
    <code>{name}</code> {changed && <ChangeMark mark="changed" word="changed" />}
  </>
);
