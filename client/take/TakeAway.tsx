import { ActionIcon, FileButton, Menu, Tooltip } from '@mantine/core';
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
import { markdown } from '../../scenarios/engine/markdown.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { transcript } from '../../scenarios/engine/transcript.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import { confirm } from './confirmed.ts';
import { copyText } from './copyText.ts';
import { download } from './download.ts';
import { openTrace } from './openedTrace.ts';
import './TakeAway.css';
import { TranscriptDialog } from './TranscriptDialog.tsx';

const icon = { size: 15, stroke: 1.6 };

/** What one takes away from a run: the trace, its transcript, a hand-out; and the way to open a trace again. */
export function TakeAway() {
  const player = usePlayer();
  const usable = usePlayerState(({ sandbox }) => sandbox !== null);
  const [reading, transcriptDialog] = useDisclosure(false);
  const trace = (): Trace => {
    const { sandbox, events } = player.store.getState();
    return { version: 1, header: sandbox!.header, events };
  };
  const save = (ending: string, text: string, type: string) => {
    const { scenario, variant } = trace().header;
    const name = `${scenario.slug}.${variant}.${ending}`;
    download(name, text, type);
    confirm(`Saved as ${name}.`);
  };

  return (
    <>
      <button type="button" className="transcript-link" disabled={!usable} onClick={transcriptDialog.open}>
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
          <Menu.Label>This run</Menu.Label>
          <Menu.Item
            leftSection={<IconBraces {...icon} />}
            onClick={() => save('trace.json', `${JSON.stringify(trace())}\n`, 'application/json')}
          >
            Export trace
          </Menu.Item>
          <Menu.Item leftSection={<IconFileText {...icon} />} onClick={transcriptDialog.open}>
            Read transcript
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy {...icon} />}
            onClick={() => copyText(markdown(transcript(trace())), 'Copied the transcript as Markdown.')}
          >
            Copy transcript
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDownload {...icon} />}
            onClick={() => save('transcript.md', markdown(transcript(trace())), 'text/markdown')}
          >
            Download transcript
          </Menu.Item>
          <Menu.Divider />
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
      <TranscriptDialog opened={reading} onClose={transcriptDialog.close} />
    </>
  );
}
