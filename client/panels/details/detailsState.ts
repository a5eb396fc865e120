/**
 * What the details show: which tab, how high they are, and the line or command that somebody asked to see. It outlives a change of
 * scenario. One variant has its own, and both side by side have theirs.
 */
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CodePlace, RequestSent } from '../../../scenarios/engine/trace.ts';

export const sizes = ['closed', 'usual', 'tall'] as const;
export type Size = (typeof sizes)[number];

export interface DetailsState {
  tab: string;
  size: Size;
  /** To be lit in the code, or among the commands, of that request. */
  lit: { request: RequestSent; place: CodePlace } | { request: RequestSent; command: number } | null;
  showTab(tab: string): void;
  /** Show the code, with that line lit. */
  showLine(request: RequestSent, place: CodePlace): void;
  /** Show the Redis commands, with that one lit. */
  showCommand(request: RequestSent, command: number): void;
  resize(size: Size): void;
}

const detailsAt = (first: string) =>
  createStore<DetailsState>((set, get) => {
    // What is asked for is also to be seen.
    const show = (tab: string, lit: DetailsState['lit']) =>
      set({ tab, lit, size: get().size === 'closed' ? 'usual' : get().size });
    return {
      tab: first,
      size: 'usual',
      lit: null,
      showTab: (tab) => show(tab, null),
      showLine: (request, place) => show('code', { request, place }),
      showCommand: (request, command) => show('commands', { request, command }),
      resize: (size) => set({ size }),
    };
  });

export const detailsOfOne = detailsAt('wire');
export const detailsOfBoth = detailsAt('asks');

export const DetailsContext = createContext<StoreApi<DetailsState>>(detailsOfOne);

export const useDetails = <Part>(part: (state: DetailsState) => Part): Part => useStore(use(DetailsContext), part);
