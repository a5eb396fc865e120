/** The errors that a person may see, and how to get a message out of anything that was thrown. */

/** Every error code of the API, with the HTTP status it is answered with. */
export const errorStatus = {
  'bad-request': 400,
  'not-allowed': 400,
  'unknown-token': 401,
  'cross-site': 403,
  'wrong-code': 403,
  'not-your-role': 403,
  'unknown-sandbox': 404,
  'unknown-scenario': 404,
  'unknown-route': 404,
  'unknown-file': 404,
  'unknown-actor': 404,
  'unknown-key': 404,
  'unknown-cookie': 404,
  'unknown-host': 404,
  'no-workshop': 404,
  'sandbox-lost': 410,
  'limit-reached': 409,
  'needs-real-redis': 409,
  'no-scenario': 409,
  'trace-full': 409,
  'already-driven': 409,
  'already-open': 409,
  'no-question': 409,
  'unsupported-type': 415,
  'wrong-host': 421,
  'too-many': 429,
  failed: 500,
  'bad-gateway': 502,
  'not-built': 503,
  'redis-lost': 503,
  'redis-refused': 503,
  'redis-unavailable': 503,
  'no-answer': 504,
  /** The page's own: the server did not answer at all. */
  unreachable: 0,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** An error whose message may be shown: one or two sentences that say what happened and what to do. */
export class SandboxError extends Error {
  override name = 'SandboxError';
  readonly code: ErrorCode;
  readonly status: number;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;

  /** @param how.status the HTTP status, when it is not the usual one of that code */
  constructor(code: ErrorCode, message: string, how: { status?: number; retryAfter?: number } = {}) {
    super(message);
    this.code = code;
    this.status = how.status ?? errorStatus[code];
    this.retryAfter = how.retryAfter;
  }
}

/** @param why it has ended while it was being asked, as a sentence */
export const unknownSandbox = (why = 'The server was restarted, or the sandbox was idle for too long.') =>
  new SandboxError('unknown-sandbox', `The server does not have this sandbox any more. ${why}`);

/**
 * Turns whatever was thrown into an Error with a message that names its causes. An author of a scenario may throw something that is
 * not an Error, has no message or cannot even be printed.
 */
export function asError(thrown: unknown): Error {
  try {
    if (!(thrown instanceof Error)) return new Error(printed(thrown));
    const message = withReasons(thrown, new Set());
    // What it is an instance of stays, and so do its stack and its code.
    return message === thrown.message ? thrown : Object.create(thrown, { message: { value: message } });
  } catch {
    return new Error('Something was thrown that cannot be printed');
  }
}

function printed(thrown: unknown): string {
  if (typeof thrown === 'string' && thrown !== '') return thrown;
  const text = typeof thrown === 'object' && thrown !== null ? JSON.stringify(thrown) : String(thrown);
  return `What was thrown is not an Error: ${text === '' ? 'an empty string' : text}`;
}

/** @param seen an error may be its own cause */
function withReasons(error: Error, seen: Set<unknown>): string {
  seen.add(error);
  const { message, name, cause } = error;
  const own = typeof message === 'string' && message !== '' ? message : `${name} without a message`;
  const reasons = [cause, ...(error instanceof AggregateError ? error.errors : [])]
    .filter((reason) => reason !== undefined && !seen.has(reason))
    .map((reason) => (reason instanceof Error ? withReasons(reason, seen) : printed(reason)));
  return reasons.length === 0 ? own : `${own.replace(/\.$/, '')} (${reasons.join('; ')})`;
}
