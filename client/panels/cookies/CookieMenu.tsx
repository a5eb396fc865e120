import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import type { ActorOutline, RecordedCookie } from '../../../scenarios/engine/trace.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import type { CookieOf } from './EditCookie.tsx';

interface Props {
  cookie: RecordedCookie;
  owner: ActorOutline;
  actors: readonly ActorOutline[];
  onEdit: (of: CookieOf) => void;
}

/** What can be done to a cookie by hand. In the panel, where a screen reader expects it; fixed, or the panel would cut it off. */
export function CookieMenu({ cookie, owner, actors, onEdit }: Props) {
  const player = usePlayer();
  const { name, domain, path } = cookie;
  const which = { name, domain, path };
  const others = actors.filter((actor) => actor.name !== owner.name);
  return (
    <Menu
      position="bottom-end"
      width={190}
      floatingStrategy="fixed"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Change ${name} of ${owner.label}`}>
          <IconDots size={15} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => onEdit({ cookie, owner })}>
          Edit the value
        </Menu.Item>
        {others.map((actor) => (
          <Menu.Item
            key={actor.name}
            leftSection={<IconCopy size={14} />}
            onClick={() => void player.act({ do: 'copy-cookie', actor: actor.name, from: owner.name, ...which })}
          >
            Copy to {actor.label}
          </Menu.Item>
        ))}
        <Menu.Item
          leftSection={<IconTrash size={14} />}
          onClick={() => void player.act({ do: 'delete-cookie', actor: owner.name, ...which })}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
