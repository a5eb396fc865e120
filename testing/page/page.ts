/**
 * For the browser tests: the server as a person starts it, and a real browser in front of it. Both end with the test.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../programs/needs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Without these a browser calls home when it starts, and a test must not leave the machine. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How tests start a browser, with these arguments as well. */
export function launchOptions(...more: string[]): { executablePath: string; args: string[] } {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath: findBrowser(), args: [...quiet, ...asRoot, ...more] };
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions());
}

export interface RunningServer {
  url: string;
  stop(): Promise<void>;
}

/** Starts server/main.ts with the page as it was built last. `port` 0: a free one. */
export async function startServer(env: Record<string, string> = {}, port = 0): Promise<RunningServer> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await firstAddress(child);
  return {
    url,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function firstAddress(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (text: string) => {
      said += text;
      const address = /http:\/\/\S+/.exec(said)?.[0];
      if (address) resolve(address);
    };
    child.stdout?.setEncoding('utf8').on('data', hear);
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    child.once('exit', (code) => reject(new Error(`The server ended with exit code ${code}: ${said}`)));
  });
}

/** What is done wrong on a page, as the browser says it: a test asserts that there is nothing. */
export interface OpenPage {
  page: Page;
  /** Console errors and warnings, and errors that nobody caught. */
  complaints: string[];
}

type ContextOptions = Parameters<Browser['newContext']>[0];

async function newPage(browser: Browser, options: ContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

/** A page of its own, with its own cookies and storage. */
export async function openPage(browser: Browser, url: string, options?: ContextOptions): Promise<OpenPage> {
  const opened = await newPage(browser, options);
  await opened.page.goto(url);
  return opened;
}

/** A tab in which one test follows the other: to start a browser's process takes longer than most of what is tested. */
export interface Tab {
  /** Shows this address as to somebody who has never been here. */
  visit(url: string): Promise<OpenPage>;
}

export async function openTab(browser: Browser, options?: ContextOptions): Promise<Tab> {
  const { page, complaints } = await newPage(browser, options);
  return {
    async visit(url) {
      if (page.url() !== 'about:blank') await page.evaluate(() => localStorage.clear());
      await page.context().clearCookies();
      complaints.length = 0;
      await page.goto(url);
      return { page, complaints };
    },
  };
}
