/** For tests and the bench: how a real browser is started. */
import { type Browser, type BrowserServer, chromium } from 'playwright-core';
import { quietArguments } from '../../server/lab/chromium/launchOptions.ts';
import { findBrowser, findTestBrowser } from '../programs/needs.ts';

/** The browser that people have. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findBrowser(), args: quietArguments() });

/** Else each navigation starts a process in advance, which the next navigation of another tab throws away. */
const noProcessInAdvance = '--renderer-process-limit=1';

/** A page of a test is left before optimized code, or rasterizing side by side, saves what it costs: a third of a tab's processor time. */
const withoutOptimizing = ['--js-flags=--no-opt --no-maglev', '--num-raster-threads=1'];

/** A browser that several processes can use: with `chromium.connect`. */
export const openSharedBrowser = (): Promise<BrowserServer> =>
  chromium.launchServer({
    executablePath: findTestBrowser(),
    args: quietArguments(noProcessInAdvance, ...withoutOptimizing),
    host: '127.0.0.1',
  });
