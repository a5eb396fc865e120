import { Button, Popover, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useRoom } from '../connection/useRoom.tsx';
import { useTimeLeft } from '../parts/RoomTimer.tsx';
import { timerText } from '../parts/roomText.ts';
import { useDrive } from './useDrive.ts';

const minuteMs = 60_000;
const usual = [2, 5, 10, 15];

/** Starts, pauses and ends the timer that every page of the room shows. */
export function TimerPopover() {
  const drive = useDrive();
  const [opened, popover] = useDisclosure(false);
  const [own, setOwn] = useState('8');
  const timer = useRoom(({ room }) => room!.timer);
  const left = useTimeLeft();
  const start = (minutes: number) => {
    void drive({ do: 'timer', left: minutes * minuteMs });
    popover.close();
  };
  return (
    <Popover opened={opened} onChange={popover.toggle} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={left === null ? 'Timer' : `Timer, ${timerText(left)}`}
          leftSection={<IconClock size={15} stroke={1.8} />}
          onClick={popover.toggle}
        >
          <span className="number">{left === null ? 'Timer' : timerText(left)}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="driver-popover timer-popover">
          <h2>Timer for the room</h2>
          {timer && (
            <div className="driver-row">
              <Button variant="default" onClick={() => void drive({ do: 'pause-timer', paused: timer.runs })}>
                {timer.runs ? 'Pause' : 'Go on'}
              </Button>
              <Button variant="default" onClick={() => void drive({ do: 'timer', left: null })}>
                End
              </Button>
            </div>
          )}
          <div className="driver-row">
            {usual.map((minutes) => (
              <Button key={minutes} variant="default" onClick={() => start(minutes)}>
                {minutes} min
              </Button>
            ))}
          </div>
          <form
            className="driver-row"
            onSubmit={(event) => {
              event.preventDefault();
              if (Number(own) > 0) start(Number(own));
            }}
          >
            <TextInput
              aria-label="Minutes"
              type="number"
              min={1}
              max={240}
              w={90}
              value={own}
              onChange={({ currentTarget }) => setOwn(currentTarget.value)}
            />
            <Button type="submit">Start</Button>
          </form>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
