import { inFolders, type Machine, onPath } from '../../server/lab/chromium/programs.ts';

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
