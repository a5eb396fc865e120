/** Installs missing programs on Debian and Ubuntu, where root can do that without a question. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const playwright = fileURLToPath(new URL('../node_modules/playwright-core/cli.js', import.meta.url));

export type Need = 'browser' | 'headless-shell' | 'redis-server' | 'curl';
export type Distribution = 'debian' | 'ubuntu';

/** Returns the distribution that /etc/os-release names; null for every other one. `osRelease` is the text of that file. */
export function distribution(osRelease: string): Distribution | null {
  const id = /^ID="?(debian|ubuntu)"?$/m.exec(osRelease)?.[1];
  return id === 'debian' || id === 'ubuntu' ? id : null;
}

/** Returns the distribution when this process can install programs: as root, with apt-get, on Debian or Ubuntu. Otherwise null. */
export function canInstall(): Distribution | null {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get') || !existsSync('/etc/os-release')) return null;
  return distribution(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Installs programs without starting them.
 *
 * @throws {Error} when a command fails, with the command and its exit code
 */
export function install(needs: Need[], on: Distribution): void {
  const packages = needs.flatMap((need) => packagesOf(need, on));
  withoutStartingServices(() => {
    if (packages.length > 0) {
      run('apt-get', ['-q', 'update']);
      run('apt-get', ['-q', 'install', '--yes', '--no-install-recommends', ...packages]);
    }
    // The Chromium of Ubuntu is a snap, which a container cannot run. Playwright downloads a build, and its libraries with apt-get.
    if (needs.includes('browser') && on === 'ubuntu')
      run(process.execPath, [playwright, 'install', '--with-deps', 'chromium']);
  });
  // The package also makes the server start at every boot.
  if (packages.includes('redis-server') && existsSync('/run/systemd/system'))
    run('systemctl', ['disable', 'redis-server']);
}

function packagesOf(need: Need, on: Distribution): string[] {
  if (need === 'browser') return on === 'debian' ? ['chromium'] : [];
  if (need === 'headless-shell') return on === 'debian' ? ['chromium-headless-shell'] : [];
  return [need];
}

/** Debian runs /usr/sbin/policy-rc.d before it starts a service; exit code 101 forbids it. An existing file is put back afterwards. */
function withoutStartingServices(work: () => void): void {
  const policy = '/usr/sbin/policy-rc.d';
  const aside = `${policy}.before-session-sandbox`;
  const hadPolicy = existsSync(policy);
  // Ctrl-C ends apt-get, too. Without this listener, it would end this process before the policy is put back.
  const waitForApt = () => {};
  process.on('SIGINT', waitForApt);
  if (hadPolicy) renameSync(policy, aside);
  try {
    writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    work();
  } finally {
    if (hadPolicy) renameSync(aside, policy);
    else rmSync(policy, { force: true });
    process.off('SIGINT', waitForApt);
  }
}

function run(command: string, args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, signal, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  if (status !== 0)
    throw new Error(`${[command, ...args].join(' ')} failed: ${error?.message ?? signal ?? `exit code ${status}`}.`);
}
