import { confirm } from './confirmed.ts';

/** Put the text on the clipboard, and say that sentence once it is there. */
export function copyText(text: string, sentence: string): void {
  // Over plain http from another machine there is no clipboard to write to.
  const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
  copied.then(
    () => confirm(sentence),
    () => confirm('The browser does not let this page write to the clipboard: select the text and copy it.', 'wrong'),
  );
}
