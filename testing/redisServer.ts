/** For tests: a redis-server on a free port of 127.0.0.1 that ends with the test process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort, guard } from '../server/redis/guard.ts';
import { findServer } from '../server/redis/ownServer.ts';
import { makeTestCertificate } from './certificate.ts';

/** Whether this system can freeze a process and send one a signal that it can handle. Windows can do neither. */
export const hasSignals = process.platform !== 'win32';

export interface TestServer {
  readonly port: number;
  /** Includes the password, if there is one. */
  readonly url: string;
  /** The certificate that signs the server's, for NODE_EXTRA_CA_CERTS; null without TLS. */
  readonly caFile: string | null;
  /** Resolves when the server answers nothing. It still accepts connections. Not available on Windows. */
  freeze(): Promise<void>;
  thaw(): void;
  /** Ends it as a crash would; resolves when it has ended. It may be frozen, or have ended already. */
  stop(): Promise<void>;
}

export interface TestServerOptions {
  /** A free one by default. The port of a stopped server restarts it, without its data. */
  port?: number;
  password?: string;
  tls?: boolean;
  /** More lines of redis.conf, such as `maxmemory 1mb`. */
  settings?: string[];
}

/**
 * Starts a server and resolves when it answers.
 *
 * @throws Error when there is no redis-server on the PATH, or with the server's last output when it does not start
 */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const binary = findServer(process.env.PATH ?? '');
  if (!binary) throw new Error('This test needs a redis-server on the PATH: apt install redis-server.');
  const { password, tls = false, settings = [] } = options;
  const port = options.port ?? (await freePort());
  const certificate = tls ? await writeCertificate() : null;
  const server = guard(binary, port, [
    ...(password ? [`requirepass ${password}`] : []),
    ...(certificate ? ['port 0', `tls-port ${port}`, 'tls-auth-clients no', ...certificate.settings] : []),
    ...settings,
  ]);
  let ending: string | null = null;
  void server.ended.then((how) => {
    ending = how;
  });
  while (!(await listens(port))) {
    if (ending !== null) throw new Error(`redis-server does not start: ${ending}`);
    await sleep(10);
  }

  return {
    port,
    url: `${tls ? 'rediss' : 'redis'}://${password ? `:${encodeURIComponent(password)}@` : ''}127.0.0.1:${port}`,
    caFile: certificate?.file ?? null,
    freeze: server.freeze,
    thaw: server.thaw,
    async stop() {
      await server.end();
      certificate?.remove();
    },
  };
}

export interface BorrowedServer extends Pick<TestServer, 'port' | 'url'> {
  /** Deletes everything in it, and keeps it for the next test file of this process. */
  giveBack(): Promise<void>;
}

const free: TestServer[] = [];

/**
 * Returns an empty server with the usual settings that nobody else uses. It is for tests that neither lose it nor change its settings:
 * to start one takes as long as many of them. It ends with the process.
 *
 * @throws Error as `startTestServer` does
 */
export async function borrowTestServer(): Promise<BorrowedServer> {
  const server = free.pop() ?? (await startTestServer());
  return {
    port: server.port,
    url: server.url,
    async giveBack() {
      const owner = new Redis(server.url, { disableClientInfo: true });
      await owner.flushall();
      await owner.script('FLUSH');
      owner.disconnect();
      free.push(server);
    },
  };
}

/** Redis listens when it is ready, unless it has data to load, which a test server has not. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** Writes a certificate for 127.0.0.1 and localhost. */
async function writeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-certificate-'));
  const [file, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const { cert, key } = await makeTestCertificate(['localhost', '127.0.0.1']);
  writeFileSync(file, cert);
  writeFileSync(keyFile, key);
  return {
    file,
    settings: [`tls-cert-file "${file}"`, `tls-key-file "${keyFile}"`],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
