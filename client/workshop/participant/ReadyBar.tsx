import { Button } from '@mantine/core';
import { confirm } from '../../ui/Confirmation.tsx';
import { useInRoom, useRoom } from '../connection/useRoom.tsx';
import { readyText } from '../parts/roomText.ts';

/** Asks whether one is ready to go on, while the driver waits for that. */
export function ReadyBar() {
  const { api } = useInRoom();
  const check = useRoom(({ room }) => room?.readyCheck ?? null);
  const ready = useRoom(({ you }) => you?.ready ?? false);
  const say = (is: boolean) => api.ready(is).catch(({ message }: Error) => confirm(message));
  if (!check) return null;
  return (
    <section className="ready-bar" aria-label="Ready check">
      <p>
        <strong>{ready ? 'You are ready.' : 'Ready to go on?'}</strong>{' '}
        <span className="mute number">
          {readyText(check)}{' '}
          {check.notYet === 0 ? 'The instructor goes on.' : 'This page waits until the instructor goes on.'}
        </span>
      </p>
      {ready ? (
        <Button size="md" variant="default" onClick={() => void say(false)}>
          Not yet
        </Button>
      ) : (
        <Button size="md" onClick={() => void say(true)}>
          I am ready
        </Button>
      )}
    </section>
  );
}
