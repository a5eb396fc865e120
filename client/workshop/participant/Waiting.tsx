import { useDocumentTitle } from '@mantine/hooks';
import { useRoom } from '../connection/useRoom.tsx';
import './Waiting.css';

/** Before the driver shows anything, and while the connection is made. */
export function Waiting() {
  useDocumentTitle('The room · Session Sandbox');
  const connection = useRoom((state) => state.connection);
  const handle = useRoom(({ you }) => you?.handle);
  const driven = useRoom(({ room }) => room?.driven ?? true);
  return (
    <main className="waiting-room" aria-live="polite">
      {handle === undefined ? (
        <p className="waiting-slowly mute">Connecting to the room…</p>
      ) : (
        <>
          <p className="mute">You are in, as</p>
          <h1>{handle}</h1>
          <p>
            {driven
              ? 'This page shows what the instructor shows, as soon as that begins.'
              : 'The instructor’s page is not open yet. This page begins by itself.'}
          </p>
          {connection === 'lost' && <p className="mute">The connection is lost. Reconnecting…</p>}
        </>
      )}
    </main>
  );
}
