import { posix, win32 } from 'node:path';

/** The machine the tests run on, as far as finding programs goes. */
export interface Machine {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
}

/** Where a Chromium, Chrome or Edge may stand: the folders of PATH first, then where installers put it. */
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

/** Where a redis-server may stand: the folders of PATH first, then where package managers put it. */
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

/** Where curl may stand. */
export function curlPlaces(machine: Machine): string[] {
  return [...onPath(machine, ['curl', 'curl.exe']), ...inFolders(machine, ['/usr/bin'], ['curl'])];
}

function onPath(machine: Machine, names: string[]): string[] {
  const { delimiter } = pathsOf(machine);
  return inFolders(machine, (machine.env.PATH ?? '').split(delimiter), names);
}

/** The first program in every folder, then the second, …: a name further left is preferred, wherever it stands. */
function inFolders(machine: Machine, folders: (string | undefined)[], programs: string[]): string[] {
  const { join } = pathsOf(machine);
  const known = folders.filter((folder) => folder);
  return programs.flatMap((program) => known.map((folder) => join(folder!, program)));
}

function pathsOf({ platform }: Machine): typeof posix {
  return platform === 'win32' ? win32 : posix;
}
