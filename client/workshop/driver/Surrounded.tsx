import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { type Surroundings, SurroundingsContext } from '../../player/surroundings.ts';
import { useSlug } from '../../ui/address.ts';
import { useInRoom, useRoom } from '../connection/useRoom.tsx';
import { wayOnAgenda } from './agendaWay.ts';
import { ResetRunDialog } from './DriverDialogs.tsx';
import { useAgenda } from './useAgenda.tsx';
import { useBeforeStep } from './useBeforeStep.ts';

/** The page that drives, where it is another one than that of somebody alone: a room answers, follows, and has an agenda. */
export function Surrounded({ children }: { children: ReactNode }) {
  const { room } = useInRoom();
  const { found, titles } = useAgenda();
  const slug = useSlug();
  const store = useRoom((state) => state.room?.shown?.store ?? 'mock');
  const beforeStep = useBeforeStep();
  const [reset, setReset] = useState<{ run: () => void } | null>(null);
  const onReset = useCallback(
    (run: () => void) => (room.store.getState().room?.here === 0 ? run() : setReset({ run })),
    [room],
  );
  const around = useMemo<Surroundings>(
    () => ({
      ...{ hasTour: false, scrolls: true, beforeStep, onReset },
      wayOn: wayOnAgenda(found?.chosen?.scenarios ?? [], slug, titles, store),
    }),
    [beforeStep, onReset, found, slug, titles, store],
  );
  return (
    <SurroundingsContext value={around}>
      {children}
      <ResetRunDialog reset={reset?.run ?? null} onClose={() => setReset(null)} />
    </SurroundingsContext>
  );
}
