import { isIP } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, test } from 'vitest';
import { addressesOf, type Interfaces, lanAddresses } from './addresses.ts';

const at = (
  address: string,
  { netmask = '255.255.255.0', mac = '3c:22:fb:10:20:30', internal = false } = {},
): NetworkInterfaceInfo => ({
  ...{ address, netmask, mac, internal, cidr: `${address}/24` },
  ...(address.includes(':') ? { family: 'IPv6', scopeid: 4 } : { family: 'IPv4' }),
});
const lo = [at('127.0.0.1', { internal: true }), at('::1', { internal: true })];
const tunnel = { netmask: '255.255.255.255' };

interface Row {
  machine: string;
  interfaces: Interfaces;
  routed?: string | null;
  wsl2?: boolean;
  /** Addresses, best first. A doubted one has a question mark. */
  expected: string[];
}

const table: Row[] = [
  {
    machine: 'a Linux laptop in a Wi-Fi, with Docker and virtual machines',
    interfaces: {
      lo,
      docker0: [at('172.17.0.1', { netmask: '255.255.0.0', mac: '02:42:aa:bb:cc:dd' })],
      'br-5f3c0a1b2c3d': [at('172.18.0.1')],
      virbr0: [at('192.168.122.1')],
      wlp3s0: [at('192.168.1.5'), at('fe80::5')],
    },
    routed: '192.168.1.5',
    expected: ['192.168.1.5', '172.17.0.1?', '172.18.0.1?', '192.168.122.1?'],
  },
  {
    machine: 'a laptop at a cable and in a Wi-Fi: the one with the default route first',
    interfaces: { lo, enp0s31f6: [at('10.20.0.9')], wlp3s0: [at('192.168.1.5')] },
    routed: '192.168.1.5',
    expected: ['192.168.1.5', '10.20.0.9'],
  },
  {
    machine: 'the same without a default route, as with a router that leads nowhere: in the order of the system',
    interfaces: { lo, enp0s31f6: [at('10.20.0.9')], wlp3s0: [at('192.168.1.5')] },
    expected: ['10.20.0.9', '192.168.1.5'],
  },
  {
    machine: 'a laptop that is the hotspot of the room',
    interfaces: { lo, wlan0: [at('10.42.0.1')] },
    expected: ['10.42.0.1'],
  },
  {
    machine: 'a campus where every laptop has a public address',
    interfaces: { lo, wlan0: [at('130.92.9.7')], eth9: [at('192.168.7.1')] },
    routed: '130.92.9.7',
    expected: ['130.92.9.7', '192.168.7.1'],
  },
  {
    machine: 'a Linux laptop with WireGuard and Tailscale on: the VPN has the default route, and is not chosen',
    interfaces: { lo, wg0: [at('10.8.0.2')], tailscale0: [at('100.64.0.9', tunnel)], wlan0: [at('192.168.1.5')] },
    routed: '10.8.0.2',
    expected: ['192.168.1.5', '10.8.0.2?', '100.64.0.9?'],
  },
  {
    machine: 'a MacBook with a VPN, and virtual machines',
    interfaces: {
      lo0: lo,
      awdl0: [at('fe80::1c')],
      utun4: [at('10.33.0.2', tunnel)],
      bridge100: [at('192.168.64.1')],
      en5: [at('169.254.3.4', { netmask: '255.255.0.0' })],
      en0: [at('fe80::8'), at('192.168.178.23')],
    },
    routed: '10.33.0.2',
    expected: ['192.168.178.23', '10.33.0.2?', '192.168.64.1?'],
  },
  {
    machine: 'Windows with Hyper-V, VirtualBox and VMware',
    interfaces: {
      'vEthernet (WSL (Hyper-V firewall))': [at('172.20.0.1', { mac: '00:15:5d:01:02:03' })],
      'VirtualBox Host-Only Network': [at('192.168.56.1', { mac: '0a:00:27:00:00:0b' })],
      'VMware Network Adapter VMnet8': [at('192.168.229.1', { mac: '00:50:56:c0:00:08' })],
      'Local Area Connection* 2': [at('169.254.10.20')],
      'Wi-Fi': [at('192.168.1.5')],
      'Loopback Pseudo-Interface 1': lo,
    },
    routed: '192.168.1.5',
    expected: ['192.168.1.5', '172.20.0.1?', '192.168.56.1?', '192.168.229.1?'],
  },
  {
    machine: 'Windows with a company VPN whose name says nothing',
    interfaces: { 'Ethernet 3': [at('10.140.7.7', tunnel)], 'Wi-Fi': [at('192.168.1.5')] },
    routed: '10.140.7.7',
    expected: ['192.168.1.5', '10.140.7.7?'],
  },
  {
    machine: 'a German Windows, where the Wi-Fi is called WLAN',
    interfaces: { WLAN: [at('192.168.0.17')], 'Ethernet 2': [at('192.168.99.1')] },
    routed: '192.168.0.17',
    expected: ['192.168.0.17', '192.168.99.1'],
  },
  {
    machine: 'WSL2',
    interfaces: { lo, eth0: [at('172.29.144.7', { netmask: '255.255.240.0', mac: '00:15:5D:a1:b2:c3' })] },
    routed: '172.29.144.7',
    wsl2: true,
    expected: ['172.29.144.7?'],
  },
  {
    machine: 'WSL2 with mirrored networking',
    interfaces: { lo, eth1: [at('192.168.1.5')] },
    routed: '192.168.1.5',
    wsl2: true,
    expected: ['192.168.1.5'],
  },
  {
    machine: 'a virtual machine in Hyper-V that is in the network of the room',
    interfaces: { lo, eth0: [at('192.168.1.9', { mac: '00:15:5d:a1:b2:c3' })] },
    routed: '192.168.1.9',
    expected: ['192.168.1.9'],
  },
  {
    machine: 'a laptop with a card for mobile data',
    interfaces: { lo, wwan0: [at('10.64.3.2')], wlan0: [at('192.168.1.5')] },
    routed: '10.64.3.2',
    expected: ['192.168.1.5', '10.64.3.2?'],
  },
  { machine: 'a laptop in no network', interfaces: { lo }, expected: [] },
  { machine: 'a network that has given out no address', interfaces: { lo, wlan0: [at('169.254.7.7')] }, expected: [] },
];

test.each(table)('$machine', ({ interfaces, routed = null, wsl2 = false, expected }) => {
  const found = addressesOf({ interfaces, routed, wsl2 });
  expect(found.map(({ address, doubt }) => (doubt ? `${address}?` : address))).toEqual(expected);
});

describe('a doubt is a sentence about the network:', () => {
  test.each([
    ['docker0', {}, 'docker0 is a network inside this machine.'],
    ['wg0', {}, 'wg0 is a tunnel (VPN): neighbors are not in it.'],
    ['Ethernet 3', tunnel, 'Ethernet 3 has only this machine in it, as a tunnel (VPN) has.'],
    [
      'eth0',
      { mac: '00:15:5d:00:00:01' },
      'eth0 is inside Windows (WSL2): neighbors reach it only with mirrored networking or a forwarded port.',
    ],
  ])('%s', (name, details, sentence) => {
    const interfaces = { [name]: [at('10.0.0.1', details)] };
    expect(addressesOf({ interfaces, wsl2: true })[0]?.doubt).toBe(sentence);
  });
});

test('IPv6 addresses are found where they are asked for, and link-local ones never', () => {
  const interfaces = { eth0: [at('192.168.1.5'), at('fd00::5'), at('fe80::5')] };
  expect(addressesOf({ interfaces, withIPv6: true }).map(({ address }) => address)).toEqual(['192.168.1.5', 'fd00::5']);
});

test('the addresses of this machine are read', async () => {
  for (const { address } of await lanAddresses()) expect(isIP(address)).toBe(4);
});
