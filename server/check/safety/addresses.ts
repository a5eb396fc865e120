/** Which addresses may be asked: this machine and private networks, unless the owner of the others has shown to be it. */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { NetworkFailed } from '../errors.ts';

/** The addresses of a host, as they were when the check began. Nothing is resolved again, so no name can lead elsewhere later. */
export interface Pinned {
  addresses: readonly { address: string; family: 4 | 6 }[];
  /** `loopback`: this machine. `private`: networks that are not routed (RFC 1918, RFC 4193). `public`: any other. */
  reach: Reach;
}
export type Reach = 'loopback' | 'private' | 'public';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Not 169.254.0.0/16 and fe80::/10: a cloud hands out credentials there, and no app is run there. */
const privateNetworks = new BlockList();
privateNetworks.addSubnet('10.0.0.0', 8, 'ipv4');
privateNetworks.addSubnet('172.16.0.0', 12, 'ipv4');
privateNetworks.addSubnet('192.168.0.0', 16, 'ipv4');
privateNetworks.addSubnet('fc00::', 7, 'ipv6');

/** Returns how far away an IP address is. An IPv4 address that is written as an IPv6 one counts as what it is. */
export function reachOf(address: string): Reach {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const kind = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (loopback.check(plain, kind)) return 'loopback';
  return privateNetworks.check(plain, kind) ? 'private' : 'public';
}

/**
 * Resolves the host of an origin, once.
 * @throws NetworkFailed when there is no such host
 */
export async function pin(origin: string, resolve: typeof resolveAll = resolveAll): Promise<Pinned> {
  const host = new URL(origin).hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found = family ? [{ address: host, family }] : await resolve(host);
  const addresses = found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }) as const);
  // A name with a private and a public address could lead to either.
  const reaches = new Set(addresses.map(({ address }) => reachOf(address)));
  const reach = (['public', 'private', 'loopback'] as const).find((one) => reaches.has(one));
  if (reach === undefined) throw new NetworkFailed(`The host ${host} has no address.`);
  return { addresses, reach };
}

async function resolveAll(host: string): Promise<{ address: string; family: number }[]> {
  return lookup(host, { all: true }).catch((error: NodeJS.ErrnoException) => {
    throw new NetworkFailed(
      `The host ${host} cannot be found (${error.code}). Is origin right, and is the network up?`,
    );
  });
}
