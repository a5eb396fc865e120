import { useDocumentTitle } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { usePageKey } from '../../ui/pageKey.ts';
import type { KeptRole } from '../connection/keptRole.ts';
import { RoomProvider, useRoom, useRoomPlace } from '../connection/useRoom.tsx';
import { keysOfRoom } from '../parts/keysOfRoom.ts';
import { Join } from './Join.tsx';
import { Projected } from './Projected.tsx';
import { usePresentationSize } from './usePresentationSize.ts';

/** The projector's window: how to join, or what the room is shown. */
export function Screen({ kept }: { kept: KeptRole }) {
  return (
    <RoomProvider kept={kept}>
      <Shown />
    </RoomProvider>
  );
}

function Shown() {
  useDocumentTitle('The projector · Session Sandbox');
  usePresentationSize();
  const wanted = useRoom(({ room }) => room?.screen ?? null);
  const onPage = useRoom((state) => state.onPage);
  const over = useRoom(({ room }) => room?.over ?? false);
  const refusal = useRoom((state) => state.refusal);
  const asked = useRoom(({ room }) => room?.question?.id ?? null);
  const { slug, step } = useRoomPlace() ?? {};
  /** What was chosen at this window, until the driver chooses or goes on. */
  const [own, setOwn] = useState<'join' | 'run' | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the driver chooses or goes on
  useEffect(() => setOwn(null), [wanted, asked, slug, step]);
  const shows = own ?? wanted;
  usePageKey(keysOfRoom.join, () => setOwn(shows === 'join' ? 'run' : 'join'));

  if (over || refusal !== null)
    return over ? (
      <Sign title="The workshop is over" />
    ) : (
      <Sign title="This window no longer shows a room">
        The driver’s menu opens another one: <strong>…</strong> and <strong>Open the projector’s window</strong>.
      </Sign>
    );
  if (shows === null) return null;
  if (shows === 'join' || !onPage) return <Join />;
  return <Projected onPage={onPage} />;
}

function Sign({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <main className="join">
      <h1 className="join-sign">{title}</h1>
      {children && <p className="join-sign-more">{children}</p>}
    </main>
  );
}
