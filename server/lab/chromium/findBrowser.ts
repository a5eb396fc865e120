import { findProgram, type HowToGet, inFolders, type Machine, onPath, thisMachine } from './programs.ts';

/**
 * Returns the path of a Chromium, Chrome or Edge: the value of CHROME_PATH, or one on the PATH, in the usual places, or downloaded by
 * Playwright.
 *
 * @throws {Missing} when there is none, {WrongPath} when there is none at CHROME_PATH
 */
export function findBrowser(playwright: Playwright, machine = thisMachine): string {
  const places = [...browserPlaces(machine), ...placesOf(playwright)];
  return findProgram('CHROME_PATH', machine, places, howToGetBrowser);
}

/** The `chromium` of playwright-core. */
interface Playwright {
  executablePath(): string;
}

/** Returns where `playwright-core install chromium` puts a browser; nothing on a system without a build. */
function placesOf(playwright: Playwright): string[] {
  try {
    return [playwright.executablePath()];
  } catch {
    return [];
  }
}

/** Returns the paths at which Chromium, Chrome or Edge may be: first in the folders of PATH, then where installers put them. */
function browserPlaces(machine: Machine): string[] {
  const { platform, env } = machine;
  if (platform === 'win32') {
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return [
      ...onPath(machine, ['chrome.exe', 'chromium.exe', 'msedge.exe']),
      ...inFolders(machine, [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA], programs),
    ];
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => `${app}.app/Contents/MacOS/${app}`);
    return [
      ...onPath(machine, names),
      ...inFolders(machine, ['/Applications', env.HOME && `${env.HOME}/Applications`], apps),
    ];
  }
  return [...onPath(machine, names), '/snap/bin/chromium', '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge'];
}

const howToGetBrowser: HowToGet = {
  what: 'No Chromium, Chrome or Edge',
  linux:
    '"sudo apt-get install chromium" (Debian), "sudo dnf install chromium" (Fedora) or "sudo snap install chromium" (Ubuntu)',
  darwin: '"brew install --cask google-chrome"',
  win32: '"winget install Google.Chrome" or "choco install googlechrome"',
};
