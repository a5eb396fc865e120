/** For tests: what a person takes away from the page, and brings back. */
import { execFileSync } from 'node:child_process';
import type { ScenarioPage } from './scenarioPage.ts';

/** For a tab: without them, the page may not copy. */
export const mayUseClipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

export const clipboard = ({ page }: ScenarioPage) => page.evaluate(() => navigator.clipboard.readText());

/** Runs a command in a shell, and returns what it prints. */
export const runInShell = (command: string, before = ''): string =>
  execFileSync('sh', ['-c', `${before}\n${command}`], { encoding: 'utf8', stdio: 'pipe' });

/** Chooses an item of the menu Export. */
export async function takeAway(lesson: ScenarioPage, what: string): Promise<void> {
  await lesson.button('Export').click();
  await lesson.page.getByRole('menuitem', { name: what }).click();
}

export const exportTrace = (lesson: ScenarioPage) => lesson.save(() => takeAway(lesson, 'Export trace'));

/** Returns the printed document and the text of the hand-out that is on it. */
export async function print({ page }: ScenarioPage, format: string): Promise<{ pdf: Buffer; text: string }> {
  await page.evaluate(() =>
    window.addEventListener('beforeprint', () => {
      document.title = document.querySelector('.hand-out')?.textContent ?? 'no hand-out';
    }),
  );
  const pdf = await page.pdf({ format });
  return { pdf, text: await page.title() };
}

/** Drops a file on the page as a mouse does. */
export async function drop({ page }: ScenarioPage, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text!], name!, { type: 'application/json' }));
      return data;
    },
    [name, text],
  );
  await page.locator('body').dispatchEvent('dragenter', { dataTransfer });
  await page.getByText('Drop a trace file to open it').waitFor();
  await page.locator('body').dispatchEvent('drop', { dataTransfer });
}
