/** Gives a text to the learner: on the clipboard, or as a file. */
import { confirm } from './Confirmation.tsx';

/** Writes a text to the clipboard, then confirms it with a sentence. */
export function copyText(text: string, sentence: string): void {
  // There is no clipboard on a page that was loaded over plain http from another machine.
  const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
  copied.then(
    () => confirm(sentence),
    () => confirm('The browser does not let this page write to the clipboard. Select the text and copy it.'),
  );
}

/** Saves a text as a file. */
export function download(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
