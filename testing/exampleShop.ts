/** Starts one of the shops in examples/ on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../examples', import.meta.url));

/** What the shops and their recipes read from the environment. */
export const shopPasswords = { SHOP_ALICE_PASSWORD: 'rabbit-hole-7', SHOP_MALLORY_PASSWORD: 'look-at-me-9' };

export interface ExampleShop {
  origin: string;
  close(): Promise<void>;
}

/** @param file of the shop, in examples/: `koa-session/shop.mjs` */
export async function startExampleShop(file: string, environment: Record<string, string> = {}): Promise<ExampleShop> {
  const program = file.endsWith('.py') ? 'python3' : process.execPath;
  const shop: ChildProcess = spawn(program, [join(root, file)], {
    env: { ...process.env, ...shopPasswords, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(shop.stdout!), 'line');
  return {
    origin: `http://127.0.0.1:${/\d+/.exec(line)![0]}`,
    async close() {
      const ended = once(shop, 'exit');
      shop.kill();
      await ended;
    },
  };
}
