/** The server of all origins: it answers as the contexts say, and writes down what it receives. */
import type { Header } from '../../../scenarios/engine/trace.ts';
import type { Answered } from '../../../server/lab/network/hosts.ts';
import { addressOf, type Context, hopAt, isNavigation } from './contexts.ts';

export interface Received {
  method: string;
  url: URL;
  headers: readonly Header[];
  body: string | Buffer | null;
}

/** Every browser gets these cookies from every host, before it sends anything else. */
export const seedPath = '/seed';
const seeds = [
  'strict=1; SameSite=Strict; Secure',
  'lax=1; SameSite=Lax; Secure',
  'none=1; SameSite=None; Secure',
  'unset=1; Secure',
  'plainStrict=1; SameSite=Strict',
  'plainLax=1; SameSite=Lax',
  'plainUnset=1',
].map((cookie) => `${cookie}; Path=/context`);

export function createContextServer(contexts: readonly Context[]) {
  const received = new Map<Context, string[]>();
  const waiting = new Map<Context, () => void>();

  function answer(request: Received): Answered {
    const { method, url } = request;
    if (url.pathname === seedPath)
      return respond(
        200,
        seeds.map((cookie) => ['Set-Cookie', cookie]),
      );
    const found = hopAt(contexts, url);
    if (found === null) {
      const policy = url.searchParams.get('policy');
      const headers: Header[] = policy === null ? [] : [['Referrer-Policy', policy]];
      return respond(200, [['Content-Type', 'text/html'], ...headers], '<!doctype html><title>a page</title>');
    }
    const { context, hop } = found;
    received.set(context, [...(received.get(context) ?? []), lineOf(request, context, hop)]);
    const { status, location = '$next', headers = {}, preflight } = context.hops[hop]!;
    const origin = headerOf(request, 'origin') ?? '';
    const written = (fields: Record<string, string>) =>
      Object.entries(fields).map(([name, value]): Header => [name, value.replace('$origin', origin)]);
    if (method === 'OPTIONS' && headerOf(request, 'access-control-request-method') !== undefined) {
      return respond(preflight?.status ?? 204, written(preflight?.headers ?? headers));
    }
    if (status === undefined) {
      waiting.get(context)?.();
      return respond(isNavigation(context) ? 204 : 200, written(headers));
    }
    const next = context.hops[hop + 1] ? addressOf(contexts, context, hop + 1) : '';
    return respond(status, [
      ['Location', location.replace('$next', next).replace('$host', next.replace('https://', ''))],
      ...written(headers),
    ]);
  }

  return {
    answer,
    received: (context: Context): readonly string[] => received.get(context) ?? [],
    /** Resolves when the last hop is asked. */
    arrival: (context: Context) => new Promise<void>((resolve) => void waiting.set(context, resolve)),
  };
}

export type ContextServer = ReturnType<typeof createContextServer>;

const respond = (status: number, headers: Header[], body = ''): Answered => ({
  ...{ status, statusText: '', body, by: 'the server' },
  headers: [['Cache-Control', 'no-store'], ...headers],
});

const headerOf = ({ headers }: Received, wanted: string) =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

const compared = [
  ['origin', 'Origin'],
  ['referer', 'Referer'],
  ['sec-fetch-site', 'site'],
  ['sec-fetch-mode', 'mode'],
  ['sec-fetch-dest', 'dest'],
  ['sec-fetch-user', 'user'],
  ['content-type', 'type'],
  ['authorization', 'Authorization'],
  ['x-custom', 'X-Custom'],
  ['access-control-request-method', 'asks for'],
  ['access-control-request-headers', 'asks for headers'],
] as const;

/** "0 POST https://shop.example: Origin https://evil.example; site cross-site; …; cookies none, unset; a body" */
function lineOf(request: Received, { how }: Context, hop: number): string {
  const facts = compared.flatMap(([name, shown]) => {
    const value = headerOf(request, name);
    return value === undefined ? [] : [`${shown} ${value}`];
  });
  // Of images, some builds of Chromium accept more types. Otherwise, the virtual browser simplifies the header.
  if (how === 'style sheet') facts.push(`accepts ${headerOf(request, 'accept')}`);
  const cookies = headerOf(request, 'cookie');
  if (cookies !== undefined) facts.push(`cookies ${cookies.replaceAll('=1', '').replaceAll(';', '')}`);
  if (request.body !== null && request.body.length > 0) facts.push('a body');
  return `${hop} ${request.method} ${request.url.origin}: ${facts.join('; ')}`;
}
