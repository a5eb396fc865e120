import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconBraces,
  IconCopy,
  IconDownload,
  IconFileImport,
  IconFileText,
  IconPackageExport,
  IconPrinter,
} from '@tabler/icons-react';
import { useState } from 'react';
import { markdown } from '../../scenarios/engine/markdown.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { transcript } from '../../scenarios/engine/transcript.ts';
import type { Player } from '../player/player.ts';
import { isComparison } from '../player/players.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import { confirm } from '../ui/confirmed.ts';
import { copyText } from '../ui/copyText.ts';
import { download } from '../ui/download.ts';
import './ExportMenu.css';
import { TraceFileButton } from './openTrace.tsx';
import { type Run, TranscriptDialog } from './TranscriptDialog.tsx';

const icon = { size: 15, stroke: 1.6 };

/** Exports a run, or each run of a comparison, as trace or transcript; prints the hand-out; and opens a trace again. */
export function ExportMenu() {
  const player = usePlayer();
  const empty = usePlayerState(({ sandbox }) => sandbox === null);
  const runs: Run[] = isComparison(player)
    ? [
        { name: 'The vulnerable run', player: player.sides.vulnerable },
        { name: 'The protected run', player: player.sides.protected },
      ]
    : [{ name: 'This run', player }];
  const [dialogOpened, dialog] = useDisclosure(false);
  const [shownRuns, setShownRuns] = useState(runs);
  const openTranscript = (shown: Run[]) => {
    setShownRuns(shown);
    dialog.open();
  };

  return (
    <>
      <button type="button" className="transcript-link" disabled={empty} onClick={() => openTranscript(runs)}>
        Transcript of this run
      </button>
      <Menu position="bottom-end" width={250} returnFocus>
        <Menu.Target>
          <Tooltip label="Export">
            <ActionIcon variant="subtle" color="gray" aria-label="Export" disabled={empty}>
              <IconPackageExport size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {runs.map((run) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
            <div key={run.name} role="group" aria-label={run.name}>
              <Menu.Label>{run.name}</Menu.Label>
              <RunItems player={run.player} onReadTranscript={() => openTranscript([run])} />
              <Menu.Divider />
            </div>
          ))}
          <Menu.Label>This scenario</Menu.Label>
          <Menu.Item leftSection={<IconPrinter {...icon} />} onClick={() => window.print()}>
            Print hand-out
          </Menu.Item>
          <Menu.Divider />
          <TraceFileButton>
            {(props) => (
              <Menu.Item leftSection={<IconFileImport {...icon} />} {...props} closeMenuOnClick={false}>
                Open trace…
              </Menu.Item>
            )}
          </TraceFileButton>
        </Menu.Dropdown>
      </Menu>
      <TranscriptDialog runs={shownRuns} opened={dialogOpened} onClose={dialog.close} />
    </>
  );
}

/** The menu items of one run. */
function RunItems({ player, onReadTranscript }: { player: Player; onReadTranscript: () => void }) {
  const trace = (): Trace => {
    const { sandbox, events } = player.store.getState();
    // Importing the constant traceVersion would bring zod into the first load of the page.
    return { version: 2, header: sandbox!.header, events };
  };
  const transcriptText = () => markdown(transcript(trace()));
  const save = (extension: string, text: string, type: string) => {
    const { scenario, variant } = trace().header;
    const name = `${scenario.slug}.${variant}.${extension}`;
    download(name, text, type);
    confirm(`Saved as ${name}.`);
  };
  return (
    <>
      <Menu.Item
        leftSection={<IconBraces {...icon} />}
        onClick={() => save('trace.json', `${JSON.stringify(trace())}\n`, 'application/json')}
      >
        Export trace
      </Menu.Item>
      <Menu.Item leftSection={<IconFileText {...icon} />} onClick={onReadTranscript}>
        Read transcript
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy {...icon} />}
        onClick={() => copyText(transcriptText(), 'Copied the transcript as Markdown.')}
      >
        Copy transcript
      </Menu.Item>
      <Menu.Item
        leftSection={<IconDownload {...icon} />}
        onClick={() => save('transcript.md', transcriptText(), 'text/markdown')}
      >
        Download transcript
      </Menu.Item>
    </>
  );
}
