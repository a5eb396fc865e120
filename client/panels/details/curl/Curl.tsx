import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { Exchange } from '../../../../scenarios/engine/read.ts';
import { usePlayerState } from '../../../player/usePlayer.ts';
import { copyText } from '../../../ui/copyText.ts';
import { useRegionName } from '../../../ui/useRegionName.ts';
import './Curl.css';
import { copiedSentence, curlFor } from './copyCurl.ts';

/** The request as a command that sends it again from a terminal, as long as the sandbox exists. */
export function Curl({ exchange }: { exchange: Exchange }) {
  const state = usePlayerState((all) => all);
  const label = useRegionName('curl');
  const command = curlFor(exchange, state);
  if (typeof command === 'string') return <p className="panel-empty details-empty">{command}</p>;
  const { text, variables } = command;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="curl" aria-label={label} tabIndex={0}>
      {variables.length > 0 && (
        <p className="curl-masked">
          The trace masks passwords. Before you run this command, set{' '}
          <code>{variables.map((name) => `${name}='…'`).join(' ')}</code>. The passwords of the users are in
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
      <p className="curl-note">
        For a shell on this machine (on Windows: Git Bash or WSL), as long as this sandbox exists. The command goes
        straight to the app, with the headers that the reverse proxy adds. Its effects on Redis appear on this page.
      </p>
    </section>
  );
}
