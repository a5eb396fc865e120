import { useCallback, useEffect, useState } from 'react';
import type { Catalogue, Stores } from '../../scenarios/engine/api.ts';
import type { Api } from '../player/serverApi.ts';

export interface Offer {
  catalogue: Catalogue;
  stores: Stores;
}

/**
 * What can be played, and on which Redis. The Redis is looked for again whenever somebody comes back to the page, perhaps
 * from the terminal in which they started one.
 */
export function useOffer(api: Api): { offer: Offer | null; problem: string | null; ask: () => void } {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = useCallback(() => {
    Promise.all([api.catalogue(), api.stores()]).then(
      ([catalogue, stores]) => {
        setOffer({ catalogue, stores });
        setProblem(null);
      },
      (error: Error) => setProblem(error.message),
    );
  }, [api]);
  useEffect(() => {
    ask();
    window.addEventListener('focus', ask);
    return () => window.removeEventListener('focus', ask);
  }, [ask]);
  return { offer, problem, ask };
}
