/** The page in a real browser: how soon it is there, how soon a step is shown, and whether it stays smooth. */
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../testing/page/browser.ts';
import { markTourAsSeen, untilReady } from '../../testing/page/readyPage.ts';
import { mostScript } from '../firstPage.ts';
import { buildPage } from './buildPage.ts';
import { startChild } from './child.ts';
import type { ServedPage } from './pageServer.ts';
import { median, percentile } from './statistics.ts';
import type { Figure } from './table.ts';

const rounds = 5;
const smoothMs = 5000;
/** Nobody presses a button in the moment in which it appears: what the page still loads by then is not what is asked here. */
const lookingMs = 1000;

export async function page(): Promise<Figure[]> {
  const scripts = await buildPage();
  const { said, stop } = await startChild<ServedPage>('scripts/bench/pageServer.ts', []);
  const browser = await openBrowser();
  try {
    return [
      ...(await firstPage(browser, said, scripts)),
      ...(await stepping(browser, said)),
      ...(await smoothness(browser, said)),
    ];
  } finally {
    await browser.close();
    await stop();
  }
}

/** @param scripts bytes after gzip */
async function firstPage(browser: Browser, { url }: ServedPage, scripts: number): Promise<Figure[]> {
  const paints: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const painted = await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
    );
    paints.push((await painted.jsonValue()) ?? 0);
    await context.close();
  }
  const paint = median(paints);
  return [
    {
      what: 'the first page: first paint',
      figure: `${paint.toFixed(0)} ms`,
      aim: { words: 'under 1000 ms', met: paint < 1000 },
    },
    {
      what: '  its JavaScript, gzipped',
      figure: `${(scripts / 1000).toFixed(0)} kB`,
      aim: { words: `at most ${mostScript / 1000} kB`, met: scripts <= mostScript },
    },
  ];
}

/** From the last byte of the server's answer to the frame that shows the step; the first step of a page, which is the slowest, with the others. */
async function stepping(browser: Browser, { url, crowd }: ServedPage): Promise<Figure[]> {
  const delays: number[] = [];
  for (const slug of [
    'session-fixation',
    'host-prefix',
    'rolling-refresh',
    'samesite-csrf',
    'forced-logout-one-device',
    'logout-everywhere',
    'session-fixation?variant=both',
    crowd,
  ]) {
    const { page, steps } = await openScenario(browser, `${url}/scenarios/${slug}`);
    await page.waitForTimeout(lookingMs);
    for (let step = 1; step <= steps; step++) delays.push(await delayOf(page, step));
    await page.context().close();
  }
  const slow = percentile(delays, 95);
  return [
    { what: 'a step: from the answer to the page, p50', figure: `${median(delays).toFixed(0)} ms`, aim: null },
    { what: '    p95', figure: `${slow.toFixed(0)} ms`, aim: { words: 'within 100 ms', met: slow <= 100 } },
  ];
}

async function openScenario(browser: Browser, address: string): Promise<{ page: Page; steps: number }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  // The loader wraps named functions in a helper of its own, which a page does not have.
  await context.addInitScript('globalThis.__name = (named) => named;');
  await markTourAsSeen(context);
  const page = await context.newPage();
  await page.goto(address);
  await untilReady(page);
  const where = page.locator('.footer-where .number');
  return { page, steps: Number(/\d+/.exec((await where.textContent()) ?? '')?.[0]) };
}

async function delayOf(page: Page, step: number): Promise<number> {
  const shown = page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const where = document.querySelector('.footer-where .number')!;
        const look = () => {
          if (!where.textContent?.startsWith(text)) return requestAnimationFrame(look);
          // This frame shows it; a message is delivered once it has been drawn.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now());
          port2.postMessage(null);
        };
        look();
      }),
    `Step ${step} of`,
  );
  await page.getByRole('button', { name: 'Next step' }).click();
  const at = await shown;
  const answered = await page.evaluate(
    () =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.endsWith('/steps'))
        .at(-1) as PerformanceResourceTiming | undefined,
  );
  return Math.max(0, at - (answered?.responseEnd ?? at));
}

/** Frames a second while every time to live ticks. */
async function smoothness(browser: Browser, { url, crowd }: ServedPage): Promise<Figure[]> {
  const { page, steps } = await openScenario(browser, `${url}/scenarios/${crowd}`);
  await page.getByRole('button', { name: 'Run to end' }).click();
  await page.getByText(`Step ${steps} of ${steps}`, { exact: true }).waitFor({ timeout: 60_000 });
  await page.getByRole('heading', { name: 'What to remember' }).waitFor();
  const keys = await page.getByRole('region', { name: 'Redis' }).locator('.key').count();
  const frames = await page.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const begin = performance.now();
        const frame = (now: number) => {
          times.push(now);
          if (now - begin < ms) requestAnimationFrame(frame);
          else resolve(times.slice(1).map((time, index) => time - times[index]!));
        };
        requestAnimationFrame(frame);
      }),
    smoothMs,
  );
  await page.context().close();
  const perSecond = (1000 * frames.length) / frames.reduce((sum, ms) => sum + ms, 0);
  return [
    {
      what: `frames a second, ${keys} keys ticking`,
      figure: perSecond.toFixed(0),
      aim: { words: '60', met: perSecond >= 58 },
    },
    { what: '    longest frame, p99', figure: `${percentile(frames, 99).toFixed(0)} ms`, aim: null },
  ];
}
