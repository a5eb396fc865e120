import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { markdown } from '../../scenarios/engine/markdown.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { transcript } from '../../scenarios/engine/transcript.ts';
import { openBrowser, openPage, type RunningServer, startServer } from '../../testing/page/page.ts';

let browser: Browser;
let server: RunningServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'take-away-'));
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name });
const details = (page: Page) => page.getByRole('region', { name: 'Details', exact: true });
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const at = (page: Page, step: number) => page.getByText(new RegExp(`^Step ${step} of \\d+$`));
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const takeAway = async (page: Page, what: string) => {
  await button(page, 'Take away').click();
  await page.getByRole('menuitem', { name: what }).click();
};

/** The fixation scenario with so many steps played; the clipboard may be used. */
async function play(steps: number, on = server) {
  const permissions = ['clipboard-read', 'clipboard-write'];
  const opened = await openPage(browser, `${on.url}/scenarios/session-fixation`, { permissions });
  const { page } = opened;
  for (let step = 1; step <= steps; step++) {
    await button(page, 'Next step').click();
    await at(page, step).waitFor();
  }
  return opened;
}

/** What the page has, saved by its own menu. */
async function exportTrace(page: Page): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await takeAway(page, 'Export trace');
  const saved = join(folder, (await download).suggestedFilename());
  await (await download).saveAs(saved);
  return { name: (await download).suggestedFilename(), text: await readFile(saved, 'utf8') };
}

/** What is printed, and the text of the hand-out that is on it. */
async function print(page: Page, format: string): Promise<{ pdf: Buffer; paper: string }> {
  await page.evaluate(() =>
    window.addEventListener('beforeprint', () => {
      document.title = document.querySelector('.hand-out')?.textContent ?? 'no hand-out';
    }),
  );
  const pdf = await page.pdf({ format });
  return { pdf, paper: await page.title() };
}

/** As a hand does it with the mouse. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text!], name!, { type: 'application/json' }));
      return data;
    },
    [name, text],
  );
  await page.locator('body').dispatchEvent('dragenter', { dataTransfer: data });
  await page.getByText('Drop a trace file to open it').waitFor();
  await page.locator('body').dispatchEvent('drop', { dataTransfer: data });
}

describe('cause to effect', () => {
  test('the code that handled a request is shown, and the weakness beside what it replaces', async () => {
    const { page, complaints } = await play(3);
    await tab(page, 'Code').click();
    await expect.poll(() => region(page, 'Code').textContent()).toContain('server/app/auth/login.ts');
    expect(await region(page, 'Code').textContent()).toContain('server/weaknesses/login-keeps-session-id.ts');
    await page.keyboard.press('Escape');
    await page.locator('body').press('d');
    await expect.poll(() => region(page, 'Diff').textContent()).toContain('await regenerate(req);');
    const [weak, usual] = await Promise.all(
      ['weak', 'usual'].map((side) => region(page, 'Diff').locator(`.diff-block:not([data-same]) [data-side=${side}]`)),
    );
    expect(await usual!.allTextContents()).toContainEqual(
      expect.stringContaining('Protected:   await regenerate(req);'),
    );
    expect(await weak!.allTextContents()).toContainEqual(expect.stringContaining('What most tutorials do'));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a line leads to its command, and a command to its line', async () => {
    const { page } = await play(3);
    await tab(page, 'Code').click();
    const answered = region(page, 'Code').locator('[data-line]').filter({ hasText: '← 200' });
    await expect.poll(() => answered.textContent()).toContain('res.json(');
    await page.getByRole('button', { name: /^SET / }).first().click();
    const lit = page.getByRole('list', { name: 'Redis commands' }).locator('li[data-lit]');
    await expect.poll(() => lit.textContent()).toContain('SET');
    await lit.getByRole('button', { name: /^line weaknesses\/login-keeps-session-id\.ts:\d+$/ }).click();
    await expect
      .poll(() => region(page, 'Code').locator('[data-mark=lit]').textContent())
      .toContain('await save(req);');
    await page.context().close();
  });

  test('where only the set-up differs, it says so', async () => {
    const { page } = await openPage(browser, `${server.url}/scenarios/localhost-ports`);
    await tab(page, 'Diff').click();
    await expect.poll(() => details(page).textContent()).toContain('Both variants of this scenario run the same files');
    await page.context().close();
  });
});

describe.skipIf(process.platform === 'win32')('curl', () => {
  const run = (command: string, before = '') =>
    execFileSync('sh', ['-c', `${before}\n${command}`], { encoding: 'utf8', stdio: 'pipe' });

  test('a request copied with the key c works in a terminal, and what it does shows on the page', async () => {
    const { page } = await play(4);
    await page.locator('body').press('c');
    await expect
      .poll(() => page.locator('.confirmation').allTextContents())
      .toContain('Copied as curl, for a terminal on this machine.');
    const answer = run(await clipboard(page));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(answer).toContain('alice@shop.example');
    await page.context().close();
  });

  test('a login that was right is one again; with another password it is not', async () => {
    const { page } = await play(3);
    // There the id that the request came with is nobody's any more, so it can log in once more.
    await page.getByRole('radiogroup', { name: 'Variant' }).getByText('Protected').click();
    await expect.poll(() => region(page, 'Steps').textContent()).toContain('a new id');
    await tab(page, 'curl').click();
    await button(page, 'Copy').click();
    await expect
      .poll(() => page.locator('.confirmation').allTextContents())
      .toContain('Copied as curl, for a terminal on this machine.');
    const command = await clipboard(page);
    expect(await region(page, 'curl').textContent()).toContain(command);
    expect(run(command)).toMatch(/^HTTP\/1\.1 200 OK.*"email":"alice@shop.example"/s);
    expect(run(command, "PASSWORD='wrong'")).toMatch(/^HTTP\/1\.1 401/);
    await page.context().close();
  });

  test('a password that was only a guess is not known, and stops it until it is set', async () => {
    const { page } = await play(0);
    await page.goto(`${server.url}/scenarios/user-enumeration-by-message?step=1`);
    await at(page, 1).waitFor();
    await tab(page, 'curl').click();
    await button(page, 'Copy').click();
    await expect
      .poll(() => page.locator('.confirmation').allTextContents())
      .toContainEqual(expect.stringContaining('Set PASSWORD in the terminal first'));
    expect(await region(page, 'curl').textContent()).toContain('set it first');
    await page.context().close();
  });
});

describe('a trace', () => {
  test('is exported, and opened by drag and drop when no server is there any more', async () => {
    const own = await startServer();
    const { page, complaints } = await play(5, own);
    await loadedInAdvance(page);
    const cookies = await jars(page);
    const { name, text } = await exportTrace(page);
    expect(name).toBe('session-fixation.vulnerable.trace.json');
    expect(Object.keys(JSON.parse(text))).toEqual(['version', 'header', 'events']);
    await own.stop();
    complaints.length = 0;

    await drop(page, name, text);
    await page.getByText('Recorded trace, read only').waitFor();
    expect(new URL(page.url()).pathname).toBe('/trace');
    await button(page, 'To the end').click();
    await at(page, 5).waitFor();
    expect(await jars(page)).toEqual(cookies);
    for (const gone of ['Reset', 'Jump time', 'Run to end', 'Delete key'])
      expect(await button(page, gone).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Change / }).count()).toBe(0);
    expect(await page.getByRole('radiogroup').count()).toBe(0);
    await tab(page, 'Code').click();
    await expect.poll(() => region(page, 'Code').textContent()).toContain('server/app/account/account.ts');
    await tab(page, 'Diff').click();
    await expect.poll(() => region(page, 'Diff').textContent()).toContain('regenerate');
    await tab(page, 'curl').click();
    expect(await details(page).textContent()).toContain('the sandbox it was played in is gone');
    // A tab that was clicked lets go of the keys.
    await page.waitForFunction(() => document.activeElement === document.body);
    await page.keyboard.press('Home');
    await page.getByText('5 steps', { exact: true }).waitFor();
    expect((await exportTrace(page)).text).toBe(text);
    await page.context().close();
  });

  test('is opened with a button, and closed', async () => {
    const { page } = await play(1);
    const { name, text } = await exportTrace(page);
    await page.goto(`${server.url}/trace`);
    const chooser = page.waitForEvent('filechooser');
    await button(page, 'Choose a file').click();
    await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await button(page, 'Close trace').click();
    await page.getByRole('searchbox').waitFor();
    await page.context().close();
  });

  test.each([
    ['notes.txt', 'Dear diary', 'notes.txt cannot be opened. It is not JSON.'],
    ['package.json', '{"version":"1.0.0"}', 'package.json cannot be opened. It is JSON, but not a trace of this page.'],
  ])('a file that is none, %s, is refused with a reason, and what is played stays', async (name, text, reason) => {
    const { page } = await play(1);
    await drop(page, name, text);
    await expect
      .poll(() => page.locator('.confirmation').allTextContents())
      .toContainEqual(expect.stringContaining(reason));
    expect(await at(page, 1).isVisible()).toBe(true);
    await page.context().close();
  });
});

describe('on paper and as text', () => {
  test('the transcript is that of the trace: copied, downloaded and read', async () => {
    const { page } = await play(3);
    const written = markdown(transcript(JSON.parse((await exportTrace(page)).text) as Trace));
    await takeAway(page, 'Copy transcript');
    await expect.poll(() => clipboard(page)).toBe(written);
    const download = page.waitForEvent('download');
    await takeAway(page, 'Download transcript');
    expect((await download).suggestedFilename()).toBe('session-fixation.vulnerable.transcript.md');
    expect(await readFile(await (await download).path(), 'utf8')).toBe(written);
    await button(page, 'Transcript of this run').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Transcript of this run' });
    await dialog.getByRole('heading', { name: 'Step 3: Alice logs in' }).waitFor();
    expect(await dialog.textContent()).toContain('Alice: POST https://shop.example/auth/login');
    await page.context().close();
  });

  test.each(['A4', 'Letter'])(
    'the hand-out fills pages of %s, with room for the answers, and leaves the page as it was',
    async (format) => {
      const { page } = await play(1);
      const { pdf, paper } = await print(page, format);
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeGreaterThanOrEqual(2);
      for (const words of ['Alice logs in', 'Who does the shop think she is?', 'Protected', 'What to remember']) {
        expect(paper).toContain(words);
      }
      await expect.poll(() => page.locator('.hand-out').count()).toBe(0);
      expect(await at(page, 1).isVisible()).toBe(true);
      await page.context().close();
    },
  );

  test('the hand-out is the same where both variants are shown', async () => {
    const { page } = await openPage(browser, `${server.url}/scenarios/session-fixation?variant=both`);
    await page.getByText('5 steps', { exact: true }).waitFor();
    expect((await print(page, 'A4')).paper).toContain('Who does the shop think she is?');
    await page.context().close();
  });
});

describe('axe finds nothing', () => {
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

  test.each(['light', 'dark'] as const)('in the new tabs, the menu and the transcript, %s', async (colorScheme) => {
    const { page } = await openPage(browser, `${server.url}/scenarios/session-fixation`, {
      colorScheme,
      reducedMotion: 'reduce',
    });
    await button(page, 'Run to end').click();
    await at(page, 5).waitFor();
    await page.evaluate(await readFile(axe, 'utf8'));
    const findings = async (within: string) => {
      const { violations } = await page.evaluate(
        (within) => (window as unknown as { axe: typeof import('axe-core') }).axe.run(within),
        within,
      );
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    };
    for (const [name, shown] of [
      ['Code', '.code-line'],
      ['Diff', '.diff-line'],
      ['curl', '.curl-command pre'],
      [/^Redis commands/, '.command'],
    ] as const) {
      await tab(page, name).click();
      await page.locator(shown).first().waitFor();
      expect(await findings('.frame-details')).toEqual([]);
    }
    await takeAway(page, 'Read transcript');
    await page.getByRole('dialog').getByRole('heading', { name: 'What to remember' }).waitFor();
    expect(await findings('[role=dialog]')).toEqual([]);
    await page.context().close();
  });
});

/** What is loaded when the page has nothing else to do is here: from now on it needs no server. */
async function loadedInAdvance(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    ['CodeView', 'DiffView', 'traceFile'].every((part) =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes(`/${part}-`) && name.endsWith('.js')),
    ),
  );
  await page.waitForLoadState('networkidle');
}

/** What counts down differs from look to look. */
const withoutTimes = (text: string | null) => text?.replace(/\d+ (h|min|ms|s)/g, '…');

/** What each browser holds. */
async function jars(page: Page) {
  const texts = await region(page, 'Cookies').getByRole('group').allTextContents();
  return texts.map(withoutTimes);
}
