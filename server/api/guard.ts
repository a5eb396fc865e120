import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { isLoopback } from '../workshop/loopback.ts';
import { addressOf, urlOf } from './listening.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests for another host name (DNS rebinding). A page on evil.example whose name is rebound to 127.0.0.1 has, to
 * the browser, the same origin as this server; only the Host header differs. An IP address cannot be rebound, so a server
 * that is open to other machines accepts every address. The second address of a workshop answers for itself and for the names
 * that its instructor gave it, and for nothing else.
 *
 * @param listensOn the address that the server was started with
 * @param names of the second address
 */
export const hostGuard = (listensOn: string, names: readonly string[] = []): RequestHandler =>
  function hostGuard(req, _res, next) {
    const came = addressOf(req.socket, listensOn);
    const answers = came === listensOn ? hostsOf(listensOn) : secondHosts(came, names);
    if (!isOwnHost(req, answers)) {
      const { localPort: port = 80 } = req.socket;
      const own = came === listensOn ? ['127.0.0.1', 'localhost'] : [came, ...names];
      const use = own.map((host) => urlOf(host, port)).join(' or ');
      throw new SandboxError(
        'wrong-host',
        `This server does not answer for the host "${req.headers.host ?? ''}"; use ${use}.`,
      );
    }
    next();
  };

/** Says whether a server answers for a host, without its port and in small letters. */
type Hosts = (host: string) => boolean;

const inBrackets = (address: string) => (address.includes(':') ? `[${address}]` : address).toLowerCase();

const hostsOf =
  (listensOn: string): Hosts =>
  (host) => {
    const isAddress = host.startsWith('[') ? isIP(host.slice(1, -1)) === 6 : isIP(host) === 4;
    return loopback.includes(host) || host === inBrackets(listensOn) || (isAddress && !isLoopback(listensOn));
  };

const secondHosts =
  (address: string, names: readonly string[]): Hosts =>
  (host) =>
    host === inBrackets(address) || names.some((name) => host === name.toLowerCase());

/** A host and a port as browsers write them. A URL parser would also read 127.1, 0x7f000001 and user@127.0.0.1 as addresses. */
const written = /^(\[[0-9a-f:.]+\]|[^\s:@/?#[\]]+)(?::(\d+))?$/i;

function isOwnHost({ headers, socket, originalUrl }: Request, answers: Hosts): boolean {
  // A whole URL as its target names a host of its own, which would count instead (RFC 9112 section 3.2.2).
  if (!originalUrl.startsWith('/')) return false;
  const [, name = '', port] = written.exec(headers.host ?? '') ?? [];
  return (port === undefined || port === String(socket.localPort)) && answers(name.toLowerCase());
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
