/** The whole command against an app over https, as a process: Node reads NODE_EXTRA_CA_CERTS only at its start. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestCertificate } from '../../testing/certificate.ts';
import { startTinyShop } from '../../testing/tinyShop.ts';

const program = fileURLToPath(new URL('../cli/bin.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-https-'));
const authority = join(folder, 'authority.pem');
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';
let shop: Awaited<ReturnType<typeof startTinyShop>>;

beforeAll(async () => {
  const certificate = await makeTestCertificate(['127.0.0.1']);
  writeFileSync(authority, certificate.cert);
  shop = await startTinyShop({ tls: certificate, cookie: '__Host-sid', attributes });
  const recipe = `
    import { target } from 'session-sandbox';
    export default target({
      origin: '${shop.origin}',
      people: {
        alice: { name: 'alice', password: 'rabbit-hole-7' },
        mallory: { name: 'mallory', password: 'look-at-me-9' },
      },
      login: (browser, { name, password }) => browser.submit('/login', { name, password }),
      who: async (browser) => (await browser.get('/me')).json?.name ?? null,
      logout: (browser) => browser.submit('/logout'),
    });
  `;
  writeFileSync(join(folder, 'shop.target.ts'), recipe);
});
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true });
});

async function checkShop(environment: Record<string, string>) {
  const words = ['check', join(folder, 'shop.target.ts'), '--rate', 'unlimited', '--reporter', 'json'];
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...environment },
  });
  const ended = once(child, 'exit');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  return { code, stderr, report: JSON.parse(stdout) };
}

test('an app whose certificate is trusted through NODE_EXTRA_CA_CERTS is checked to the end', async () => {
  const { code, stderr, report } = await checkShop({ NODE_EXTRA_CA_CERTS: authority });
  expect({ code, stderr, stopped: report.stopped }).toEqual({ code: 0, stderr: '', stopped: null });
  const verdictOf = (probe: string) => report.findings.find(({ id }: { id: string }) => id === probe).verdict;
  // The cookie that only https allows, and what needs every step of a login to have worked.
  const probes = ['cookie-secure', 'cookie-prefix', 'fixation-own-id', 'logout-replay', 'second-device'];
  expect(probes.map(verdictOf)).toEqual(probes.map(() => 'holds'));
  expect(shop.requests).toHaveLength(report.requests);
});

test('without it, the check ends with 3 and says why, and the app was never asked', async () => {
  const before = shop.requests.length;
  const { code, stderr, report } = await checkShop({});
  const sentence = `${shop.origin} does not answer GET /me: its certificate is not valid (DEPTH_ZERO_SELF_SIGNED_CERT).`;
  expect({ code, stderr, stopped: report.stopped }).toEqual({ code: 3, stderr: '', stopped: sentence });
  expect(shop.requests.length).toBe(before);
});
