/** Starts what all tests of the page share: a browser, the sandbox's server, and a Redis for it. It ends them after the last test. */
import type { TestProject } from 'vitest/node';
import { startTestServer } from '../redisServer.ts';
import { startServer } from '../serverProcess.ts';
import { openSharedBrowser } from './browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where `chromium.connect` finds the browser. */
    browser: string;
    /** The address of the server that serves the page. */
    sandbox: string;
    /** The address of the real Redis that the server offers. */
    redis: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const redis = await startTestServer();
  const [browser, server] = await Promise.all([openSharedBrowser(), startServer({ REDIS_URL: redis.url })]);
  project.provide('browser', browser.wsEndpoint());
  project.provide('sandbox', server.url);
  project.provide('redis', redis.url);
  return async () => {
    await browser.close();
    await server.stop();
    await redis.stop();
  };
}
