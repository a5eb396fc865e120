import { Menu } from '@mantine/core';
import { IconBraces, IconCopy, IconDownload, IconFileText } from '@tabler/icons-react';
import { markdown } from '../../scenarios/engine/markdown.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { transcript } from '../../scenarios/engine/transcript.ts';
import type { Player } from '../player/player.ts';
import { confirm } from '../ui/confirmed.ts';
import { copyText } from '../ui/copyText.ts';
import { download } from '../ui/download.ts';

const icon = { size: 15, stroke: 1.6 };

/** One of what is played on the page, by the name it has there. */
export interface Run {
  name: string;
  player: Player;
}

/** The part of the menu that is about one run. */
export function TakeRun({ run: { player }, onRead }: { run: Run; onRead: () => void }) {
  const trace = (): Trace => {
    const { sandbox, events } = player.store.getState();
    return { version: 2, header: sandbox!.header, events };
  };
  const save = (ending: string, text: string, type: string) => {
    const { scenario, variant } = trace().header;
    const name = `${scenario.slug}.${variant}.${ending}`;
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
      <Menu.Item leftSection={<IconFileText {...icon} />} onClick={onRead}>
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
    </>
  );
}
