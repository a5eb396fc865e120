import type { RequestListener } from 'node:http';
import { asError } from '../../../scenarios/engine/errors.ts';
import type { SiteHandler } from '../../../scenarios/engine/sites.ts';

/**
 * The other sites of a scenario, all on one server: the Host header tells which one is meant.
 * @param failed called with what a handler throws, or what cannot be sent of its response; the connection is closed then
 */
export function otherSites(
  sites: Record<string, SiteHandler>,
  failed: (host: string, error: Error) => void,
): RequestListener {
  const byHost = new Map(Object.entries(sites).map(([origin, handler]) => [new URL(origin).host, handler]));
  return async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const handler = byHost.get(req.headers.host ?? '');
    const request = {
      method: req.method ?? 'GET',
      path: req.url ?? '/',
      headers: req.headers as Record<string, string>,
      body: Buffer.concat(chunks).toString(),
    };
    try {
      const { status = 200, headers = {}, body = '' } = handler?.(request) ?? { status: 404 };
      res.writeHead(status, headers).end(body);
    } catch (error) {
      failed(req.headers.host ?? '', asError(error));
      req.socket.destroy();
    }
  };
}
