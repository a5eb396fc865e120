import { createContext } from 'react';

/** Where the last step of a scenario leads on to. */
export interface WayOn {
  /** An address of the page. */
  to: string;
  text: string;
}

/** What the page around a player wants of it, where it is part of something else, such as a workshop. */
export interface Surroundings {
  /** Whether a newcomer is shown around. */
  hasTour: boolean;
  /** Whether somebody can scroll the page. On a projector nobody can. */
  scrolls: boolean;
  /** Called before a step that was not played yet. Returns false to play none now. */
  beforeStep(): boolean;
  /** Calls `reset`, at once or after a question. */
  onReset(reset: () => void): void;
  /** In place of the next scenario in reading order; null: that one. */
  wayOn: WayOn | null;
}

export const nothingAround: Surroundings = {
  hasTour: true,
  scrolls: true,
  beforeStep: () => true,
  onReset: (reset) => reset(),
  wayOn: null,
};

export const SurroundingsContext = createContext(nothingAround);
