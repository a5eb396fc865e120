/** Where this server listens: who can reach it, and what is to be said about that at its start. */
import { BlockList, isIP } from 'node:net';
import type { networkInterfaces } from 'node:os';

const thisMachine = new BlockList();
thisMachine.addSubnet('127.0.0.0', 8, 'ipv4');
thisMachine.addAddress('::1', 'ipv6');

/** Whether a server that listens on that address can be reached from its own machine only. */
export function isLoopback(host: string): boolean {
  const version = isIP(host);
  return version === 0 ? host.toLowerCase() === 'localhost' : thisMachine.check(host, version === 4 ? 'ipv4' : 'ipv6');
}

/** Networks inside this machine (containers, virtual machines) and tunnels to other networks: a neighbor cannot use their addresses. */
const virtual =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|cali|podman|tun|tap|utun|wg|ppp|tailscale|zt|nordlynx|vethernet|bridge\d)/i;

/** Addresses that a machine gives itself, and that lead nowhere else. */
const linkLocal = /^(169\.254\.|fe[89ab])/i;

/** Returns the addresses of this machine in the networks that it shares with others, as far as the names of its interfaces tell. */
export function lanAddresses(interfaces: ReturnType<typeof networkInterfaces>, withIPv6: boolean): string[] {
  return Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    virtual.test(name)
      ? []
      : addresses
          .filter(
            ({ internal, family, address }) => !internal && (withIPv6 || family === 'IPv4') && !linkLocal.test(address),
          )
          .map(({ address }) => address),
  );
}

/** Returns the address to open on this machine. */
export function addressHere(host: string, port: number): string {
  return urlOf(isEverywhere(host) ? '127.0.0.1' : host, port);
}

const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::';

/** Returns the lines that the server prints when it listens. The first one has the address to open on this machine. */
export function greeting(host: string, port: number, interfaces: ReturnType<typeof networkInterfaces>): string[] {
  const first = `Session Sandbox: ${addressHere(host, port)}  (mock Redis; switch to a real one on the page)`;
  if (isLoopback(host)) return [first];
  const others = isEverywhere(host) ? lanAddresses(interfaces, host === '::') : [];
  return [
    first,
    ...(others.length > 0 ? [`From other machines: ${others.map((address) => urlOf(address, port)).join('  ')}`] : []),
    'Everybody who reaches this machine can use it and watch what is sent: it has no accounts and speaks plain http. Start it without HOST to keep it to yourself.',
  ];
}

const urlOf = (host: string, port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
