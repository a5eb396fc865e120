/** Debian and Ubuntu, where root can install what is missing without asking anybody. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const playwright = fileURLToPath(new URL('../node_modules/playwright-core/cli.js', import.meta.url));

export type Need = 'browser' | 'redis-server' | 'curl';
export type Distribution = 'debian' | 'ubuntu';

/** Which of the two this is, by the text of /etc/os-release; null for everything else. */
export function distribution(osRelease: string): Distribution | null {
  const id = /^ID="?(debian|ubuntu)"?$/m.exec(osRelease)?.[1];
  return id === 'debian' || id === 'ubuntu' ? id : null;
}

/** The distribution when we may install here: root, apt-get, Debian or Ubuntu. Else null. */
export function canInstall(): Distribution | null {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get') || !existsSync('/etc/os-release')) return null;
  return distribution(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Installs what is missing, and starts none of it.
 *
 * @throws {Error} when a command fails, with the command and its exit code
 */
export function install(needs: Need[], on: Distribution): void {
  const browserByApt = needs.includes('browser') && on === 'debian';
  const named = needs.filter((need) => need !== 'browser');
  const packages = [...(browserByApt ? ['chromium'] : []), ...named];
  withoutStartingServices(() => {
    if (packages.length > 0) {
      run('apt-get', ['-q', 'update']);
      run('apt-get', ['-q', 'install', '--yes', '--no-install-recommends', ...packages]);
    }
    // Ubuntu's Chromium is a snap, which a container cannot run; Playwright brings a build, and its libraries by apt-get.
    if (needs.includes('browser') && on === 'ubuntu')
      run(process.execPath, [playwright, 'install', '--with-deps', 'chromium']);
  });
  // The package also has its server started at every boot, which nobody asked for.
  if (packages.includes('redis-server') && existsSync('/run/systemd/system'))
    run('systemctl', ['disable', 'redis-server']);
}

/** Debian asks /usr/sbin/policy-rc.d before it starts a service; 101 means no. An existing policy comes back afterwards. */
function withoutStartingServices(work: () => void): void {
  const policy = '/usr/sbin/policy-rc.d';
  const aside = `${policy}.before-session-sandbox`;
  const hadPolicy = existsSync(policy);
  // apt-get gets Ctrl-C as well and ends; without a listener of ours we would end before putting the policy back.
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
