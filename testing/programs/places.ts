import { posix, win32 } from 'node:path';

/** What decides where the programs of a machine are. */
export interface Machine {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
}

/** Returns the paths at which Chromium, Chrome or Edge may be: first in the folders of PATH, then where installers put them. */
export function browserPlaces(machine: Machine): string[] {
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

/** Returns the paths at which a redis-server may be: first in the folders of PATH, then where package managers put it. */
export function redisPlaces(machine: Machine): string[] {
  const { platform, env } = machine;
  if (platform === 'win32') {
    const chocolatey = env.ChocolateyInstall ?? 'C:\\ProgramData\\chocolatey';
    return [
      ...onPath(machine, ['redis-server.exe', 'memurai.exe']),
      ...inFolders(machine, [chocolatey], ['bin\\redis-server.exe']),
      ...inFolders(machine, [env.ProgramFiles], ['Redis\\redis-server.exe', 'Memurai\\memurai.exe']),
    ];
  }
  return [
    ...onPath(machine, ['redis-server']),
    ...inFolders(machine, ['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin'], ['redis-server']),
  ];
}

/** Returns the paths at which curl may be. */
export function curlPlaces(machine: Machine): string[] {
  return [...onPath(machine, ['curl', 'curl.exe']), ...inFolders(machine, ['/usr/bin'], ['curl'])];
}

function onPath(machine: Machine, names: string[]): string[] {
  const { delimiter } = pathsOf(machine);
  return inFolders(machine, (machine.env.PATH ?? '').split(delimiter), names);
}

/** Returns the first program in every folder, then the second, and so on: an earlier name is preferred in whichever folder it is. */
function inFolders(machine: Machine, folders: (string | undefined)[], programs: string[]): string[] {
  const { join } = pathsOf(machine);
  const known = folders.filter((folder) => folder);
  return programs.flatMap((program) => known.map((folder) => join(folder!, program)));
}

function pathsOf({ platform }: Machine): typeof posix {
  return platform === 'win32' ? win32 : posix;
}
