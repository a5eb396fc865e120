/** For tests: the app as `npm run app` starts it, as a process of its own, and requests of curl to it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { findCurl } from './programs/needs.ts';
import { startTestServer, type TestServer } from './redisServer.ts';

export const secret = 'a secret of at least 32 characters';
const root = fileURLToPath(new URL('..', import.meta.url));

/** Variables that this machine may have set. An empty one counts as not set. */
const unset = {
  SESSION_SECRET: '',
  HOST: '',
  NODE_ENV: '',
  LOCAL_DEVELOPMENT: '',
  PUBLIC_ORIGIN: '',
  TRUSTED_PROXIES: '',
  SESSION_IDLE_MS: '',
  SESSION_ABSOLUTE_MS: '',
};

export type RunningApp = Awaited<ReturnType<AppProcesses['serve']>>;

/** The apps that the tests of a file start, on one Redis with a password. They end after the last test. */
export class AppProcesses {
  redis!: TestServer;
  readonly #children: ChildProcess[] = [];

  constructor() {
    beforeAll(async () => {
      this.redis = await startTestServer({ password: 'hunter2' });
    });
    afterAll(async () => {
      for (const child of this.#children) child.kill('SIGKILL');
      await this.redis.stop();
    });
  }

  /** Runs `npm run app` without npm, so that signals reach it. */
  start(environment: Record<string, string>) {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/app/start.ts'], {
      cwd: root,
      env: { ...process.env, ...unset, PORT: '0', BCRYPT_COST: '10', REDIS_URL: this.redis.url, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    const output = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output.err += text;
    });
    const ended = once(child, 'close').then(([code]) => ({ code, ...output }));
    return { child, output, ended };
  }

  /** Starts the app and resolves with its address when it listens. */
  async serve(environment: Record<string, string> = {}) {
    const app = this.start({ SESSION_SECRET: secret, ...environment });
    const address = await vi.waitFor(
      () => {
        const listening = /listens on (http:\S+)\.\n/.exec(app.output.out)?.[1];
        if (listening === undefined) throw new Error(`It does not listen: ${JSON.stringify(app.output)}`);
        return listening;
      },
      { timeout: 15_000, interval: 20 },
    );
    return { ...app, address };
  }

  /** Expects that the app ends with exit code 1 and a sentence that holds no password. */
  async expectEnd(environment: Record<string, string>, sentence: RegExp): Promise<void> {
    const { code, out, err } = await this.start(environment).ended;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/hunter2|wrong-password|^ +at |Error:/m);
  }
}

/** Sends a request with curl, as the reverse proxy that ends TLS forwards it. */
export async function curl(url: string, headers: Record<string, string>, body?: object) {
  const { stdout } = await promisify(execFile)(findCurl(), [
    ...['--silent', '--include', url],
    ...Object.entries({ 'X-Forwarded-Proto': 'https', ...headers }).flatMap(([name, value]) => [
      '--header',
      `${name}: ${value}`,
    ]),
    ...(body ? ['--header', 'Content-Type: application/json', '--data', JSON.stringify(body)] : []),
  ]);
  const [head = '', text = ''] = stdout.split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    json: text === '' ? null : JSON.parse(text),
    /** The session cookie that the response sets, as `name=value`. */
    cookie: /^set-cookie: (__Host-sid=[^;]*); .*Secure/im.exec(head)?.[1],
  };
}
