/** Chromium with all host names mapped to a proxy on this machine. */
// Types only: the package is loaded when a real browser is asked for, and need not be installed otherwise.
import type { BrowserContext, BrowserType } from 'playwright-core';
import { makeCertificate } from './certificate.ts';
import { endOfStart } from './endOfStart.ts';
import { findBrowser } from './findBrowser.ts';
import { quietArguments } from './launchOptions.ts';
import { createFolder } from './profileFolder.ts';
import { Missing } from './programs.ts';
import { type ChromiumProxy, openChromiumProxy } from './proxy.ts';

export interface OpenChromium {
  /** "Chromium 156" */
  name: string;
  context: BrowserContext;
  proxy: ChromiumProxy;
  /** Aborts when the browser has ended by itself. */
  lost: AbortSignal;
  /** Ends every process of the browser and deletes its profile. */
  close(): Promise<void>;
}

/** In milliseconds. On a busy machine a browser takes a quarter of that. */
const longestStart = 60_000;

/** The browser does not start. The message is one sentence. */
export class NotStarted extends Error {
  override name = 'NotStarted';
}

/**
 * @param more arguments for Chromium
 * @throws {Missing} when there is no browser or no package to drive one, {NotStarted} when the browser does not start
 */
export async function openChromium(...more: string[]): Promise<OpenChromium> {
  const chromium = await loadDriver();
  const executablePath = findBrowser(chromium);
  const { key, cert, fingerprint } = makeCertificate();
  const proxy = await openChromiumProxy({ key, cert });
  const folder = createFolder();
  const lost = new AbortController();
  const started = new AbortController();
  try {
    const starting = chromium.launchPersistentContext(folder.profile, {
      executablePath,
      timeout: longestStart,
      // Where the sandbox of Chromium works, it stays on: Playwright turns it off unless told otherwise.
      chromiumSandbox: process.getuid?.() !== 0,
      args: quietArguments(
        `--host-resolver-rules=MAP * 127.0.0.1:${proxy.port}`,
        // With this option the certificate is trusted. Otherwise Chromium would not cache the responses.
        `--ignore-certificate-errors-spki-list=${fingerprint}`,
        ...more,
      ),
      env: folder.environment,
      artifactsDir: folder.path,
      // The caller closes the browser, on a signal, too. Playwright would end this process.
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    });
    const context = await Promise.race([starting, endOfStart(folder.profile, started.signal)]);
    const browser = context.browser()!;
    let closing = false;
    browser.on('disconnected', () => {
      if (!closing) lost.abort();
    });
    // It may have ended before anybody listened.
    if (!browser.isConnected()) lost.abort();
    return {
      name: `Chromium ${browser.version().split('.')[0]}`,
      context,
      proxy,
      lost: lost.signal,
      async close() {
        closing = true;
        await context.close();
        await proxy.close();
        await folder.delete();
      },
    };
  } catch (error) {
    await proxy.close();
    await folder.delete();
    throw new NotStarted(whyNotStarted(executablePath, error));
  } finally {
    started.abort();
  }
}

/** @throws {Missing} when the package is not installed */
export async function loadDriver(load = () => import('playwright-core')): Promise<BrowserType> {
  try {
    return (await load()).chromium;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Missing('The package that drives a real browser is not installed: run "npm install playwright-core".');
  }
}

/** Returns why the browser does not start, as a sentence. Playwright's message holds everything that the browser printed. */
export function whyNotStarted(path: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/no usable sandbox|setuid sandbox/i.test(message)) {
    return `${path} does not start, because this system gives its sandbox no rights. Allow unprivileged user namespaces for it, or start this in a container as root.`;
  }
  const printed = /error while loading shared libraries: ([^\n]*)/.exec(message)?.[0];
  const [first] = message.replace(/^[\w.]+: /, '').split('\n', 1);
  return `${path} does not start: ${(printed ?? first ?? '').trim().replace(/\.?$/, '.')}`;
}
