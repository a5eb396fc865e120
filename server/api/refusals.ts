import type { ErrorRequestHandler, Response } from 'express';
import { ZodError, z } from 'zod';
import { RefusedByHand } from '../lab/freePlay/refusedByHand.ts';
import { CannotBeMade } from '../lab/freePlay/savedScenario/cannotBeMade.ts';
import type { Sandbox } from '../lab/sandbox.ts';
import { TooManySandboxes } from '../lab/sandboxes.ts';
import { NeedsRealRedis } from '../lab/store.ts';
import { RedisUnavailable } from '../redis/errors.ts';
import type { Refusal } from './contract.ts';

/** A request that is not carried out: its HTTP status, a code for the page, a sentence for the person. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const unknownSandbox = () =>
  new Refused(
    404,
    'unknown-sandbox',
    'The server does not have this sandbox: it was restarted, or the sandbox was idle for too long.',
  );

/** What is not recorded must not happen: the page would show a world that is not there. */
export function requireRoom(sandbox: Sandbox): void {
  if (sandbox.full)
    throw new Refused(409, 'trace-full', 'This sandbox has recorded as much as it can keep; reset starts a new one.');
}

/** The last handler: every error becomes one sentence, and none a stack trace. */
export const refusals = (log: (error: unknown) => void): ErrorRequestHandler =>
  function refusals(error, _req, res, next) {
    if (res.headersSent) return next(error);
    const { status, code, message } = asRefused(error);
    if (status === 500) log(error);
    refuse(res, status, code, message);
  };

export function refuse(res: Response, status: number, code: string, message: string): void {
  res.status(status).json({ error: { code, message } } satisfies Refusal);
}

const byHand: Record<RefusedByHand['code'], number> = {
  'unknown-actor': 404,
  'unknown-key': 404,
  'unknown-cookie': 404,
  'unknown-host': 404,
  'not-allowed': 400,
  'too-many': 409,
};

/** What to say of an error. */
export function asRefused(error: unknown): Pick<Refused, 'status' | 'code' | 'message'> {
  if (error instanceof Refused) return error;
  if (error instanceof ZodError) return { status: 400, code: 'bad-request', message: z.prettifyError(error) };
  if (error instanceof RefusedByHand) return { status: byHand[error.code], code: error.code, message: error.message };
  if (error instanceof CannotBeMade) return { status: 409, code: 'no-scenario', message: error.message };
  if (error instanceof RedisUnavailable) return { status: 503, code: 'redis-unavailable', message: error.message };
  if (error instanceof NeedsRealRedis) return { status: 409, code: 'needs-real-redis', message: error.message };
  if (error instanceof TooManySandboxes) return { status: 429, code: 'too-many', message: error.message };
  // `/api/sandboxes/%zz`: the router marks it with a status, but not as readable.
  if (error instanceof URIError)
    return { status: 400, code: 'bad-request', message: 'This address cannot be decoded: a % in it encodes nothing.' };
  // Express and body-parser mark what the client did wrong, such as JSON that is none.
  const { expose, status, message } = error as { expose?: boolean; status?: number; message?: string };
  if (expose === true && status !== undefined)
    return { status, code: 'bad-request', message: message ?? 'Bad request.' };
  return { status: 500, code: 'failed', message: 'The server failed at this; its console says why.' };
}
