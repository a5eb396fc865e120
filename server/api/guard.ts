import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { SandboxError } from '../../scenarios/engine/errors.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests for another host name (DNS rebinding). A page on evil.example whose name is rebound to 127.0.0.1 has, to
 * the browser, the same origin as this server; only the Host header differs. An IP address cannot be rebound, so a server
 * that is open to other machines accepts every address.
 */
export const hostGuard = (listensOn: string): RequestHandler =>
  function hostGuard(req, _res, next) {
    const host = hostnameOf(req.headers.host);
    const isAddress = isIP(host.replace(/^\[|\]$/g, '')) !== 0;
    const good = loopback.includes(host) || host === listensOn || (isAddress && !isLoopback(listensOn));
    if (!good)
      throw new SandboxError(
        'wrong-host',
        `This server does not answer for the host "${host}"; use http://127.0.0.1 or http://localhost.`,
      );
    next();
  };

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

/** Whether a server that listens on that address can be reached from its own machine only. */
export const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Returns '' for a Host header that is missing or malformed. */
function hostnameOf(host: string | undefined): string {
  const url = `http://${host ?? ''}`;
  return URL.canParse(url) ? new URL(url).hostname : '';
}
