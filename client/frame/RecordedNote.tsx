import { Popover } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { Recorded } from '../../scenarios/engine/recording.ts';
import { useRecorded } from '../player/useApi.ts';
import './RecordedNote.css';

const command = 'npm ci && npm start';

const dateOf = ({ at }: Recorded) => new Date(at).toLocaleDateString('en-GB', { dateStyle: 'long' });

/** Where the page plays recordings: when they were made, and how to get what can be acted in. */
export function RecordedNote() {
  const recorded = useRecorded();
  if (!recorded) return null;
  return (
    <p className="recorded-note">
      Recorded on {dateOf(recorded)}. Install Session Sandbox to act yourself: <code>{command}</code>
    </p>
  );
}

/** The same in the header of a scenario, where it opens when it is asked for. */
export function RecordedButton({ recorded, store }: { recorded: Recorded; store: string }) {
  return (
    <Popover width={320} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="plain recorded-button">
          Recorded <span className="recorded-date">{dateOf(recorded)}</span>
          <IconInfoCircle size={15} stroke={1.7} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="recorded-what">
        <strong>Recorded on {dateOf(recorded)}</strong>
        <p>
          On {store === 'real' ? 'a real' : 'the mock'} Redis. Every request, command and answer is what the lab
          recorded, with its times.
        </p>
        <p>Install Session Sandbox to act yourself. In a copy of the project:</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is what there is to reach in here */}
        <pre tabIndex={0}>{command}</pre>
      </Popover.Dropdown>
    </Popover>
  );
}
