import { Button } from '@mantine/core';
import { confirm } from '../../ui/Confirmation.tsx';
import { Said } from '../../ui/Said.tsx';
import { useInRoom, useRoom } from '../connection/useRoom.tsx';

/** Asks whether one is ready to go on, while the driver waits for that. */
export function ReadyBar() {
  const { api } = useInRoom();
  const check = useRoom(({ room }) => room?.readyCheck ?? null);
  const ready = useRoom(({ you }) => you?.ready ?? false);
  const say = (is: boolean) => api.ready(is).catch(({ message }: Error) => confirm(message));
  return (
    <>
      <Said sentence={check ? 'The instructor asks: Ready to go on?' : ''} />
      {check && (
        <section className="ready-bar" aria-label="Ready check">
          <p>
            <strong>{ready ? 'You are ready.' : 'Ready to go on?'}</strong>{' '}
            <span className="mute">
              This page waits here. <span className="number">{check.notYet}</span> of{' '}
              <span className="number">{check.of}</span> not yet.
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
      )}
    </>
  );
}
