/** For tests: Chromium with all host names mapped to a proxy on this machine. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { makeTestCertificate } from '../certificate.ts';
import { launchOptions } from '../page/browser.ts';
import { type ChromiumProxy, openChromiumProxy } from './chromiumProxy.ts';

export interface OpenChromium {
  context: BrowserContext;
  proxy: ChromiumProxy;
  close(): Promise<void>;
}

/** @param more arguments for Chromium */
export async function openChromium(...more: string[]): Promise<OpenChromium> {
  const folder = await mkdtemp(join(tmpdir(), 'like-chromium-'));
  const certificate = await makeTestCertificate(['shop.example']);
  const proxy = await openChromiumProxy(certificate);
  const profile = join(folder, 'profile');
  mkdirSync(join(profile, 'Default'), { recursive: true });
  // An additional context is a private window, where Chromium blocks third-party cookies unless its preferences allow them.
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 0 } }));
  const context = await chromium.launchPersistentContext(
    profile,
    launchOptions(
      `--host-resolver-rules=MAP * 127.0.0.1:${proxy.port}`,
      // With this option the certificate is trusted. Otherwise Chromium would not cache the responses.
      `--ignore-certificate-errors-spki-list=${certificate.fingerprint}`,
      ...more,
    ),
  );
  return {
    context,
    proxy,
    async close() {
      await context.close();
      await proxy.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
