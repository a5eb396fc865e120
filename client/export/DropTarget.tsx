import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import './DropTarget.css';
import { confirm } from '../ui/confirmed.ts';
import { openTrace } from './openedTrace.ts';

/** A trace file can be dropped anywhere on the page; while one is held over it, the page says so. */
export function DropTarget() {
  const held = useDroppedFiles((files) => {
    if (files.length > 1) confirm('One trace at a time: drop a single file.', 'wrong');
    else if (files[0]) void openTrace(files[0]);
  });
  return (
    held && (
      <div className="drop-target">
        <p>
          <IconFileImport size={20} stroke={1.6} aria-hidden="true" /> Drop a trace file to open it
        </p>
      </div>
    )
  );
}

/** Whether files are being held over the page. Text that is dragged is none of ours. */
function useDroppedFiles(onDrop: (files: File[]) => void): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const withFiles = (work: (event: DragEvent) => void) => (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      work(event);
    };
    const over = withFiles(() => setHeld(true));
    // Leaving one part for another is not leaving the page, which has nothing beside it.
    const leave = withFiles(({ relatedTarget }) => relatedTarget === null && setHeld(false));
    const drop = withFiles(({ dataTransfer }) => {
      setHeld(false);
      onDrop([...(dataTransfer?.files ?? [])]);
    });
    const listeners = { dragenter: over, dragover: over, dragleave: leave, drop };
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name as 'drop', listener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name as 'drop', listener);
    };
  }, [onDrop]);
  return held;
}
