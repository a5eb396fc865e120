/** Turns what a request handler throws into an error response of the API. */
import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';
import type { ErrorAnswer } from '../../scenarios/engine/api.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { Sandbox } from '../lab/sandbox.ts';
import { type RedisFailure, redisFailure } from '../redis/failures.ts';
import { sendErrorPage } from './plainPage.ts';

/** @throws SandboxError when the trace is full: what cannot be recorded must not happen, or the page would show a wrong state */
export function requireRoom(sandbox: Sandbox): void {
  if (sandbox.full)
    throw new SandboxError(
      'trace-full',
      'This sandbox has recorded as much as it can keep. What it has stays readable; Reset starts a new sandbox.',
    );
}

/**
 * The last handler: sends every error, as a page to a person and as JSON with its code to a script, and logs those that are the
 * server's own fault.
 *
 * @param title of the page
 */
export const errorAnswers = (log: (error: unknown) => void, title: string): ErrorRequestHandler =>
  function errorAnswers(error, req, res: Response, next) {
    if (res.headersSent) return next(error);
    const { status, code, message, retryAfter } = asSandboxError(error, log);
    if (retryAfter !== undefined) res.set('retry-after', String(retryAfter));
    if (req.accepts(['json', 'html']) === 'html') sendErrorPage(res, status, title, message);
    else res.status(status).json({ error: { code, message } } satisfies ErrorAnswer);
  };

/** @param log called with an error whose message may not be shown */
export function asSandboxError(error: unknown, log: (error: unknown) => void): SandboxError {
  if (error instanceof SandboxError) return error;
  const failure = redisFailure(error);
  if (failure) return redisError(failure);
  if (error instanceof z.core.$ZodError) return new SandboxError('bad-request', z.prettifyError(error));
  // `/api/sandboxes/%zz`: Express sets a status on it, but does not mark its message as fit to be shown.
  if (error instanceof URIError) return new SandboxError('bad-request', 'This address has a % that encodes nothing.');
  // Express and body-parser mark the client's mistakes, such as malformed JSON.
  const { expose, status, message } = error as { expose?: boolean; status?: number; message?: string };
  if (expose === true && status !== undefined)
    return new SandboxError('bad-request', message ?? 'Bad request.', { status });
  log(error);
  return new SandboxError('failed', 'The server failed. Its console shows why.');
}

const redisError = ({ kind, sentence }: RedisFailure) =>
  kind === 'refused'
    ? new SandboxError('redis-refused', sentence)
    : // A frozen Redis already has the command and carries it out when it continues.
      new SandboxError(
        'redis-lost',
        `Redis does not answer. ${sentence} Once it is back, the page shows whether it carried this out.`,
      );
