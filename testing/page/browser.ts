/** For tests and the bench: how a real browser is started. */
import { type Browser, type BrowserServer, chromium } from 'playwright-core';
import { quietArguments } from '../../server/lab/chromium/launchOptions.ts';
import { findBrowser } from '../programs/needs.ts';

/** How tests start a browser, with these arguments in addition. A test must not leave the machine. */
export function launchOptions(...more: string[]): { executablePath: string; args: string[] } {
  return { executablePath: findBrowser(), args: quietArguments(...more) };
}

export const openBrowser = (): Promise<Browser> => chromium.launch(launchOptions());

/** Else each navigation starts a process in advance, which the next navigation of another tab throws away. */
const noProcessInAdvance = '--renderer-process-limit=1';

/** A browser that several processes can use: with `chromium.connect`. */
export const openSharedBrowser = (): Promise<BrowserServer> =>
  chromium.launchServer({ ...launchOptions(noProcessInAdvance), host: '127.0.0.1' });
