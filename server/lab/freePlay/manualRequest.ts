/** Requests that a learner writes: what a browser would send of them, and what it would refuse. */
import type { ManualRequest } from '../../../scenarios/engine/actions.ts';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import type { Header } from '../../../scenarios/engine/trace.ts';
import type { LabActor } from '../browser/actor.ts';
import { isForbiddenMethod, whyNotSettable } from '../browser/forbidden.ts';
import { appOrigin } from '../network/hosts.ts';
import { parseUrl } from '../network/parseUrl.ts';

/** How long a manual request waits for its response. Nothing else happens in the sandbox meanwhile. Milliseconds. */
export const manualPatience = 5000;

/** A page that has nothing to do with the app needs no server to send requests from. */
export const pagesOf = (hosts: string[]): string[] => [...new Set([...hosts, 'https://evil.example'])];

/**
 * Prepares a request as that actor's browser would send it: from a page, as its script could; without a page, as an address
 * that a person types.
 * @returns a function that sends it, and throws SandboxError when there is no response
 * @throws SandboxError for what no browser would send, and for a host that the sandbox does not have
 */
export function prepareRequest(
  action: ManualRequest,
  actorOf: (name: string) => LabActor,
  hostOf: (url: URL) => unknown,
): () => Promise<void> {
  const actor = actorOf(action.actor);
  const method = methodOf(action);
  const origin = action.origin === null ? null : originOf(action.origin);
  const url = addressOf(action.url, origin ?? appOrigin, hostOf);
  const headers = headersOf(action);
  if (origin === null) {
    requireTypeable(action, method);
    return () => requireResponse(actor.visit(url.href, { patience: manualPatience }));
  }
  if (isForbiddenMethod(method)) throw notAllowed(`No page can send ${method}: fetch() refuses it.`);
  if (action.body !== null && (method === 'GET' || method === 'HEAD'))
    throw notAllowed(`A ${method} request has no body: fetch() refuses it. Remove the body or choose another method.`);
  const body = action.body ?? undefined;
  const { credentials = 'include' } = action;
  const options = { headers, credentials, patience: manualPatience };
  return () => requireResponse(actor.on(origin).send(method, url.href, body, options));
}

/** fetch() writes these methods in capitals. Any other method stays as it was typed. */
const normalized = /^(delete|get|head|options|post|put)$/i;

export const methodOf = ({ method }: ManualRequest) => (normalized.test(method) ? method.toUpperCase() : method);

/** @throws SandboxError when no response came. The trace says so, too. */
async function requireResponse(response: Promise<{ by: string }>): Promise<void> {
  const { by } = await response.catch((error: Error) => {
    throw new SandboxError('no-answer', error.message);
  });
  if (by === 'nobody')
    throw new SandboxError('no-answer', `There was no answer within ${manualPatience / 1000} seconds.`);
}

function originOf(text: string): string {
  const url = parseUrl(text);
  if (url && /^https?:$/.test(url.protocol) && text.toLowerCase() === url.origin) return url.origin;
  throw notAllowed(`"${text}" is not an origin: write scheme and host alone, such as https://evil.example.`);
}

function addressOf(text: string, base: string, hostOf: (url: URL) => unknown): URL {
  const url = parseUrl(text, text.startsWith('/') ? appOrigin : base);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw notAllowed(`"${text}" is not an address to request: write a path, or a whole http or https address.`);
  try {
    hostOf(url);
  } catch (error) {
    throw new SandboxError('unknown-host', (error as Error).message);
  }
  return url;
}

function headersOf({ headers }: ManualRequest): Record<string, string> {
  for (const header of headers) {
    const why = whyNotSettable(header);
    if (why !== null) throw notAllowed(why);
  }
  return joinHeaders(headers);
}

function requireTypeable({ body, headers }: ManualRequest, method: string): void {
  if (method !== 'GET' || body !== null || headers.length > 0) {
    throw notAllowed('A typed address sends a GET without own headers or a body. Choose a page to send more.');
  }
}

const notAllowed = (message: string) => new SandboxError('not-allowed', message);

/** Joins headers as fetch() does: one per name, several values separated by commas, the last spelling of the name. */
export function joinHeaders(headers: readonly Header[]): Record<string, string> {
  const byName = new Map<string, Header>();
  for (const [name, text] of headers) {
    const before = byName.get(name.toLowerCase());
    byName.set(name.toLowerCase(), [name, before ? `${before[1]}, ${text}` : text]);
  }
  return Object.fromEntries(byName.values());
}
