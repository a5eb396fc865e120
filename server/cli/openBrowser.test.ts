import { expect, test, vi } from 'vitest';
import { openBrowser, sitsAtBrowser } from './openBrowser.ts';

const opened = vi.hoisted(() => vi.fn());
vi.mock('open', () => ({ default: opened }));

const screen = { DISPLAY: ':0' };

test.each<
  [where: string, isTTY: boolean, environment: Record<string, string>, platform: NodeJS.Platform, sits: boolean]
>([
  ['a terminal on a screen', true, screen, 'linux', true],
  ['a terminal under Wayland', true, { WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
  ['a terminal in WSL', true, { WSL_DISTRO_NAME: 'Debian' }, 'linux', true],
  ['a terminal on macOS', true, {}, 'darwin', true],
  ['a terminal on Windows', true, {}, 'win32', true],
  ['a pipe', false, screen, 'linux', false],
  ['a build server', true, { ...screen, CI: 'true' }, 'linux', false],
  ['SSH', true, { ...screen, SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' }, 'linux', false],
  ['a terminal of SSH', true, { ...screen, SSH_TTY: '/dev/pts/0' }, 'linux', false],
  ['BROWSER=none', true, { ...screen, BROWSER: 'none' }, 'linux', false],
  ['a console without a screen', true, {}, 'linux', false],
])('at %s', (_, isTTY, environment, platform, sits) => {
  expect(sitsAtBrowser({ isTTY }, environment, platform)).toBe(sits);
});

test('an address is opened, and where nothing can open it, nothing happens', async () => {
  await openBrowser('http://127.0.0.1:3000');
  expect(opened).toHaveBeenCalledWith('http://127.0.0.1:3000');
  opened.mockRejectedValueOnce(new Error('spawn xdg-open ENOENT'));
  await expect(openBrowser('http://127.0.0.1:3000')).resolves.toBeUndefined();
});
