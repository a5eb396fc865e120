import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { markdown } from '../../scenarios/engine/markdown.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { transcript } from '../../scenarios/engine/transcript.ts';
import { type ScenarioPage, withoutTimes } from '../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../testing/page/tab.ts';
import {
  clipboard,
  drop,
  exportTrace,
  mayUseClipboard,
  print,
  runInShell,
  takeAway,
} from '../../testing/page/takingAway.ts';

const tab = sharedTab(mayUseClipboard);

const open = (step: number) => tab.open('session-fixation', `?step=${step}`);

describe('from cause to effect', () => {
  let lesson: ScenarioPage;
  beforeAll(async () => {
    lesson = await open(3);
  });

  test('a line leads to its command, and a command to its line', async () => {
    await lesson.openTab('Code');
    const answered = lesson.region('Code').locator('[data-line]').filter({ hasText: '← 200' });
    await expect(answered).toShow('res.json(');
    // What makes this app weak is in view, although another line answered.
    const weak = lesson.region('Code').locator('[data-file*="/weaknesses/"] [data-line]').filter({ hasText: '→ SET' });
    const isInView = () =>
      weak.evaluate((line) => {
        const [panel, { top, bottom }] = [
          line.closest('.code-files')!.getBoundingClientRect(),
          line.getBoundingClientRect(),
        ];
        return top >= panel.top && bottom <= panel.bottom;
      });
    await expect.poll(isInView).toBe(true);
    await lesson.button(/^SET /).first().click();
    const command = lesson.page.getByRole('list', { name: 'Redis commands' }).locator('li[data-lit]');
    await expect(command).toShow('SET');
    await command.getByRole('button', { name: /^line weaknesses\/login-keeps-session-id\.ts:\d+$/ }).click();
    await expect(lesson.region('Code').locator('[data-mark=lit]')).toShow('await save(req);');
  });

  test('Code shows the handler of a request, and Diff the weakness beside what it replaces', async () => {
    await lesson.openTab('Code');
    await expect(lesson.region('Code')).toShow('server/app/auth/login.ts');
    await expect(lesson.region('Code')).toShow('server/weaknesses/login-keeps-session-id.ts');
    await lesson.press('Escape');
    await lesson.page.locator('body').press('d');

    // In Diff the learner first puts it right: the line breaks, or does not.
    const diff = lesson.region('Diff');
    await diff.getByRole('radio', { name: /^Empty the session/ }).check();
    await expect(diff).not.toShow('login-empties-session');
    await lesson.button('Play it again with this repair').click();
    await expect(diff).toShow('The weakness is still there.');
    await expect(diff).toShow('Mallory got the account page as Alice.');
    await diff.getByRole('radio', { name: /^New session ID/ }).check();
    await lesson.button('Play it again with this repair').click();
    await expect(diff).toShow('Put right: the weakness is gone.');
    await expect(diff).toShow('Mallory is nobody to the shop');
    await lesson.isAt(3);

    await lesson.button('Show the fix').click();
    const changed = (side: 'weak' | 'usual') =>
      lesson.region('Diff').locator(`.diff-block:not([data-same]) [data-side=${side}]`);
    await expect(changed('usual').filter({ hasText: 'Protected:   await regenerate(req);' })).toBeThere();
    await expect(changed('weak').filter({ hasText: 'What most tutorials do' })).toBeThere();
    expect(lesson.complaints).toEqual([]);
  });
});

test.skipIf(process.platform === 'win32')(
  'a request that is copied as curl with the key c works in a terminal',
  async () => {
    const lesson = await open(4);
    await lesson.page.locator('body').press('c');
    await expect(lesson.confirmation).toShow('Copied as curl, for a terminal on this machine.');
    const answer = runInShell(await clipboard(lesson));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(answer).toContain('alice@shop.example');
  },
);

describe('a trace', () => {
  test('is exported, and opened by drag and drop when no server can be reached', async () => {
    const lesson = await open(5);
    await untilLoadedInAdvance(lesson);
    const cookies = await cookiesOfAll(lesson);
    const { name, text } = await exportTrace(lesson);
    expect(name).toBe('session-fixation.vulnerable.trace.json');
    expect(Object.keys(JSON.parse(text))).toEqual(['version', 'header', 'events']);
    await lesson.page.context().setOffline(true);
    onTestFinished(() => lesson.page.context().setOffline(false));
    // The network is a process of its own, and takes a moment to hear of it.
    const answer = () => lesson.page.evaluate(() => fetch('/').then(String, () => 'none'));
    await expect.poll(answer).toBe('none');

    await drop(lesson, name, text);
    await expect(lesson.page.getByText('Recorded trace, read only')).toBeThere();
    expect(new URL(lesson.page.url()).pathname).toBe('/trace');
    await lesson.button('To the end').click();
    await lesson.isAt(5);
    expect(await cookiesOfAll(lesson)).toEqual(cookies);
    for (const absent of ['Reset', 'Jump time', 'Run to end', 'Delete key', /^Change /]) {
      await expect(lesson.button(absent)).toBeThere(0);
    }
    await expect(lesson.page.getByRole('radiogroup')).toBeThere(0);
    await lesson.openTab('Code');
    await expect(lesson.region('Code')).toShow('server/app/account/account.ts');
    await lesson.openTab('Diff');
    await expect(lesson.region('Diff')).toShow('regenerate');
    // Nothing would answer a command or a request.
    for (const name of ['curl', 'Free play']) await expect(lesson.page.getByRole('tab', { name })).toBeThere(0);
    // A tab that was clicked gives the keys back.
    await lesson.page.waitForFunction(() => document.activeElement === document.body);
    await lesson.press('Home');
    await lesson.isAt(0);
    expect((await exportTrace(lesson)).text).toBe(text);
  });
});

describe('the transcript', () => {
  test('is that of the trace, copied, downloaded and read', async () => {
    const lesson = await open(3);
    const expected = markdown(transcript(JSON.parse((await exportTrace(lesson)).text) as Trace));
    await takeAway(lesson, 'Copy transcript');
    await expect.poll(() => clipboard(lesson)).toBe(expected);
    const { name, text } = await lesson.save(() => takeAway(lesson, 'Download transcript'));
    expect(name).toBe('session-fixation.vulnerable.transcript.md');
    expect(text).toBe(expected);
    await lesson.button('Transcript of this run').focus();
    await lesson.press('Enter');
    const dialog = lesson.page.getByRole('dialog', { name: 'Transcript of this run' });
    await dialog.getByRole('heading', { name: 'Step 3: Alice logs in' }).waitFor();
    await expect(dialog).toShow('Alice: POST https://shop.example/auth/login');
  });
});

describe('the hand-out', () => {
  test('is printed on pages of A4 and of Letter, with room for the answers, and leaves the page unchanged', async () => {
    const lesson = await open(1);
    for (const format of ['A4', 'Letter']) {
      const { pdf, text } = await print(lesson, format);
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeGreaterThanOrEqual(2);
      for (const words of ['Alice logs in', 'Who does the shop think she is?', 'Protected', 'What to remember']) {
        expect(text, format).toContain(words);
      }
      await expect(lesson.page.locator('.hand-out')).toBeThere(0);
      await lesson.isAt(1);
    }
  });
});

/** Resolves when the page has loaded what it loads while nothing else happens: from then on it needs no server. */
async function untilLoadedInAdvance({ page }: ScenarioPage): Promise<void> {
  await page.waitForFunction(() =>
    ['CodeView', 'DiffView', 'TracePage', 'traceFile'].every((part) =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes(`/${part}-`) && name.endsWith('.js')),
    ),
  );
  await page.waitForLoadState('networkidle');
}

/** The cookies that each browser has. */
async function cookiesOfAll({ cookies }: ScenarioPage) {
  return (await cookies.getByRole('group').allTextContents()).map(withoutTimes);
}
