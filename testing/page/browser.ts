/** For tests and the bench: how a real browser is started. */
import { type Browser, type BrowserServer, chromium } from 'playwright-core';
import { findBrowser } from '../programs/needs.ts';

/** Without these a browser sends requests to its maker when it starts, and a test must not leave the machine. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How tests start a browser, with these arguments in addition. */
export function launchOptions(...more: string[]): { executablePath: string; args: string[] } {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath: findBrowser(), args: [...quiet, ...asRoot, ...more] };
}

export const openBrowser = (): Promise<Browser> => chromium.launch(launchOptions());

/** Else each navigation starts a process in advance, which the next navigation of another tab throws away. */
const noProcessInAdvance = '--renderer-process-limit=1';

/** A browser that several processes can use: with `chromium.connect`. */
export const openSharedBrowser = (): Promise<BrowserServer> =>
  chromium.launchServer({ ...launchOptions(noProcessInAdvance), host: '127.0.0.1' });
