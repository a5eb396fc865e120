/** What the details show: which tab, and the line or command that somebody asked to see. It outlives a change of scenario. */
import { create } from 'zustand';
import type { CodePlace } from '../../../scenarios/engine/trace.ts';

interface DetailsState {
  tab: string;
  /** To be lit in the code, or among the commands, of that request. */
  lit: { request: number; place: CodePlace } | { request: number; command: number } | null;
}

export const useDetails = create<DetailsState>(() => ({ tab: 'wire', lit: null }));

export const showTab = (tab: string) => useDetails.setState({ tab, lit: null });

/** Show the code, with that line lit. */
export const showLine = (request: number, place: CodePlace) =>
  useDetails.setState({ tab: 'code', lit: { request, place } });

/** Show the Redis commands, with that one lit. */
export const showCommand = (request: number, command: number) =>
  useDetails.setState({ tab: 'commands', lit: { request, command } });
