import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { isLoopback } from './listening.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests for another host name (DNS rebinding). A page on evil.example whose name is rebound to 127.0.0.1 has, to
 * the browser, the same origin as this server; only the Host header differs. An IP address cannot be rebound, so a server
 * that is open to other machines accepts every address.
 */
export const hostGuard = (listensOn: string): RequestHandler =>
  function hostGuard(req, _res, next) {
    if (!isOwnHost(req, listensOn)) {
      const port = req.socket.localPort;
      throw new SandboxError(
        'wrong-host',
        `This server does not answer for the host "${req.headers.host ?? ''}"; use http://127.0.0.1:${port} or http://localhost:${port}.`,
      );
    }
    next();
  };

/** A host and a port as browsers write them. A URL parser would also read 127.1, 0x7f000001 and user@127.0.0.1 as addresses. */
const written = /^(\[[0-9a-f:.]+\]|[^\s:@/?#[\]]+)(?::(\d+))?$/i;

function isOwnHost({ headers, socket, originalUrl }: Request, listensOn: string): boolean {
  // A whole URL as its target names a host of its own, which would count instead (RFC 9112 section 3.2.2).
  if (!originalUrl.startsWith('/')) return false;
  const [, name = '', port] = written.exec(headers.host ?? '') ?? [];
  if (port !== undefined && port !== String(socket.localPort)) return false;
  const host = name.toLowerCase();
  const own = listensOn.includes(':') ? `[${listensOn}]` : listensOn;
  const isAddress = host.startsWith('[') ? isIP(host.slice(1, -1)) === 6 : isIP(host) === 4;
  return loopback.includes(host) || host === own.toLowerCase() || (isAddress && !isLoopback(listensOn));
}

/** Refuses requests of other sites' pages, and bodies that a plain form could send. This server's own page needs neither. */
export const crossSiteGuard = (): RequestHandler =>
  function crossSiteGuard(req, _res, next) {
    const site = req.get('sec-fetch-site');
    const origin = req.get('origin');
    const foreign =
      (site !== undefined && site !== 'same-origin' && site !== 'none') ||
      (origin !== undefined && origin !== `${req.protocol}://${req.headers.host}`);
    if (foreign) throw new SandboxError('cross-site', 'This API answers only the page that was served with it.');
    if (req.method === 'POST' && !req.is('application/json')) {
      throw new SandboxError('unsupported-type', 'Send the body as application/json.');
    }
    next();
  };
