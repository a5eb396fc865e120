import { describe, expect, test } from 'vitest';
import { isLoopback } from '../workshop/loopback.ts';
import { greeting } from './listening.ts';

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['localhost', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['127.evil.example', false],
  ['localhost.evil.example', false],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.5', false],
  ['', false],
])('%s is on this machine only: %s', (host, expected) => expect(isLoopback(host)).toBe(expected));

describe('the server greets', () => {
  const at = (address: string, internal = false) => ({
    ...{ address, internal, netmask: '255.255.255.0', mac: '00:00:00:00:00:00', cidr: `${address}/24` },
    ...(address.includes(':') ? { family: 'IPv6' as const, scopeid: 0 } : { family: 'IPv4' as const }),
  });
  const interfaces = {
    lo: [at('127.0.0.1', true), at('::1', true)],
    eth0: [at('192.168.1.5'), at('fd00::5'), at('fe80::5')],
    wlan0: [at('10.0.0.7')],
    docker0: [at('172.17.0.1')],
    'br-5f3c': [at('172.18.0.1')],
    wg0: [at('10.8.0.2')],
    tailscale0: [at('100.64.0.9')],
    'vEthernet (WSL)': [at('172.20.0.1')],
    en5: [at('169.254.3.4')],
  };

  test.each(['127.0.0.1', 'localhost', '::1'])('in one line at %s', (host) =>
    expect(greeting(host, 3000, interfaces)).toHaveLength(1),
  );

  test('with its addresses in the network, and a warning, when it is open to everybody', () => {
    const [first, others, warning] = greeting('0.0.0.0', 3000, interfaces);
    expect(first).toMatch(/^Session Sandbox: http:\/\/127\.0\.0\.1:3000 /);
    expect(others).toBe('From other machines: http://192.168.1.5:3000  http://10.0.0.7:3000');
    expect(warning).toMatch(/no accounts.*plain http/);
    expect(greeting('::', 3000, interfaces)[1]).toContain('http://[fd00::5]:3000');
  });

  test('with a warning at one address of the network', () => {
    const lines = greeting('192.168.1.5', 3000, interfaces);
    expect(lines).toEqual([
      expect.stringContaining('http://192.168.1.5:3000 '),
      expect.stringContaining('no accounts'),
    ]);
  });

  test('with a warning when no address is known', () => expect(greeting('0.0.0.0', 3000, {})).toHaveLength(2));
});
