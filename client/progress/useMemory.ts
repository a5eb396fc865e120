/** The memory in React. */
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Memory, Remembered } from './memory.ts';
import { nothingYet, type Progress } from './progress.ts';

export const MemoryContext = createContext<Memory | null>(null);

export function useMemory(): Memory {
  const memory = use(MemoryContext);
  if (!memory) throw new Error('A component that remembers must be inside MemoryContext.');
  return memory;
}

/** A part of what is remembered; draws again when that part changes. */
export function useRemembered<Part>(part: (remembered: Remembered) => Part): Part {
  return useStore(useMemory().store, part);
}

export const useProgress = (slug: string): Progress => useRemembered(({ progress }) => progress[slug] ?? nothingYet);
