/** The folder of a browser that this process has started: its profile, which must be gone when the process ends, however it ends. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A browser that was killed a moment ago may still write. */
const patiently = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 };

/** The folders of the browsers that are open. One listener deletes them all: two that each want to be the last would move each other for ever. */
const open = new Set<string>();

function deleteAll(): void {
  for (const path of open) {
    try {
      rmSync(path, patiently);
    } catch {
      // The others go all the same.
    }
  }
}

/** When this process exits without closing a browser, Playwright kills it. The folder can be deleted only after that. */
function goLast(): void {
  process.off('exit', deleteAll);
  if (open.size > 0) process.once('exit', deleteAll);
}

function stayLast(event: string | symbol, listener: unknown): void {
  if (event === 'exit' && listener !== deleteAll) queueMicrotask(goLast);
}

/** Creates a folder for everything that a browser writes: its profile, and on Linux its temporary files. */
export function createFolder() {
  const path = mkdtempSync(join(tmpdir(), 'session-sandbox-chromium-'));
  const profile = join(path, 'profile');
  mkdirSync(join(profile, 'Default'), { recursive: true });
  // An additional context is a private window, where Chromium blocks third-party cookies unless its preferences allow them.
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 0 } }));
  if (open.size === 0) process.on('newListener', stayLast);
  open.add(path);
  goLast();
  return {
    path,
    profile,
    environment: { ...process.env, ...(process.platform === 'linux' && { TMPDIR: path }) } as Record<string, string>,
    async delete() {
      open.delete(path);
      if (open.size === 0) process.off('newListener', stayLast);
      goLast();
      await rm(path, patiently);
    },
  };
}
