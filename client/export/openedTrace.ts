/** The trace that was opened from a file. It exists only in the page, until the page is closed. */
import { create } from 'zustand';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { navigate, traceAddress } from '../ui/address.ts';
import { confirm } from '../ui/confirmed.ts';
import { lazily } from '../ui/lazily.ts';

interface Opened {
  /** `name` is the file's. */
  trace: { name: string; trace: Trace } | null;
  /** Why the last file was not opened, as a sentence. */
  problem: string | null;
}

export const useOpened = create<Opened>(() => ({ trace: null, problem: null }));

export const lazyTraceFile = lazily(() => import('./traceFile.ts'));

/** Opens the trace in that file. If the file is not a trace, the page stays as it is and shows the reason. */
export async function openTrace(file: File): Promise<void> {
  try {
    const { largestFile, parseTrace } = await lazyTraceFile.load();
    if (file.size > largestFile) throw new Error(`It is larger than ${largestFile / 1024 / 1024} MB, and no trace is.`);
    useOpened.setState({ trace: { name: file.name, trace: parseTrace(await file.text()) }, problem: null });
    navigate(traceAddress);
  } catch (error) {
    const problem = `${file.name} cannot be opened. ${error instanceof Error ? error.message : String(error)}`;
    useOpened.setState({ problem });
    confirm(problem, 'wrong');
  }
}
