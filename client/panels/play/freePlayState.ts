/** The state of free play: the request that is being written, and the console. It is kept while another tab is open. */
import { create } from 'zustand';
import { type Draft, firstDraft } from './requestDraft.ts';

interface FreePlayState {
  draft: Draft;
  history: History;
  /** What the console shows. Another sandbox has other keys, so its console starts empty. */
  console: { sandbox: string; entries: ConsoleEntry[] };
}

export interface ConsoleEntry {
  id: number;
  command: string;
  reply: string | null;
  /** The reply says why the command was not carried out. */
  refused: boolean;
}

/** The commands typed into the console, which the arrow keys bring back. */
export interface History {
  /** Oldest first. */
  commands: readonly string[];
  /** The number of commands that the learner went back. 0 is the command that is being typed. */
  back: number;
  /** What was being typed before the learner went back. */
  unfinished: string;
}

export const noHistory: History = { commands: [], back: 0, unfinished: '' };

export const useFreePlayState = create<FreePlayState>(() => ({
  draft: firstDraft,
  history: noHistory,
  console: { sandbox: '', entries: [] },
}));

const longestHistory = 100;

/** Returns the history after a command. The same command twice in a row is kept once. */
export function remember({ commands }: History, command: string): History {
  const kept = commands.at(-1) === command ? commands : [...commands, command];
  return { commands: kept.slice(-longestHistory), back: 0, unfinished: '' };
}

/**
 * Goes one command back (1) or forward (-1).
 * @param typed what is in the input now
 * @returns the history, and what to put into the input
 */
export function recall(history: History, by: 1 | -1, typed: string): [History, string] {
  const { commands } = history;
  const unfinished = history.back === 0 ? typed : history.unfinished;
  const back = Math.min(Math.max(0, history.back + by), commands.length);
  return [{ commands, back, unfinished }, back === 0 ? unfinished : commands.at(-back)!];
}
