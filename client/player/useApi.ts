/** What the page asks its server, in React. */
import { createContext, use } from 'react';
import type { Recorded } from '../../scenarios/engine/recording.ts';
import type { Api } from './serverApi.ts';
import type { Follow } from './stream.ts';

export const ApiContext = createContext<Api | null>(null);
export const FollowContext = createContext<Follow | null>(null);

export function useApi(): Api {
  const api = use(ApiContext);
  if (!api) throw new Error('useApi needs an ApiContext around the component.');
  return api;
}

/** Returns how the event stream of a sandbox is followed. */
export function useFollow(): Follow {
  const follow = use(FollowContext);
  if (!follow) throw new Error('useFollow needs a FollowContext around the component.');
  return follow;
}

/** Returns what was recorded where the page plays recordings; null where a server is behind it. */
export const useRecorded = (): Recorded | null => use(ApiContext)?.recorded ?? null;
