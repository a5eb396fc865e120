import { ActionIcon, Menu, type MenuItemProps, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconBraces,
  IconCopy,
  IconDownload,
  IconFileImport,
  IconFileText,
  IconPackageExport,
  IconPrinter,
  type IconProps,
} from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { markdown } from '../../scenarios/engine/markdown.ts';
import { runName } from '../../scenarios/engine/repairs.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { transcript } from '../../scenarios/engine/transcript.ts';
import type { Player } from '../player/player.ts';
import { isComparison } from '../player/players.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import { confirm } from '../ui/Confirmation.tsx';
import { copyText, download } from '../ui/saveText.ts';
import './ExportMenu.css';
import { TraceFileButton } from './openTrace.tsx';
import { type Run, TranscriptDialog } from './TranscriptDialog.tsx';

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
          <Item icon={IconPrinter} label="Print hand-out" onClick={() => window.print()} />
          <Menu.Divider />
          <TraceFileButton>
            {(props) => <Item icon={IconFileImport} label="Open trace…" {...props} closeMenuOnClick={false} />}
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
    const { header } = trace();
    const name = `${header.scenario.slug}.${runName(header)}.${extension}`;
    download(name, text, type);
    confirm(`Saved as ${name}.`);
  };
  const saveTrace = () => save('trace.json', `${JSON.stringify(trace())}\n`, 'application/json');
  const copyTranscript = () => copyText(transcriptText(), 'Copied the transcript as Markdown.');
  const saveTranscript = () => save('transcript.md', transcriptText(), 'text/markdown');
  return (
    <>
      <Item icon={IconBraces} label="Export trace" onClick={saveTrace} />
      <Item icon={IconFileText} label="Read transcript" onClick={onReadTranscript} />
      <Item icon={IconCopy} label="Copy transcript" onClick={copyTranscript} />
      <Item icon={IconDownload} label="Download transcript" onClick={saveTranscript} />
    </>
  );
}

interface ItemProps extends MenuItemProps {
  icon: ComponentType<IconProps>;
  label: string;
  onClick: () => void;
}

function Item({ icon: Icon, label, ...rest }: ItemProps) {
  return (
    <Menu.Item leftSection={<Icon size={15} stroke={1.6} />} {...rest}>
      {label}
    </Menu.Item>
  );
}
