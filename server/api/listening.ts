/** Where this server listens: who can reach it, and what is to be said about that at its start. */
import { addressesOf, type Interfaces } from '../workshop/addresses.ts';
import { isLoopback } from '../workshop/loopback.ts';
import type { ClientConnection } from './cameThrough.ts';

/**
 * Returns the address that a connection was made to. A server that listens on loopback has a second one while a workshop is open:
 * connections from other machines arrive there.
 *
 * @param listensOn the address that the server was started with
 */
export function addressOf({ localAddress = '' }: Pick<ClientConnection, 'localAddress'>, listensOn: string): string {
  return isLoopback(listensOn) && !isLoopback(localAddress) ? localAddress : listensOn;
}

/** Returns the address to open on this machine. */
export function addressHere(host: string, port: number): string {
  return urlOf(isEverywhere(host) ? '127.0.0.1' : host, port);
}

const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::';

/** Returns the lines that the server prints when it listens. The first one has the address to open on this machine. */
export function greeting(host: string, port: number, interfaces: Interfaces): string[] {
  const first = `Session Sandbox: ${addressHere(host, port)}  (mock Redis; switch to a real one on the page)`;
  if (isLoopback(host)) return [first];
  const candidates = isEverywhere(host) ? addressesOf({ interfaces, withIPv6: host === '::' }) : [];
  const others = candidates.filter(({ doubt }) => doubt === null);
  return [
    first,
    ...(others.length > 0
      ? [`From other machines: ${others.map(({ address }) => urlOf(address, port)).join('  ')}`]
      : []),
    'Everybody who reaches this machine can use it and watch what is sent: it has no accounts and speaks plain http. Start it without HOST to keep it to yourself.',
  ];
}

/** Returns the origin of a server at an address, which may be an IPv6 one. */
export const urlOf = (host: string, port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
