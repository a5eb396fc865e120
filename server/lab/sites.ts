import type { RequestListener } from 'node:http';
import type { SiteHandler } from '../../scenarios/engine/scenario.ts';

/** The other sites of a scenario, all on one server: the Host header tells which one is meant. */
export function otherSites(sites: Record<string, SiteHandler>): RequestListener {
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
    const { status = 200, headers = {}, body = '' } = handler?.(request) ?? { status: 404 };
    res.writeHead(status, headers).end(body);
  };
}
