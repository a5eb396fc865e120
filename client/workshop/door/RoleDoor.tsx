import { useWindowEvent } from '@mantine/hooks';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { SandboxError } from '../../../scenarios/engine/errors.ts';
import { Notice } from '../../pages/Notice.tsx';
import { navigate, takeSecret } from '../../ui/address.ts';
import { type KeptRole, keepRole, useKeptRoles } from '../connection/keptRole.ts';
import { plainFetch } from '../connection/useRoom.tsx';
import { createWorkshopApi } from '../connection/workshopApi.ts';

interface Props {
  as: 'driver' | 'remote' | 'screen';
  /** How the page is called. */
  title: string;
  children: (kept: KeptRole) => ReactNode;
}

const api = createWorkshopApi(plainFetch);

/** Lets those in who come with a key in the address, and those who came with one before. */
export function RoleDoor({ as: role, title, children }: Props) {
  const kept = useKeptRoles((roles) => roles[role]);
  const [key, setKey] = useState(takeSecret);
  const [refusal, setRefusal] = useState<SandboxError | null>(null);
  const wanted = key !== '' && key !== kept?.enteredWith;
  const enter = useCallback(
    (takeOver: boolean) =>
      api.enter({ key, takeOver }).then(
        (entered) => keepRole({ ...entered, enteredWith: key }),
        (error: SandboxError) => setRefusal(error),
      ),
    [key],
  );
  useEffect(() => {
    if (wanted) void enter(false);
  }, [wanted, enter]);
  // Another link, in a page whose role is over or was refused.
  useWindowEvent('hashchange', () => {
    const another = takeSecret();
    if (another === '') return;
    setRefusal(null);
    setKey(another);
  });

  if (kept && !wanted) return children(kept);
  if (refusal?.code === 'already-driven') {
    return (
      <Notice title={title} sentence={refusal.message} action="Take over" onAction={() => void enter(true)}>
        <p className="mute">The other page then shows that it no longer drives, and can take the room back.</p>
      </Notice>
    );
  }
  if (wanted && !refusal) return null;
  const sentence = refusal?.message ?? 'This page opens with its own link only. Ask the driver of the workshop for it.';
  return <Notice title={title} sentence={sentence} action="All scenarios" onAction={() => navigate('/')} />;
}
