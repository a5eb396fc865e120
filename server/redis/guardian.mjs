/**
 * Runs one redis-server for exactly as long as the process that started this guardian.
 *
 *     guardian.mjs <redis-server> <port> <name> [more lines of redis.conf …]
 *
 * A process that is killed cannot clean up after itself, but the operating system closes its IPC channel. That tells the
 * guardian to end the server, with SIGKILL: the server keeps nothing on disk, and SIGTERM would not end a stopped one.
 * This file is plain JavaScript, so that it starts without a TypeScript loader.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// If the parent ended while Node loaded this file, `disconnect` was emitted before the listener below was added.
if (!process.connected) process.exit();

const [binary, port, name, ...settings] = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'session-sandbox-redis-'));
const { GUARDED_REDIS_PASSWORD: password, ...env } = process.env;
const configuration = [
  'bind 127.0.0.1',
  `port ${port}`,
  'save ""',
  'appendonly no',
  ...(password ? [`requirepass ${password}`] : []),
  ...settings,
];
// Only this user may open the folder.
writeFileSync(join(directory, `${name}.conf`), configuration.join('\n'));

// A relative path in its own working directory has no spaces or backslashes to quote on any platform.
const server = spawn(binary, [`${name}.conf`], {
  cwd: directory,
  env,
  stdio: ['ignore', 'pipe', 'pipe'],
  windowsHide: true,
});
// Without a callback, this would throw if the parent had ended by now, and the cleanup would be lost.
process.send({ pid: server.pid, directory }, () => {});

let log = '';
for (const output of [server.stdout, server.stderr]) {
  output.setEncoding('utf8').on('data', (text) => {
    log = (log + text).slice(-2000);
  });
}

// The binary may be only a launcher (those of Chocolatey and asdf are). The parent learns the pid of the server itself from
// INFO and sends it.
let serverPid;
process.on('message', (message) => {
  serverPid = message.serverPid;
});

function endServer() {
  server.kill('SIGKILL');
  if (serverPid === undefined || serverPid === server.pid || server.exitCode !== null) return;
  try {
    process.kill(serverPid, 'SIGKILL');
  } catch {
    // It ended together with its launcher.
  }
}
process.on('disconnect', endServer);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, endServer);

function leave(ending) {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  if (process.connected) process.send({ ending }, () => process.exit());
  else process.exit();
}
server.once('error', (error) => leave(`it could not be run: ${error.message}`));
server.once('close', (code, signal) => {
  const lastOutput = log.trim().split('\n').slice(-2).join(' ').trim();
  leave(
    `${signal ? `ended by ${signal}` : `exit code ${code}`}${lastOutput ? `; its last output: ${lastOutput}` : ''}`,
  );
});
