import { expect, test } from 'vitest';
import { sharedTab } from '../../testing/page/tab.ts';
import { clipboard, drop, exportTrace, mayUseClipboard, print, runInShell } from '../../testing/page/takingAway.ts';

const tab = sharedTab(mayUseClipboard);

const open = (step: number) => tab.open('session-fixation', `?step=${step}`);

test('Diff says so when only the set-up of the two variants differs', async () => {
  const lesson = await tab.open('localhost-ports');
  await lesson.openTab('Diff');
  await expect(lesson.details).toShow('Both variants run the same files of the app');
});

test.skipIf(process.platform === 'win32')(
  'as curl, a successful login can be repeated; with another password it fails',
  async () => {
    // In the protected app nobody owns the session id of the request any more, so it can log in once more.
    const lesson = await tab.open('session-fixation', '?variant=protected&step=3');
    await lesson.openTab('curl');
    await lesson.button('Copy').click();
    await expect(lesson.confirmation).toShow('Copied as curl, for a terminal on this machine.');
    const command = await clipboard(lesson);
    await expect(lesson.region('curl')).toShow(command);
    expect(runInShell(command)).toMatch(/^HTTP\/1\.1 200 OK.*"email":"alice@shop.example"/s);
    expect(runInShell(command, "PASSWORD='wrong'")).toMatch(/^HTTP\/1\.1 401/);
  },
);

test('a guessed password is not part of the curl command, which asks for it', async () => {
  const lesson = await tab.open('user-enumeration-by-message', '?step=1');
  await lesson.openTab('curl');
  await lesson.button('Copy').click();
  await expect(lesson.confirmation).toShow('Set PASSWORD in the terminal first');
  await expect(lesson.region('curl')).toShow('set it first');
});

test('a file that is no trace is refused with a reason, and the scenario stays open', async () => {
  const lesson = await open(1);
  for (const [name, text, reason] of [
    ['notes.txt', 'Dear diary', 'notes.txt cannot be opened. It is not JSON.'],
    ['package.json', '{"version":"1.0.0"}', 'package.json cannot be opened. It is JSON, but not a trace of this page.'],
  ] as const) {
    await drop(lesson, name, text);
    await expect(lesson.confirmation).toShow(reason);
    await lesson.isAt(1);
  }
});

test('the hand-out is printed while both variants are shown', async () => {
  const lesson = await tab.open('session-fixation', '?variant=both');
  expect((await print(lesson, 'A4')).text).toContain('Who does the shop think she is?');
});

test('a trace is opened with a button, and closed', async () => {
  const lesson = await open(1);
  const { name, text } = await exportTrace(lesson);
  await lesson.page.goto(new URL('/trace', lesson.page.url()).href);
  const chooser = lesson.page.waitForEvent('filechooser');
  await lesson.button('Choose a file').click();
  await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await lesson.button('Close trace').click();
  await lesson.page.getByRole('searchbox').waitFor();
});
