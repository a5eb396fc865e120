/** Asks the server. What is refused throws a SandboxError, whose message is for the learner. */
import type { output, ZodMiniType } from 'zod/mini';
import { SandboxError } from '../../scenarios/engine/errors.ts';

/** A schema, when it has been loaded. The schemas come with zod, so they are loaded beside the first request, not before it. */
type Loading<Schema> = () => Promise<Schema>;

export interface Asking {
  request(method: string, path: string, body?: unknown): Promise<Response>;
  /** Returns the answer, which must have that schema. */
  ask<Schema extends ZodMiniType>(
    method: string,
    path: string,
    schema: Loading<Schema>,
    body?: unknown,
  ): Promise<output<Schema>>;
  /** Sends what has no answer. */
  tell(method: string, path: string, body: unknown): Promise<void>;
}

const loadErrors = () => import('../../scenarios/engine/api.ts').then(({ errorAnswer }) => errorAnswer);

/** @param send `fetch`, which tests replace to reach a server elsewhere */
export function createAsking(send: typeof fetch): Asking {
  const request = (method: string, path: string, body?: unknown): Promise<Response> =>
    send(path, {
      method,
      keepalive: method === 'DELETE',
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
  const silent = () => {
    throw unreachable('Check whether it is still running, then try again.');
  };

  return {
    request,
    ask: async (method, path, schema, body) => {
      const [response, form] = await Promise.all([request(method, path, body), schema()]).catch(silent);
      const found: unknown = await response.json().catch(() => null);
      const answer = form.safeParse(found);
      if (response.ok && answer.success) return answer.data;
      throw response.ok
        ? unreachable('Its answer is not one that this page knows: reload the page.')
        : await refusalIn(response, found);
    },
    tell: async (method, path, body) => {
      const response = await request(method, path, body).catch(silent);
      if (!response.ok) throw await refusalIn(response, await response.json().catch(() => null));
    },
  };
}

/** Returns why a request was refused. `found` is the body of the response. */
export async function refusalIn(response: Response, found: unknown): Promise<SandboxError> {
  const refusal = (await loadErrors()).safeParse(found);
  if (refusal.success) return new SandboxError(refusal.data.error.code, refusal.data.error.message, response);
  // In development, Vite answers for an API that is not running.
  return unreachable(`It answered ${response.status}. Check whether it is still running.`);
}

const unreachable = (what: string) => new SandboxError('unreachable', `The server does not answer. ${what}`);
