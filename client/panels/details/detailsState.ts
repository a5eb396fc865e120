import { createContext, use } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Exchange, View } from '../../../scenarios/engine/read.ts';
import type { CodePlace, RequestSent, TraceEvent } from '../../../scenarios/engine/trace.ts';

/** The moment of a run that the details show. */
export interface Moment {
  view: View;
  events: readonly TraceEvent[];
  /** The number of events up to this moment. */
  position: number;
  sids: readonly string[];
  /** The selected request. */
  exchange: Exchange | null;
}

export type RequestMoment = Moment & { exchange: Exchange };

/** From the lowest to the highest. */
export const sizes = ['closed', 'usual', 'tall'] as const;
export type Size = (typeof sizes)[number];

/** The open tab, the size of the drawer, and what is highlighted. It is kept when another scenario is opened. */
export interface DetailsState {
  tab: string;
  size: Size;
  /** The line or the command of a request to highlight. */
  lit: { request: RequestSent; place: CodePlace } | { request: RequestSent; command: number } | null;
  showTab(tab: string): void;
  /** Opens the code and highlights this line. */
  showLine(request: RequestSent, place: CodePlace): void;
  /** Opens the Redis commands and highlights this one. */
  showCommand(request: RequestSent, command: number): void;
  resize(size: Size): void;
}

const detailsOpenAt = (firstTab: string) =>
  createStore<DetailsState>((set, get) => {
    const show = (tab: string, lit: DetailsState['lit']) =>
      set({ tab, lit, size: get().size === 'closed' ? 'usual' : get().size });
    return {
      tab: firstTab,
      size: 'usual',
      lit: null,
      showTab: (tab) => show(tab, null),
      showLine: (request, place) => show('code', { request, place }),
      showCommand: (request, command) => show('commands', { request, command }),
      resize: (size) => set({ size }),
    };
  });

/** A single variant and the comparison of both have different tabs, so each has a state of its own. */
export const detailsOfOne = detailsOpenAt('wire');
export const detailsOfBoth = detailsOpenAt('asks');

export const DetailsContext = createContext<StoreApi<DetailsState>>(detailsOfOne);

export const useDetails = (): DetailsState => useStore(use(DetailsContext));
