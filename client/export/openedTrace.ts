/** The trace that was opened from a file, as long as the page is open: no server has it. */
import { create } from 'zustand';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { navigate, traceAddress } from '../pages/address.ts';
import { confirm } from '../ui/confirmed.ts';
import { lazily } from '../ui/lazily.ts';

interface Opened {
  /** With the name of its file. */
  trace: { name: string; trace: Trace } | null;
  /** Why the last file was not opened, as a sentence. */
  problem: string | null;
}

export const useOpened = create<Opened>(() => ({ trace: null, problem: null }));

export const lazyTraceFile = lazily(() => import('./traceFile.ts'));

/** Show the trace in that file; when it is not one, what is shown stays, and the reason is said. */
export async function openTrace(file: File): Promise<void> {
  try {
    const { largestFile, parseTrace } = await lazyTraceFile.load();
    if (file.size > largestFile)
      throw new Error(`It has more than ${largestFile / 1024 / 1024} MB, which no trace has.`);
    useOpened.setState({ trace: { name: file.name, trace: parseTrace(await file.text()) }, problem: null });
    navigate(traceAddress);
  } catch (error) {
    const problem = `${file.name} cannot be opened. ${error instanceof Error ? error.message : String(error)}`;
    useOpened.setState({ problem });
    confirm(problem, 'wrong');
  }
}
