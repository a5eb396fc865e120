/** Opens a trace from a file, chosen or dropped on the page. The trace exists only in the page, until the page is closed. */
import { FileButton, type FileButtonProps } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { create } from 'zustand';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { navigate, traceAddress } from '../ui/address.ts';
import { confirm } from '../ui/Confirmation.tsx';
import { lazily } from '../ui/lazily.ts';
import './openTrace.css';

interface OpenedTrace {
  trace: Trace | null;
  /** The name of its file. */
  fileName: string;
  /** Why the last file could not be opened, as a sentence. */
  problem: string | null;
}

const nothingOpened: OpenedTrace = { trace: null, fileName: '', problem: null };

export const useOpenedTrace = create<OpenedTrace>(() => nothingOpened);

/** Closes the trace and shows the catalogue. */
export function closeTrace(): void {
  useOpenedTrace.setState(nothingOpened);
  navigate('/');
}

/** The parser with its schemas, which are loaded before they are needed: the server may have ended by then. */
export const lazyTraceFile = lazily(() => import('./traceFile.ts'));

/** Opens the trace in that file. If the file is not a trace, the page stays as it is and shows the reason. */
async function openTrace(file: File): Promise<void> {
  try {
    const { largestFile, parseTrace } = await lazyTraceFile.load();
    if (file.size > largestFile) {
      throw new Error(`It is larger than ${largestFile / 1024 / 1024} MB, the largest size of a trace.`);
    }
    useOpenedTrace.setState({ trace: parseTrace(await file.text()), fileName: file.name, problem: null });
    navigate(traceAddress);
  } catch (error) {
    const problem = `${file.name} cannot be opened. ${error instanceof Error ? error.message : String(error)}`;
    useOpenedTrace.setState({ problem });
    confirm(problem);
  }
}

/** Lets the learner choose a trace file. `children` draws the button with the props it gets. */
export const TraceFileButton = ({ children }: Pick<FileButtonProps, 'children'>) => (
  <FileButton accept=".json,application/json" onChange={(file) => file && void openTrace(file)}>
    {children}
  </FileButton>
);

/** Opens a trace file that is dropped anywhere on the page, and shows that this is possible while one is dragged over it. */
export function DropTarget() {
  const [dragging, setDragging] = useState(false);
  const onFiles = (handle: (event: DragEvent) => void) => (event: DragEvent) => {
    // Text that is dragged is the browser's.
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    handle(event);
  };
  const over = onFiles(() => setDragging(true));
  useWindowEvent('dragenter', over);
  useWindowEvent('dragover', over);
  useWindowEvent(
    'dragleave',
    // From one element to another, the pointer does not leave the page.
    onFiles(({ relatedTarget }) => relatedTarget === null && setDragging(false)),
  );
  useWindowEvent(
    'drop',
    onFiles(({ dataTransfer }) => {
      setDragging(false);
      const [file, ...others] = dataTransfer?.files ?? [];
      if (others.length > 0) confirm('Drop a single trace file.');
      else if (file) void openTrace(file);
    }),
  );
  return (
    dragging && (
      <div className="drop-target">
        <p>
          <IconFileImport size={20} stroke={1.6} aria-hidden="true" /> Drop a trace file to open it
        </p>
      </div>
    )
  );
}
