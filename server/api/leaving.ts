import type { Response } from 'express';
import { SandboxError } from '../../scenarios/engine/errors.ts';

/** Returns a signal that aborts when the client closes the connection before it is answered: nobody waits for the work then. */
export function leaving(res: Response): AbortSignal {
  const left = new AbortController();
  res.on('close', () => {
    // Nobody reads this.
    if (!res.writableFinished) left.abort(new SandboxError('bad-request', 'The client closed the connection.'));
  });
  return left.signal;
}
