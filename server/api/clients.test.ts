import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createShares, type Resource, usualRoom } from '../lab/shares.ts';
import { clientAt } from './clients.ts';

test.each([
  ['127.0.0.1', 'this machine'],
  ['::1', 'this machine'],
  ['::ffff:127.0.0.1', 'this machine'],
  ['127.0.0.2', '127.0.0.2'],
  ['192.168.1.20', '192.168.1.20'],
  ['::ffff:192.168.1.20', '192.168.1.20'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  [undefined, ''],
])('a request from %s counts for %s', (address, client) => {
  expect(clientAt(address)).toBe(client);
});

test('whatever attackers with many addresses take and give back, the user at the machine gets the reserve of everything', () => {
  const address = fc.constantFrom('127.0.0.2', '127.0.0.3', '127.1.2.3', '::ffff:127.0.0.9', '10.0.0.7', '2001:db8::1');
  const resource = fc.constantFrom(...(Object.keys(usualRoom) as Resource[]));
  const amount = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(address, resource, amount, fc.boolean()), { maxLength: 200 }), (attempts) => {
      const shares = createShares();
      for (const [from, what, part, back] of attempts) {
        const share = shares.of(clientAt(from));
        const wanted = Math.ceil(part * usualRoom[what].all);
        if (share.take(what, wanted) && back) share.giveBack(what, wanted);
      }
      for (const what of Object.keys(usualRoom) as Resource[]) {
        expect(shares.of(clientAt('127.0.0.1')).take(what, usualRoom[what].reserve), what).toBe(true);
      }
    }),
  );
});
