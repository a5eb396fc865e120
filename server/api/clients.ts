import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { refusedBody } from '../lab/network/unreadBody.ts';
import { atThisMachine, type CountedShare, type Share, type SharesOf } from '../lab/shares.ts';
import { connectionOf } from './cameThrough.ts';

/**
 * Returns who a request counts for: the address of its connection, since headers can claim any other. Of IPv6 only the network:
 * one client has all addresses of a /64.
 */
export function clientAt(address: string | undefined): string {
  const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
  if (plain === '127.0.0.1' || plain === '::1') return atThisMachine;
  return plain.includes(':') ? `${networkOf(plain)}::/64` : plain;
}

/** Returns the first four groups of an IPv6 address, with what `::` stands for. */
function networkOf(address: string): string {
  const [start = '', end] = address.split('::');
  const groups = start.split(':').filter((group) => group !== '');
  const after = end === undefined ? [] : end.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0');
  return [...groups, ...(end === undefined ? [] : zeros), ...after].slice(0, 4).join(':');
}

/** Returns who a request counts for. */
export const clientOf = (req: IncomingMessage): string => clientAt(connectionOf(req).remoteAddress);

export const shareOf = <Kind extends Share>(shares: SharesOf<Kind>, req: Request): Kind => shares.of(clientOf(req));

/** Refuses a body that is too large before it is read, and breaks its connection off. */
export const bodyLimit = (): RequestHandler =>
  function bodyLimit(req, res, next) {
    const refused = refusedBody(req);
    if (refused === null) return next();
    res.set('connection', 'close');
    throw new SandboxError('bad-request', refused.why, { status: refused.status });
  };

/** Lets only so many requests of one client wait for an answer, or for its reader. */
export const requestLimit = (shares: SharesOf<CountedShare>): RequestHandler =>
  function requestLimit(req, res, next) {
    const release = shareOf(shares, req).hold('requests');
    res.on('close', release);
    next();
  };
