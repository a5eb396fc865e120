import type { HandRequest } from '../../../scenarios/engine/hand.ts';
import { appOrigin, type LabActor } from '../browser/actor.ts';
import { NoAnswer } from '../network/loopback.ts';
import { forbiddenMethod, joined, whyNotSettable } from './pageHeaders.ts';
import { RefusedByHand } from './refusedByHand.ts';

/** How long somebody waits for an answer to a request by hand: nothing else is done meanwhile. Milliseconds. */
export const handPatience = 5000;

/** fetch() writes these in capitals, however they were typed; any other method stays as it is. */
const normalised = /^(delete|get|head|options|post|put)$/i;

export const methodOf = ({ method }: HandRequest) => (normalised.test(method) ? method.toUpperCase() : method);

/**
 * A request as that person's browser would make it: from a page, as its script could; without one, as a typed address.
 * @throws RefusedByHand for what no browser would send, and for a host that the sandbox does not have
 */
export function requestDeed(
  action: HandRequest,
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
    return async () => void (await answered(actor.visit(url.href, { patience: handPatience })));
  }
  if (forbiddenMethod(method)) throw notAllowed(`No page can send ${method}: fetch() refuses it.`);
  if (action.body !== null && (method === 'GET' || method === 'HEAD'))
    throw notAllowed(`A ${method} has no body: fetch() refuses it. Take the body away or choose another method.`);
  const body = action.body ?? undefined;
  return async () =>
    void (await answered(actor.on(origin).send(method, url.href, body, { headers, patience: handPatience })));
}

/** A request that got no answer, or led somewhere that does not exist, is told in the trace, and to whoever sent it. */
async function answered(response: Promise<{ by: string }>): Promise<void> {
  const { by } = await response.catch((error: Error) => {
    throw new NoAnswer(error.message);
  });
  if (by === 'nobody') throw new NoAnswer(`There was no answer within ${handPatience / 1000} seconds.`);
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && text.toLowerCase() === url.origin) return url.origin;
  throw notAllowed(`"${text}" is no origin: write scheme and host alone, such as https://evil.example.`);
}

function addressOf(text: string, base: string, hostOf: (url: URL) => unknown): URL {
  const url = URL.canParse(text, appOrigin) ? new URL(text, text.startsWith('/') ? appOrigin : base) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw notAllowed(`"${text}" is no address to request: write a path of the shop, or a whole http or https address.`);
  try {
    hostOf(url);
  } catch (error) {
    throw new RefusedByHand('unknown-host', (error as Error).message);
  }
  return url;
}

function headersOf({ headers }: HandRequest): Record<string, string> {
  for (const header of headers) {
    const why = whyNotSettable(header);
    if (why !== null) throw notAllowed(why);
  }
  return joined(headers);
}

function requireTypeable({ body, headers }: HandRequest, method: string): void {
  if (method !== 'GET' || body !== null || headers.length > 0) {
    throw notAllowed(
      'Whoever types an address sends a GET, with no headers or body of their own; choose a page for more.',
    );
  }
}

const notAllowed = (message: string) => new RefusedByHand('not-allowed', message);
