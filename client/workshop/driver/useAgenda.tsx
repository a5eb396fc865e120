/** The agenda of the driver's page. */
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { Agendas, ChooseAgenda } from '../../../scenarios/engine/workshop.ts';
import { useApi } from '../../player/useApi.ts';
import { useInRoom } from '../connection/useRoom.tsx';

interface KnownAgenda {
  /** null until the server has told them. */
  found: Agendas | null;
  /** Why the last choice was refused, as a sentence. */
  problem: string | null;
  /** Of the scenarios, by their slugs; none until the server has told them. */
  titles: ReadonlyMap<string, string>;
  load(): void;
  choose(choice: ChooseAgenda): void;
}

const AgendaContext = createContext<KnownAgenda | null>(null);

export function AgendaProvider({ children }: { children: ReactNode }) {
  const { api } = useInRoom();
  const [found, setFound] = useState<Agendas | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const titles = useTitles();
  const take = useCallback((asked: Promise<Agendas>) => {
    setProblem(null);
    asked.then(setFound, ({ message }: Error) => setProblem(message));
  }, []);
  const load = useCallback(() => take(api.agendas()), [api, take]);
  const choose = useCallback((choice: ChooseAgenda) => take(api.chooseAgenda(choice)), [api, take]);
  useEffect(load, [load]);
  const known = useMemo(() => ({ found, problem, titles, load, choose }), [found, problem, titles, load, choose]);
  return <AgendaContext value={known}>{children}</AgendaContext>;
}

export function useAgenda(): KnownAgenda {
  const known = use(AgendaContext);
  if (!known) throw new Error('useAgenda needs an AgendaProvider around the component.');
  return known;
}

function useTitles(): ReadonlyMap<string, string> {
  const api = useApi();
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    api.catalogue().then(
      ({ scenarios }) => setTitles(new Map(scenarios.map(({ slug, title }) => [slug, title]))),
      // The slugs say as much.
      () => {},
    );
  }, [api]);
  return titles;
}
