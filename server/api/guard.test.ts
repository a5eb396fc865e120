import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeSites, openSite, type Site } from '../../testing/site.ts';

let site: Site;
/** Open to the room. */
let open: Site;
beforeAll(async () => {
  site = await openSite();
  open = await openSite({ host: '0.0.0.0' });
});
afterAll(closeSites);

const create = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock' };

describe('DNS rebinding: a request for the host', () => {
  test.each(['127.0.0.1', '127.0.0.1:PORT', 'localhost', 'localhost:PORT', 'LOCALHOST:PORT', '[::1]', '[::1]:PORT'])(
    '%s is answered',
    async (asked) => {
      const host = asked.replace('PORT', String(site.port));
      const page = await site.send('GET', '/', { headers: { Host: host } });
      const api = await site.send('GET', '/api/catalogue', { headers: { Host: host } });
      expect([page.status, api.status]).toEqual([200, 200]);
    },
  );

  test.each([
    'evil.example',
    'evil.example:3000',
    '',
    '127.0.0.1.evil.example',
    'localhost.evil.example:3000',
    'evil.example#127.0.0.1',
    'localhost@evil.example',
    '192.168.1.5',
    '[fe80::1]',
    '0.0.0.0',
    '127.0.0.1:99999',
    'not a host',
    '[::1',
    // The same address to a URL parser, but no browser that was led here writes it so.
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.0.0.1.',
    'localhost.',
    '１２７.0.0.1',
    'localho%73t',
    'user@127.0.0.1',
    '127.0.0.1/',
    '127.0.0.1?x',
    '127.0.0.1\\.evil.example',
    '[::ffff:127.0.0.1]',
    '[0:0:0:0:0:0:0:1]',
    '[127.0.0.1]',
    '::1',
    '127.0.0.1:',
    '127.0.0.1:PORT0',
    '127.0.0.1:0PORT',
    'localhost:1',
  ])('"%s" is refused with 421, page and API alike', async (asked) => {
    // Node writes each character of a header as one octet.
    const host = Buffer.from(asked.replace('PORT', String(site.port))).toString('latin1');
    const before = site.sandboxes.size;
    const answers = [
      await site.send('GET', '/', { headers: { Host: host } }),
      await site.send('GET', '/api/catalogue', { headers: { Host: host } }),
      await site.send('POST', '/api/sandboxes', { headers: { Host: host }, body: create }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([421, 421, 421]);
    for (const { json } of answers) {
      expect(json.error).toMatchObject({ code: 'wrong-host', message: expect.stringContaining('http://127.0.0.1') });
    }
    expect(site.sandboxes.size).toBe(before);
  });

  test('a person who opens such a host in a browser reads which address to use', async () => {
    const { status, text } = await site.send('GET', '/', {
      headers: { Host: '<b>evil.example</b>', Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    expect(status).toBe(421);
    expect(text).toContain('<h1>This page cannot be shown</h1>');
    expect(text).toContain(`use http://127.0.0.1:${site.port} or http://localhost:${site.port}.`);
    expect(text).not.toContain('<b>');
  });

  test.each(['192.168.1.5:PORT', '[fe80::1]:PORT', 'localhost', '0.0.0.0'])(
    '%s is answered when the server is open to other machines, because an address cannot be rebound',
    async (asked) => {
      const host = asked.replace('PORT', String(open.port));
      expect((await open.send('GET', '/', { headers: { Host: host } })).status).toBe(200);
    },
  );

  test.each(['evil.example', '192.168.1.5:1', '192.168.1', '3232235781', '[192.168.1.5]', 'fe80::1'])(
    '%s is refused there, too',
    async (host) => expect((await open.send('GET', '/', { headers: { Host: host } })).status).toBe(421),
  );

  test('a target that names a host of its own is refused', async () =>
    expect((await site.send('GET', 'http://127.0.0.1/api/catalogue')).status).toBe(421));

  test('the name that the server listens on is answered', async () => {
    const named = await openSite({ host: 'lab.example' });
    const ask = async (host: string) => (await named.send('GET', '/', { headers: { Host: host } })).status;
    expect([await ask(`lab.example:${named.port}`), await ask('lab.example.evil.example')]).toEqual([200, 421]);
  });
});

describe('cross-site requests: the API refuses', () => {
  // <img src="http://127.0.0.1:3000/api/catalogue">, <form action="http://127.0.0.1:3000/api/sandboxes" method="post">
  test.each([
    ['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a page on another port of this machine', { 'Sec-Fetch-Site': 'same-site' }],
    ['a word nobody knows', { 'Sec-Fetch-Site': 'of-course' }],
    ['another origin', { Origin: 'https://evil.example' }],
    ['an origin that is hidden', { Origin: 'null' }],
    ['an empty origin', { Origin: '' }],
    ['the same host on another port', { Origin: 'http://127.0.0.1:1' }],
    ['the same host over TLS', { Origin: 'https://127.0.0.1:PORT', Host: '127.0.0.1:PORT' }],
    ['an origin that only begins like ours', { Origin: 'http://127.0.0.1:PORT.evil.example', Host: '127.0.0.1:PORT' }],
    ['a forwarded protocol', { Origin: 'https://127.0.0.1', Host: '127.0.0.1', 'X-Forwarded-Proto': 'https' }],
  ])('%s', async (_, asked) => {
    const headers = JSON.parse(JSON.stringify(asked).replaceAll('PORT', String(site.port)));
    const { id } = await site.openSandbox({ playTo: 1 });
    const before = { trace: site.trace(id), sandboxes: site.sandboxes.size };
    const answers = [
      await site.send('GET', '/api/catalogue', { headers }),
      await site.send('GET', `/api/sandboxes/${id}/events`, { headers }),
      await site.send('POST', '/api/sandboxes', { headers, body: create }),
      await site.send('POST', `/api/sandboxes/${id}/steps`, { headers, body: { upTo: 2 } }),
      await site.send('DELETE', `/api/sandboxes/${id}`, { headers }),
      await site.send('OPTIONS', '/api/sandboxes', {
        headers: { ...headers, 'Access-Control-Request-Method': 'POST' },
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    for (const { headers, json } of answers) {
      expect(json.error.code).toBe('cross-site');
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
    expect({ trace: site.trace(id), sandboxes: site.sandboxes.size }).toEqual(before);
  });

  test.each([
    ['the page itself', { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://127.0.0.1:PORT', Host: '127.0.0.1:PORT' }],
    ['an address that was typed', { 'Sec-Fetch-Site': 'none' }],
    ['a program that is no browser', {}],
  ])('but not %s', async (_, asked) => {
    const headers = JSON.parse(JSON.stringify(asked).replaceAll('PORT', String(site.port)));
    expect((await site.send('GET', '/api/catalogue', { headers })).status).toBe(200);
  });

  test('but a link from another site may lead to the page', async () => {
    const { status } = await site.send('GET', '/', { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    expect(status).toBe(200);
  });
});
