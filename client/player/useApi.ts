/** What the page asks its server, in React. */
import { createContext, use } from 'react';
import type { Recorded } from '../../scenarios/engine/recording.ts';
import type { Api } from './serverApi.ts';

export const ApiContext = createContext<Api | null>(null);

export function useApi(): Api {
  const api = use(ApiContext);
  if (!api) throw new Error('useApi needs an ApiContext around the component.');
  return api;
}

/** Returns what was recorded where the page plays recordings; null where a server is behind it. */
export const useRecorded = (): Recorded | null => use(ApiContext)?.recorded ?? null;
