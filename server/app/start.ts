/**
 * Runs the app alone: reads the environment, connects to Redis, and listens. settings.ts lists the variables.
 *
 * This is a demonstration. Its users are in memory, and anybody can read their passwords in db.ts. It sends no mails
 * and takes no payments. Replace these services before you put it into production.
 */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import bcrypt from 'bcrypt';
import { Redis } from 'ioredis';
import { createEventBus } from './account/eventBus.ts';
import { createApp, defaultParts } from './app.ts';
import { createUsers, demoUsers, seedUsers } from './db.ts';
import type { Services } from './services.ts';
import { readSettings } from './settings.ts';

const { host, port, localDevelopment, redisUrl, trustedProxies, ...appSettings } = readSettingsOrStop();
const redis = await connectToRedis(redisUrl);

// Only the stack: an error of ioredis also holds the command, with its session ids and records.
const log = (error: unknown) => console.error(error instanceof Error ? error.stack : error);
const eventBus = await createEventBus(redis, log).catch(({ message }: Error) =>
  stop(`The app cannot subscribe to events in Redis (${message}). Allow its user in Redis the channel account-events.`),
);

const services: Services = {
  ...appSettings,
  redis,
  bcrypt,
  users: createUsers(await seedUsers(appSettings.bcryptCost)),
  now: Date.now,
  audit: (event) => console.log(JSON.stringify({ time: new Date().toISOString(), ...event })),
  // Without the text: it can hold a reset token, and secrets do not belong in a log.
  mail: ({ to, subject }) => console.log(`Mail to ${to}: ${subject} (not sent, because this is a demonstration)`),
  events: eventBus.events,
  charge: async () => {},
  log,
};

const app = createApp(services, { ...defaultParts, trustedProxies });
const server = createServer(localDevelopment ? asIfOverHttps(app) : app);
await listen();

process.once('SIGINT', shutDown);
process.once('SIGTERM', shutDown);

console.log(`The app listens on http://${host}:${(server.address() as AddressInfo).port}.
${
  localDevelopment
    ? 'It takes every request for HTTPS, because of LOCAL_DEVELOPMENT.'
    : 'It sets cookies only over HTTPS: put a reverse proxy in front that ends TLS and sends X-Forwarded-Proto.'
}
Demo users, whose passwords are public:
${demoUsers.map(({ email, password, role }) => `  ${email}  ${password}  (${role})`).join('\n')}`);

/**
 * Plays the reverse proxy that ends TLS. The cookies stay Secure: Chromium accepts such cookies from http://localhost, and
 * sends them back, because these requests never leave the machine (measured with 156). Not every browser does.
 */
function asIfOverHttps(app: RequestListener): RequestListener {
  return function asIfOverHttps(req, res) {
    req.headers['x-forwarded-proto'] = 'https';
    app(req, res);
  };
}

function readSettingsOrStop() {
  try {
    return readSettings(process.env);
  } catch (error) {
    return stop((error as Error).message);
  }
}

/** Connects so that requests fail fast without Redis. With ioredis's defaults they hang for ten seconds or forever. */
async function connectToRedis(url: string): Promise<Redis> {
  const redis = new Redis(url, {
    // Commands fail at once while there is no connection. A queued command would run after the reconnect, long after
    // its request was answered with an error.
    enableOfflineQueue: false,
    // A command that was on its way when the connection broke fails too. Sending it again could apply it twice.
    maxRetriesPerRequest: 0,
    // A frozen Redis accepts commands and does not answer. Milliseconds.
    commandTimeout: 1000,
    socketTimeout: 1200,
    connectTimeout: 1000,
    lazyConnect: true,
  });
  let firstError: Error | undefined;
  redis.on('error', (error) => {
    firstError ??= error;
  });
  try {
    await redis.connect();
    await redis.ping();
    // When the database of the URL does not exist, ioredis only emits an error, and goes on with database 0.
    if (firstError) throw firstError;
    // From now on ioredis reconnects by itself, and emits an error whenever that fails.
    redis.on('error', (error) => console.error(`Redis: ${error.message}`));
    return redis;
  } catch (error) {
    redis.disconnect();
    const { message } = firstError ?? (error as Error);
    // Only the host: the URL may hold a password.
    return stop(
      `The app cannot use Redis at ${new URL(url).host} (${message}). Start a Redis there, or set REDIS_URL.`,
    );
  }
}

async function listen(): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    stop(`The app cannot listen on ${host}:${port} (${(error as Error).message}). Change HOST or PORT.`);
  }
}

/** Finishes the requests in progress, for at most five seconds, and closes all connections. The process then ends. */
async function shutDown(): Promise<void> {
  const deadline = setTimeout(() => server.closeAllConnections(), 5000);
  server.close();
  await once(server, 'close');
  clearTimeout(deadline);
  eventBus.close();
  await redis.quit().catch(() => redis.disconnect());
}

function stop(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
