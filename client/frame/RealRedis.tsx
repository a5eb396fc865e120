import { ActionIcon, Popover } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { Stores } from '../../scenarios/engine/api.ts';

/** Which real Redis there is; when there is none, why not, and how to get one. */
export function RealRedis({ status, onOpen }: { status: Stores['real']; onOpen: () => void }) {
  const { available, address, source, reason, passedOver, waysToGetOne } = status;
  return (
    <Popover width={340} position="bottom-end" trapFocus returnFocus onOpen={onOpen}>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="About the real Redis">
          <IconInfoCircle size={15} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="real-redis">
        {available ? (
          <>
            <strong>A real Redis is available</strong>
            <p>
              {source === 'startable'
                ? 'A redis-server program was found here. It is started when the first sandbox asks for it, and ends with this server.'
                : `At ${address}${source === 'REDIS_URL' ? ', from REDIS_URL' : source === 'started' ? ', started for you' : ''}.`}
            </p>
          </>
        ) : (
          <>
            <strong>There is no real Redis to play on</strong>
            <p>{reason}</p>
            <p>Three ways to get one:</p>
            <ol>
              {waysToGetOne.map((way) => (
                <li key={way}>{way}</li>
              ))}
            </ol>
          </>
        )}
        {passedOver.map((why) => (
          <p key={why} className="mute">
            {why}
          </p>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
