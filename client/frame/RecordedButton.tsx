import { Popover } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { Recorded } from '../../scenarios/engine/recording.ts';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import './RecordedButton.css';
import { installCommand, recordedOn } from './recordedText.ts';

/** In the header of a recorded scenario: when it was recorded, on which Redis, and how to get what can be acted in. */
export function RecordedButton({ recorded, store }: { recorded: Recorded; store: StoreKind }) {
  const date = recordedOn(recorded);
  return (
    <Popover width={320} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="plain recorded-button">
          Recorded <span className="recorded-date">{date}</span>
          <IconInfoCircle size={15} stroke={1.7} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="recorded-what">
        <strong>Recorded on {date}</strong>
        <p>
          On {store === 'real' ? 'a real' : 'the mock'} Redis. Every request, command and answer is what the lab
          recorded, with its times.
        </p>
        <p>Install Session Sandbox to act yourself. In a copy of the project:</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is all that the keyboard can reach in here */}
        <pre tabIndex={0}>{installCommand}</pre>
      </Popover.Dropdown>
    </Popover>
  );
}
