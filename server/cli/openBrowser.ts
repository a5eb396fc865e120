import type { Terminal } from './caller.ts';

/**
 * Returns whether a person who sits at a machine with a browser typed the command: no script, no build server, and nobody who is
 * connected by SSH. `BROWSER=none` asks this and other tools to open no browser.
 */
export function sitsAtBrowser(
  stdout: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
  platform = process.platform,
): boolean {
  const { CI, SSH_CONNECTION, SSH_TTY, BROWSER, DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = environment;
  if (stdout.isTTY !== true || CI || SSH_CONNECTION || SSH_TTY || BROWSER === 'none') return false;
  // Without a screen, xdg-open would start a browser for text in this terminal. WSL opens the browser of Windows.
  return platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME);
}

/** Opens an address in the default browser. Where that fails, nothing happens: the address can be read in the terminal. */
export async function openBrowser(address: string): Promise<void> {
  try {
    // Imported here, because only a terminal needs it.
    const { default: open } = await import('open');
    await open(address);
  } catch {
    // No program is there to open it.
  }
}
