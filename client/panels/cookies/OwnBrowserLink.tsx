import { Popover } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { OwnBrowser } from '../../../scenarios/engine/api.ts';

/** Leads the learner’s own browser to the sandbox’s app, or tells why it cannot come. */
export function OwnBrowserLink({ ownBrowser }: { ownBrowser: OwnBrowser }) {
  if ('address' in ownBrowser)
    return (
      <a className="own-browser" href={ownBrowser.address} target="_blank" rel="noreferrer">
        <span>
          Join<span className="own-browser-how"> with your own browser</span>
        </span>
        <IconExternalLink size={13} stroke={1.8} aria-hidden="true" />
        <span className="spoken">, in a new tab</span>
      </a>
    );
  return (
    <Popover width={300} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="plain own-browser" data-not>
          Why your own browser cannot join
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className="own-browser-why">{ownBrowser.whyNot}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
