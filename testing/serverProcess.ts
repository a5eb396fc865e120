/** For tests: the server as a person starts it, as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Starts server/main.ts. Without PORT it takes a free port. */
export function startServerProcess(env: Record<string, string> = {}, words: readonly string[] = []) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', ...words], {
    cwd: root,
    // The environment of the machine must not decide a test.
    env: { ...process.env, HOST: '', REDIS_URL: '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.err += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...written }));
  return { child, written, ended };
}

export type RunningServer = Awaited<ReturnType<typeof startServer>>;

/**
 * Starts the server and resolves when it says where it listens.
 *
 * @throws Error with its output, when it ends instead
 */
export async function startServer(env: Record<string, string> = {}, words: readonly string[] = []) {
  const { child, written, ended } = startServerProcess(env, words);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const address = /http:\/\/\S+/.exec(written.out)?.[0];
      if (address) resolve(address);
    });
    void ended.then(({ code, out, err }) => reject(new Error(`The server ended with exit code ${code}: ${out}${err}`)));
  });
  return {
    child,
    written,
    ended,
    /** Where it serves the page: `http://127.0.0.1:3000`. */
    url,
    port: Number(new URL(url).port),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}
