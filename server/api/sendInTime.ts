import type { ServerResponse } from 'node:http';
import { seconds } from '../../scenarios/engine/durations.ts';
import { clientOf } from './clients.ts';
import { inPace } from './pace.ts';

/** A reader on a slow network takes something within a second. One that takes nothing for so long has left. Milliseconds. */
const longestStall = seconds(20);

/** After so much text, other work of the server gets its turn. Characters. */
const mostAtOnce = 64 * 1024;

/**
 * Sends pieces only as fast as they are read, so that nothing waits in the server's memory. A response whose reader takes nothing
 * for a while is cut off.
 *
 * @param next returns the next piece; null: there is none at present
 * @param isWhole whether the response ends when there is no next piece
 * @returns call it when there may be a next piece again
 */
export function sendInTime(
  res: ServerResponse,
  next: () => string | null,
  isWhole: () => boolean,
  stall = longestStall,
): () => void {
  let stalled: NodeJS.Timeout | undefined;
  /** The reader is behind, or it is somebody else's turn. */
  let waits = true;
  const client = clientOf(res.req);
  const resume = () => {
    waits = false;
    send();
  };
  res.on('drain', () => {
    clearTimeout(stalled);
    inPace(client, resume);
  });
  res.on('close', () => clearTimeout(stalled));

  function send(): void {
    let written = 0;
    while (!waits && !res.writableEnded && !res.destroyed) {
      const piece = next();
      if (piece === null) {
        if (isWhole()) res.end();
        return;
      }
      written += piece.length;
      // Not `writableNeedDrain`: a compressor between here and the reader waits, too.
      if (!res.write(piece)) {
        waits = true;
        stalled = setTimeout(() => res.destroy(), stall);
      } else if (written > mostAtOnce) {
        waits = true;
        inPace(client, resume);
      }
    }
  }

  inPace(client, resume);
  return send;
}
