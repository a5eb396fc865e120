import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import type { ActorOutline } from '../../../scenarios/engine/trace.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import type { OwnedCookie } from './EditCookie.tsx';

interface Props extends OwnedCookie {
  actors: readonly ActorOutline[];
  onEdit: (edited: OwnedCookie) => void;
}

/**
 * The manual actions on a cookie. The menu stays in the panel, where a screen reader expects it, but has a fixed position, so that
 * the panel does not cut it off.
 */
export function CookieMenu({ cookie, owner, actors, onEdit }: Props) {
  const player = usePlayer();
  const { name, domain, path } = cookie;
  const id = { name, domain, path };
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
            onClick={() => void player.act({ do: 'copy-cookie', actor: actor.name, from: owner.name, ...id })}
          >
            Copy to {actor.label}
          </Menu.Item>
        ))}
        <Menu.Item
          leftSection={<IconTrash size={14} />}
          onClick={() => void player.act({ do: 'delete-cookie', actor: owner.name, ...id })}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
