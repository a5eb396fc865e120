/** Which addresses of this machine its neighbors can reach: people in the same room, in the same network. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { BlockList } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces, release } from 'node:os';
import type { LanAddress } from '../../scenarios/engine/workshop.ts';

export type Interfaces = ReturnType<typeof networkInterfaces>;

interface Machine {
  interfaces: Interfaces;
  /** The local address of the default route; null without one. */
  routed?: string | null;
  /** Whether this is Linux inside Windows, with a network of its own: WSL2. */
  wsl2?: boolean;
  /** IPv6 addresses, too. They are too long to type. */
  withIPv6?: boolean;
}

/** Networks by the names of their interfaces on Linux, macOS and Windows, and why neighbors are not in them. */
const suspects: readonly [name: RegExp, why: (name: string) => string][] = [
  [
    /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|cali|podman|incus|vethernet|virtualbox|vmware)/i,
    (name) => `${name} is a network inside this machine.`,
  ],
  [
    /^(tun|tap|utun|ipsec|wg|ppp|tailscale|zt|nordlynx|proton|mullvad|wireguard|openvpn|cloudflarewarp)|vpn|zerotier/i,
    (name) => `${name} is a tunnel (VPN): neighbors are not in it.`,
  ],
  [/^bridge\d/i, (name) => `${name} is for virtual machines, or for computers that share the connection of this Mac.`],
  [/^(wwan|wwp|pdp_ip|rmnet)|cellular/i, (name) => `${name} is a mobile network, which lets nobody in.`],
];

const addressRanges = (ranges: readonly string[]) => {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    list.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return (info: NetworkInterfaceInfo) => list.check(info.address, info.family === 'IPv6' ? 'ipv6' : 'ipv4');
};
const isLinkLocal = addressRanges(['169.254.0.0/16', 'fe80::/10']);
/** RFC 1918 and RFC 4193. */
const isPrivate = addressRanges(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']);
/** Hyper-V gives the network card of WSL2 such a MAC address. With mirrored networking it has that of the Windows machine. */
const isHyperV = ({ mac }: NetworkInterfaceInfo) => mac.toLowerCase().startsWith('00:15:5d');

/** Wi-Fi and Ethernet on Linux, macOS and Windows. */
const usualNames = /^(wl|en|eth|wi-?fi|wlan|ethernet)/i;

/** Returns the addresses of a machine that are more than its own, best first. Link-local ones lead nowhere, and are left out. */
export function addressesOf({ interfaces, routed = null, wsl2 = false, withIPv6 = false }: Machine): LanAddress[] {
  const candidates = Object.entries(interfaces).flatMap(([network, infos = []]) =>
    infos
      .filter((info) => !info.internal && (withIPv6 || info.family === 'IPv4') && !isLinkLocal(info))
      .map((info) => ({ info, network, doubt: doubtOf(network, info, wsl2) })),
  );
  const merits = ({ info, network, doubt }: (typeof candidates)[number]) =>
    // Each counts more than all that come after it.
    [doubt === null, info.address === routed, isPrivate(info), usualNames.test(network)].reduce(
      (sum, merit) => 2 * sum + Number(merit),
      0,
    );
  return candidates
    .toSorted((one, other) => merits(other) - merits(one))
    .map(({ info: { address }, network, doubt }) => ({ address, network, doubt }));
}

function doubtOf(network: string, info: NetworkInterfaceInfo, wsl2: boolean): string | null {
  const [, why] = suspects.find(([name]) => name.test(network)) ?? [];
  if (why) return why(network);
  // Such a network has no neighbors, so it is a tunnel whose name says nothing, as "Ethernet 3" on Windows.
  if (info.netmask === '255.255.255.255') return `${network} has only this machine in it, as a tunnel (VPN) has.`;
  if (wsl2 && isHyperV(info)) {
    return `${network} is inside Windows (WSL2): neighbors reach it only with mirrored networking or a forwarded port.`;
  }
  return null;
}

/** Asks the operating system for the addresses of this machine, best first. Nothing is sent. */
export async function lanAddresses(): Promise<LanAddress[]> {
  return addressesOf({
    interfaces: networkInterfaces(),
    routed: await defaultRoute(),
    wsl2: /microsoft.*wsl2/i.test(release()),
  });
}

/**
 * Returns the local address of the default route; null without one. Connecting a UDP socket chooses the route, and sends nothing.
 * The address is one that nobody has (RFC 5737).
 */
async function defaultRoute(): Promise<string | null> {
  const socket = createSocket('udp4');
  try {
    const connected = once(socket, 'connect');
    socket.connect(9, '203.0.113.1');
    await connected;
    return socket.address().address;
  } catch {
    // There is no network, or none that leads further.
    return null;
  } finally {
    socket.close();
  }
}
