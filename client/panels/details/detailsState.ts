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

/** The tab, the size of the drawer, and what is highlighted. It is kept when another scenario is opened. */
export interface DetailsState {
  /** The open tab; the one that was open last while the drawer is closed. */
  tab: string;
  size: Size;
  /** The size that the learner chose, while the page has enlarged the drawer for something that needs the room; null otherwise. */
  chosen: Size | null;
  /** The line or the command of a request to highlight. */
  lit: { request: RequestSent; place: CodePlace } | { request: RequestSent; command: number } | null;
  showTab(tab: string): void;
  /** Shows a tab, or closes the drawer if that tab is open. */
  toggleTab(tab: string): void;
  /** Opens the code and highlights this line. */
  showLine(request: RequestSent, place: CodePlace): void;
  /** Opens the Redis commands and highlights this one. */
  showCommand(request: RequestSent, command: number): void;
  /** Opens what was chosen in the diagram: the Redis commands for a command, or else the request and its response. */
  showChosen(request: RequestSent, command: number | null): void;
  resize(size: Size): void;
  /** Makes the open drawer tall for a while: until `giveBack`, unless the learner chooses another size before. */
  enlarge(): void;
  giveBack(): void;
}

/** These tabs show whatever is selected, so a choice in the diagram leaves them open. */
const following = ['code', 'curl'];

/** Returns the state of a drawer that is closed to its tabs, so that a newcomer sees the lesson first. */
export const createDetails = (firstTab: string) =>
  createStore<DetailsState>((set, get) => {
    const isOpen = () => get().size !== 'closed';
    const show = (tab: string, lit: DetailsState['lit']) => set({ tab, lit, size: isOpen() ? get().size : 'usual' });
    const state: DetailsState = {
      tab: firstTab,
      size: 'closed',
      chosen: null,
      lit: null,
      showTab: (tab) => show(tab, null),
      toggleTab: (tab) => (isOpen() && get().tab === tab ? state.resize('closed') : show(tab, null)),
      showLine: (request, place) => show('code', { request, place }),
      showCommand: (request, command) => show('commands', { request, command }),
      showChosen: (request, command) => {
        if (isOpen() && following.includes(get().tab)) set({ lit: null });
        else if (command !== null) state.showCommand(request, command);
        else show('wire', null);
      },
      resize: (size) => set({ size, chosen: null }),
      enlarge: () => get().size === 'usual' && set({ size: 'tall', chosen: 'usual' }),
      giveBack: () => set(({ size, chosen }) => ({ size: chosen ?? size, chosen: null })),
    };
    return state;
  });

/** A single variant and the comparison of both have different tabs, so each has a state of its own. */
export const detailsOfOne = createDetails('wire');
export const detailsOfBoth = createDetails('asks');

export const DetailsContext = createContext<StoreApi<DetailsState>>(detailsOfOne);

export const useDetails = (): DetailsState => useStore(use(DetailsContext));
