import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeSites, openSite, page, type Site, script } from '../../testing/site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(closeSites);

describe('the headers of', () => {
  test.each([
    ['the page', 'GET', '/'],
    ['a scenario’s page', 'GET', '/scenarios/session-fixation'],
    ['a file of the page', 'GET', '/assets/index-1a2b.js'],
    ['the API', 'GET', '/api/catalogue'],
    ['a refusal', 'GET', '/api/nothing'],
    ['a refused host', 'GET', 'http://evil.example/'],
  ])('%s allow no other source and name no software', async (_, method, path) => {
    const { headers } = await site.send(method, path);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    // Scripts come from files only: default-src holds for them.
    expect(policy).not.toContain('script-src');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    for (const unwanted of ['x-powered-by', 'server', 'strict-transport-security', 'access-control-allow-origin']) {
      expect(headers).not.toHaveProperty(unwanted);
    }
  });
});

describe('every address that is not a file is the page:', () => {
  test.each([
    '/',
    '/scenarios/session-fixation',
    '/scenarios/nobody-wrote-it',
    '/anything?at=all',
    '/index.html',
    '/scenarios/%zz',
  ])('%s', async (path) => {
    const { status, headers, text } = await site.get(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toBe(page);
  });

  test('the browser revalidates it each time, because the page names the files of its build', async () => {
    for (const path of ['/', '/scenarios/session-fixation']) {
      expect((await site.get(path)).headers['cache-control']).toBe('no-cache');
    }
  });

  test.each(['POST', 'PUT', 'DELETE'])('%s is answered 404', async (method) => {
    const { status, json } = await site.send(method, '/scenarios/session-fixation', { body: {} });
    expect(status).toBe(404);
    expect(json.error.message).toContain(`${method} /scenarios/session-fixation`);
  });

  test('without a build, the answer says how to make one', async () => {
    const unbuilt = await openSite({ built: false });
    const { status, json } = await unbuilt.get('/');
    expect(status).toBe(503);
    expect(json.error.message).toContain('npm run build');
    expect((await unbuilt.get('/api/catalogue')).status).toBe(200);
  });
});

describe('a file of the build', () => {
  test('may be cached forever, because its name changes with its content', async () => {
    const { status, headers, text } = await site.get('/assets/index-1a2b.js');
    expect([status, text]).toEqual([200, script]);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toMatch(/^text\/javascript/);
  });

  test('that no longer exists is answered 404, not with the page', async () => {
    const { status, headers, json } = await site.get('/assets/index-0000.js');
    expect(status).toBe(404);
    expect(headers['content-type']).toMatch(/json/);
    expect(json.error.message).toMatch(/\S \S/);
  });
});

describe('compression', () => {
  const answerFor = (encodings: string) =>
    site.send('GET', '/api/catalogue', { headers: { 'Accept-Encoding': encodings } });

  test('is what the browser prefers: Brotli, or gzip; a browser without it gets plain text', async () => {
    const plain = await answerFor('identity');
    expect(plain.headers).not.toHaveProperty('content-encoding');
    for (const [encodings, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
    ] as const) {
      const { headers, bytes } = await answerFor(encodings);
      expect(headers).toMatchObject({ 'content-encoding': encoding, vary: 'Accept-Encoding' });
      expect(bytes).toBeLessThan(plain.bytes / 2);
    }
  });

  test('does not change the ETag, so that the browser asks for the same content', async () => {
    const { headers } = await answerFor('br');
    expect(headers.etag).toBe((await answerFor('identity')).headers.etag);
    const again = { 'Accept-Encoding': 'br', 'If-None-Match': String(headers.etag) };
    expect((await site.send('GET', '/api/catalogue', { headers: again })).status).toBe(304);
  });
});

describe('no file outside the page is served:', () => {
  const ours = JSON.stringify(readFileSync(new URL('../../package.json', import.meta.url), 'utf8').slice(0, 30));

  test.each([
    '/../secret.txt',
    '/../../package.json',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/../../secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//../secret.txt',
    '/assets//../../secret.txt',
    '/./../secret.txt',
    '/assets/..%00/secret.txt',
    '/.git/config',
    '/.env',
    '/server/main.ts',
    'http://127.0.0.1/../secret.txt',
  ])('%s', async (path) => {
    const { status, text } = await site.send('GET', path);
    expect(text).not.toContain('not for the page');
    expect(text).not.toContain(ours);
    expect(status === 200 ? text : status).toSatisfy((answer) => answer === page || (answer >= 400 && answer < 500));
    expect(site.logged.splice(0)).toEqual([]);
  });
});
