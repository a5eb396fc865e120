import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { makeTestCertificate } from '../../../testing/certificate.ts';
import { startTinyShop, tinyRecipe } from '../../../testing/tinyShop.ts';
import { check } from '../check.ts';
import { NetworkFailed, NotAllowed } from '../errors.ts';
import { target } from '../target.ts';
import { pin, reachOf } from './addresses.ts';
import { newNonce, proofPath, proofText, requireProof } from './ownership.ts';
import { createSecrets } from './secrets.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function shopAt(host: string, settings: Parameters<typeof startTinyShop>[0] = {}) {
  const shop = await startTinyShop(settings);
  closing.push(shop.close);
  return { shop, its: target(tinyRecipe(`http://${host}:${shop.port}`)) };
}

const leadsTo =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('which addresses may be asked', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.8.9.10', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['fd00::1', 'private'],
    ['172.32.0.1', 'public'],
    ['8.8.8.8', 'public'],
    ['::ffff:8.8.8.8', 'public'],
    // Credentials of a cloud.
    ['169.254.169.254', 'public'],
    ['fe80::1', 'public'],
    ['0.0.0.0', 'public'],
    ['100.64.0.1', 'public'],
    ['2001:db8::1', 'public'],
  ])('%s: %s', (address, reach) => expect(reachOf(address)).toBe(reach));

  test('a name counts as the farthest of its addresses', async () => {
    expect((await pin('http://shop.test', leadsTo('127.0.0.1', '8.8.8.8'))).reach).toBe('public');
    expect((await pin('http://shop.test', leadsTo('10.0.0.1', '127.0.0.1'))).reach).toBe('private');
  });

  test('an address that is written in another way is what it is', async () => {
    expect((await pin(new URL('http://2130706433').origin)).reach).toBe('loopback');
    expect((await pin(new URL('http://[::ffff:8.8.8.8]').origin)).reach).toBe('public');
  });

  test('a name is resolved once: where it leads later does not matter', async () => {
    const { shop, its } = await shopAt('shop.test');
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.1' : '8.8.8.8', family: 4 }];
    };
    const report = await check(its, { resolve, rate: Number.POSITIVE_INFINITY });
    expect(asked).toBe(1);
    expect(report.stopped).toBe(null);
    expect(shop.requests.length).toBe(report.requests);
    expect(shop.requests[0]!.headers.host).toBe(`shop.test:${shop.port}`);
  });

  test('a host that does not exist', async () => {
    await expect(pin('http://shop.invalid')).rejects.toThrow(NetworkFailed);
  });
});

describe('a public address', () => {
  const resolve = leadsTo('203.0.113.9');
  const its = target(tinyRecipe('http://shop.test'));

  test('is not asked without a proof, and the message says how to give one', async () => {
    const failed = await check(its, { resolve }).catch((error) => error);
    expect(failed).toBeInstanceOf(NotAllowed);
    const nonce = /--i-own ([0-9a-f]{32})/.exec(failed.message)![1]!;
    expect(failed.message).toContain(`http://shop.test${proofPath(nonce)}`);
    expect(failed.message).toContain(proofText(nonce, 'http://shop.test'));
  });

  test('a nonce that somebody made up in a hurry is none', async () => {
    await expect(check(its, { resolve, iOwn: '1' })).rejects.toThrow(/--i-own [0-9a-f]{32}/);
  });

  test('a proof is exactly the text, for this origin and this nonce', () => {
    const nonce = newNonce();
    const text = proofText(nonce, 'https://shop.test');
    const given =
      (status: number, body: string, origin = 'https://shop.test') =>
      () =>
        requireProof({ status, text: body }, nonce, origin);
    expect(given(200, `${text}\n`)).not.toThrow();
    expect(given(404, text)).toThrow(NotAllowed);
    expect(given(200, `<p>${text}</p>`)).toThrow(/something else/);
    // A page that repeats the address that it does not know.
    expect(given(200, proofPath(nonce))).toThrow(NotAllowed);
    expect(given(200, text, 'https://other.test')).toThrow(NotAllowed);
  });

  test('is asked for the proof first, and for nothing else without it', async () => {
    const nonce = newNonce();
    let served = 'something else';
    const { shop, its } = await shopAt('shop.test', {
      answer: (req, res) => {
        if (req.url !== proofPath(nonce)) return false;
        res.end(served);
        return true;
      },
    });
    // As far as the farthest of them, and the nearest one answers.
    const options = { resolve: leadsTo('127.0.0.1', '203.0.113.9'), iOwn: nonce, budget: 2 };
    await expect(check(its, options)).rejects.toThrow(/must answer 200 and exactly the text/);
    expect(shop.requests).toHaveLength(1);
    served = proofText(nonce, its.origin);
    await expect(check(its, options)).rejects.toThrow(/budget/);
    expect(shop.requests.map(({ url }) => url).slice(1)).toEqual([proofPath(nonce), '/me']);
  });

  test('--rate is not for it', async () => {
    const failed = check(its, { resolve: leadsTo('10.0.0.1'), rate: 100 });
    await expect(failed).rejects.toThrow(/--rate works only for an app on this machine/);
  });
});

test('TLS is verified, whatever the environment says', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const server = createServer(await makeTestCertificate(['127.0.0.1']));
  closing.push(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const its = target(tinyRecipe(`https://127.0.0.1:${port}`));
  await expect(check(its)).rejects.toThrow(/its certificate is not valid/);
});

describe('what is never shown', () => {
  test('a password, however it is written', () => {
    const secrets = createSecrets();
    secrets.password('p&ss "wörd"');
    const forms = [
      'p&ss "wörd"',
      encodeURIComponent('p&ss "wörd"'),
      new URLSearchParams({ a: 'p&ss "wörd"' }).toString(),
      JSON.stringify('p&ss "wörd"'),
    ];
    for (const form of forms) expect(secrets.redact(`<${form}>`)).not.toMatch(/ss|rd/);
  });

  test('a session id has one stand-in, whole, signed or decoded', () => {
    const secrets = createSecrets();
    const id = 'Zk3v9Qm2pXw7Lr5tYb8n';
    secrets.cookie(encodeURIComponent(`s:${id}.c2lnbmF0dXJlLW9mLWl0/8=`));
    const redacted = secrets.redact(`sess:${id} and ${id}`);
    expect(redacted).not.toContain(id);
    const [first, second] = redacted.replace('sess:', '').split(' and ');
    expect(first).toBe(second);
    expect(secrets.redact('c2lnbmF0dXJlLW9mLWl0/8=')).not.toContain('c2lnbmF0');
  });
});
