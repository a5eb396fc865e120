import { isIPv6 } from 'node:net';

/**
 * Returns the part of an address that stands for one source. A provider gives a customer at least a whole /64 of IPv6
 * (RFC 6177), so of an IPv6 address only the first 64 bits count: `2001:db8:0:1::/64`. An IPv4 address counts as it is,
 * also when it is written as an IPv6 address, which sockets for both kinds do: `::ffff:203.0.113.1`.
 */
export function sourceOf(address: string): string {
  // The zone of a link-local address names our own network card: `fe80::1%eth0`.
  const [withoutZone = ''] = address.split('%');
  if (!isIPv6(withoutZone)) return address;
  const groups = groupsOf(withoutZone);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) {
    const [high, low] = groups.slice(6) as [number, number];
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  const prefix = groups.slice(0, 4).map((group) => group.toString(16));
  return `${prefix.join(':')}::/64`;
}

/** Returns the eight groups of 16 bits. */
function groupsOf(address: string): number[] {
  // The URL parser writes a last part with dots as two groups.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = [], after = []] = written.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
}
