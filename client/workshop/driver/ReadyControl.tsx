import { Button } from '@mantine/core';
import { useRoom } from '../connection/useRoom.tsx';
import { quietIf } from '../parts/quietIf.ts';
import { readyText } from '../parts/roomText.ts';
import { useDrive } from './useDrive.ts';

/** Asks the room whether it is ready, and shows how many are not. */
export function ReadyControl() {
  const drive = useDrive();
  const check = useRoom(({ room }) => room!.readyCheck);
  if (!check) {
    return (
      <Button size="compact-sm" variant="default" onClick={() => void drive({ do: 'ready-check', open: true })}>
        Ready check
      </Button>
    );
  }
  return (
    <>
      <span className="driver-count" role="status">
        {readyText(check)} The room waits for you.
      </span>
      <Button
        size="compact-sm"
        {...quietIf(check.notYet > 0)}
        onClick={() => void drive({ do: 'ready-check', open: false })}
      >
        Go on
      </Button>
    </>
  );
}
