/** For tests: Set-Cookie headers that no server should send. */
import { expect, test } from 'vitest';
import { createJar } from '../server/lab/browser/cookies/jar.ts';
import type { RequestContext } from '../server/lab/browser/requestContext.ts';

const headers = [
  '',
  ' ',
  '=',
  '==',
  ';',
  ';;;',
  '; ; =; Domain',
  '\0',
  'sid=\0',
  'sid=1\r\nSet-Cookie: b=2',
  'sid=1; Domain=',
  'sid=1; Domain=.',
  'sid=1; Domain=..',
  'sid=1; Domain=[::1]',
  'sid=1; Domain=example',
  'sid=1; Domain=\u2603.example',
  'sid=1; Path=\u2603',
  'sid=\u{1f36a}',
  'sid=\ud800',
  'sid=1; Expires=\u2603; Max-Age=NaN; SameSite=\u2603',
  'sid=1; Max-Age=1e9; Expires=Infinity',
  'sid=1; Expires=Fri, 31 Dec 275760 23:59:59 GMT',
  '__proto__=polluted',
  'constructor=polluted; Path=/__proto__',
  'toString=polluted; __proto__=polluted; Domain=__proto__',
  `sid=${'x'.repeat(1_000_000)}`,
  `sid=1${';'.repeat(1_000_000)}`,
  `sid=1; Path=/${'/'.repeat(1_000_000)}`,
  `sid=1; Domain=${'a.'.repeat(500_000)}`,
  `${' '.repeat(1_000_000)}x${'\t'.repeat(1_000_000)}`,
  `sid=1; Expires=${'1 '.repeat(500)}`,
];

/** Defines a test for each of these addresses that sends all of them. */
export function testHostileCookies(...addresses: string[]): void {
  test.each(addresses)(
    'no Set-Cookie header of %s throws, pollutes a prototype or produces an illegal Cookie header',
    (host) => {
      const url = new URL(host);
      const context: RequestContext = { url, method: 'GET', initiator: null, navigation: true };
      for (const header of headers) {
        const jar = createJar();
        const before = process.cpuUsage();
        const received = jar.receive(header, context);
        expect(['stored', 'removed', 'refused']).toContain(received.outcome);
        expect(received.why).not.toBe('');
        expect(jar.writeByScript(header, url).outcome).toBeDefined();
        expect(jar.send(context).header ?? '').toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
        expect(jar.readByScript(url)).not.toContain(';;');
        // Quadratic work on a million characters would take minutes.
        const { user, system } = process.cpuUsage(before);
        expect((user + system) / 1000).toBeLessThan(5000);
      }
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
}
