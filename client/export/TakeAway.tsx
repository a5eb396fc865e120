import { ActionIcon, FileButton, Menu, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileImport, IconPackageExport, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { isComparison } from '../player/players.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import { openTrace } from './openedTrace.ts';
import { type Run, TakeRun } from './TakeRun.tsx';
import './TakeAway.css';
import { TranscriptDialog } from './TranscriptDialog.tsx';

const icon = { size: 15, stroke: 1.6 };

/** What one takes away from a run, or from both: the trace, its transcript, a hand-out; and the way to open a trace again. */
export function TakeAway() {
  const player = usePlayer();
  const usable = usePlayerState(({ sandbox }) => sandbox !== null);
  const [reading, transcriptDialog] = useDisclosure(false);
  const runs: Run[] = isComparison(player)
    ? [
        { name: 'The vulnerable run', player: player.sides.vulnerable },
        { name: 'The protected run', player: player.sides.protected },
      ]
    : [{ name: 'This run', player }];
  const [read, setRead] = useState(runs);
  const openTranscript = (of: Run[]) => {
    setRead(of);
    transcriptDialog.open();
  };

  return (
    <>
      <button type="button" className="transcript-link" disabled={!usable} onClick={() => openTranscript(runs)}>
        Transcript of this run
      </button>
      <Menu position="bottom-end" width={250} returnFocus>
        <Menu.Target>
          <Tooltip label="Take away">
            <ActionIcon variant="subtle" color="gray" aria-label="Take away" disabled={!usable}>
              <IconPackageExport size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {runs.map((run) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
            <div key={run.name} role="group" aria-label={run.name}>
              <Menu.Label>{run.name}</Menu.Label>
              <TakeRun run={run} onRead={() => openTranscript([run])} />
              <Menu.Divider />
            </div>
          ))}
          <Menu.Label>This scenario</Menu.Label>
          <Menu.Item leftSection={<IconPrinter {...icon} />} onClick={() => window.print()}>
            Print hand-out
          </Menu.Item>
          <Menu.Divider />
          <FileButton accept=".json,application/json" onChange={(file) => file && void openTrace(file)}>
            {(props) => (
              <Menu.Item leftSection={<IconFileImport {...icon} />} {...props} closeMenuOnClick={false}>
                Open trace…
              </Menu.Item>
            )}
          </FileButton>
        </Menu.Dropdown>
      </Menu>
      <TranscriptDialog runs={read} opened={reading} onClose={transcriptDialog.close} />
    </>
  );
}
