import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { Exchange } from '../../../../scenarios/engine/read.ts';
import { usePlayerState } from '../../../player/usePlayer.ts';
import { copyText } from '../../../ui/copyText.ts';
import { useRegionName } from '../../../ui/useRegionName.ts';
import './Curl.css';
import { copiedSentence, curlFor } from './curlNow.ts';

/** The request as a command to send it again from a terminal, while the sandbox lives. */
export function Curl({ exchange }: { exchange: Exchange }) {
  const state = usePlayerState((all) => all);
  const label = useRegionName('curl');
  const command = curlFor(exchange, state);
  if (typeof command === 'string') return <p className="panel-empty details-empty">{command}</p>;
  const { text, variables } = command;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that
    <section className="curl" aria-label={label} tabIndex={0}>
      {variables.length > 0 && (
        <p className="curl-masked">
          The trace masks passwords, so the command does not have it. Set it first:{' '}
          <code>{variables.map((name) => `${name}='…'`).join(' ')}</code>. Those of the shop’s people are in
          server/app/db.ts.
        </p>
      )}
      <div className="curl-command">
        <pre>{text}</pre>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconCopy size={13} />}
          onClick={() => copyText(text, copiedSentence(command))}
        >
          Copy
        </Button>
      </div>
      <p className="curl-told">
        For a shell on this machine, as long as this sandbox lives (on Windows: Git Bash or WSL). It goes straight to
        the app, with what the edge adds on the way; what it does to Redis shows on this page.
      </p>
    </section>
  );
}
