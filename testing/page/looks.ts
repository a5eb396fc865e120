/** For tests: the page in its themes and widths, looked at by axe. */
import type { Page } from 'playwright-core';
import { type AxeScope, axeFindings } from './axe.ts';

export interface Look {
  colorScheme: 'light' | 'dark';
  width: 'wide' | 'narrow';
}

const windows = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };

const rulesOfColor = ['color-contrast', 'link-in-text-block'];
const light = { colorScheme: 'light', width: 'wide' } as const;
/** Only colors are others in the dark. */
const dark = { colorScheme: 'dark', width: 'wide', rules: rulesOfColor } as const;
/** In the colors of the wide layout. */
const narrow = { colorScheme: 'light', width: 'narrow', exceptRules: rulesOfColor } as const;

/** Every rule once, and again what another look may break. */
export const everyLook: (Look & AxeScope)[] = [light, dark, narrow];

/** Shows the page in that look, and waits until nothing moves any more. */
export async function show(page: Page, { colorScheme, width }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize(windows[width]);
  await page.waitForFunction(
    ({ colorScheme, narrow }) => {
      const { mantineColorScheme, room = '' } = document.documentElement.dataset;
      // One that follows a scroll position runs as long as it is there.
      const settled = document
        .getAnimations()
        .every(({ playState, timeline }) => playState !== 'running' || timeline !== document.timeline);
      return mantineColorScheme === colorScheme && room.includes('below-900') === narrow && settled;
    },
    { colorScheme, narrow: width === 'narrow' },
  );
}

/** Returns what axe finds in each of the looks: lines by the name of the look. Looks without findings are left out. */
export async function findingsInLooks(page: Page, looks: (Look & AxeScope)[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const look of looks) {
    await show(page, look);
    const findings = await axeFindings(page, look);
    if (findings.length > 0) found[`${look.colorScheme}, ${look.width}`] = findings;
  }
  return found;
}
