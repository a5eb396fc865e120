import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

/**
 * Runs Node scripts side by side until one of them ends, for whatever reason; then ends the others.
 *
 * @param commands the arguments for `node`, one list each
 * @param stop ends all of them when it is aborted
 * @returns the exit code of the one that ended first (128 + n when signal n ended it), or 0 when it was `stop`
 */
export async function runTogether(commands: string[][], stop: AbortSignal): Promise<number> {
  const children = commands.map((args) => spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] }));
  const ends = children.map((child) => once(child, 'exit').then(() => exitCode(child)));
  const stopped = stop.aborted ? Promise.resolve(0) : once(stop, 'abort').then(() => 0);

  const code = await Promise.race([stopped, ...ends]);
  for (const child of children) end(child);
  await Promise.all(ends);
  return code;
}

function exitCode(child: ChildProcess): number {
  return child.exitCode ?? 128 + constants.signals[child.signalCode ?? 'SIGTERM'];
}

function end(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  // Windows has no signals: `kill` would end the watcher at once and leave the server it started behind.
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
  else child.kill('SIGTERM');
}
