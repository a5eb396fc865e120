/** The shops in examples/, and what check must find in each. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { check } from '../server/check/check.ts';
import { exitCodeOf } from '../server/check/verdicts.ts';
import { shopPasswords, startExampleShop } from './exampleShop.ts';

const root = fileURLToPath(new URL('../examples', import.meta.url));

/** In the README of each shop, a flaw is a row of a table that begins with the findings it leads to. */
const flawsIn = (folder: string) =>
  [...readFileSync(join(root, folder, 'README.md'), 'utf8').matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \|/gm)].flatMap(
    ([, ids = '']) => ids.split(', ').map((id) => id.replaceAll('`', '')),
  );

export const examples = [
  { folder: 'express-cookie-session', file: 'express-cookie-session/shop.mjs' },
  { folder: 'fastify-session', file: 'fastify-session/shop.mjs' },
  { folder: 'koa-session', file: 'koa-session/shop.mjs' },
  { folder: 'python-http', file: 'python-http/shop.py' },
].map((example) => ({ ...example, flaws: flawsIn(example.folder) }));

/** Seconds. */
const idle = '2';

/** Starts the shop, and checks it with its recipe as fast as it answers. */
export async function checkExample(
  { folder, file }: { folder: string; file: string },
  { repaired }: { repaired: boolean },
) {
  const shop = await startExampleShop(file, { SHOP_IDLE: idle, ...(repaired && { SHOP_REPAIRED: '1' }) });
  Object.assign(process.env, shopPasswords, { SHOP_ORIGIN: shop.origin, SHOP_IDLE: idle });
  try {
    const recipe = await import(`${pathToFileURL(join(root, folder, 'shop.target.ts')).href}?origin=${shop.origin}`);
    const report = await check(recipe.default, { rate: Number.POSITIVE_INFINITY, wait: true });
    const fails = report.findings.filter(({ verdict }) => verdict === 'fails').map(({ id }) => id);
    return { ...report, fails: fails.sort(), exitCode: exitCodeOf(report) };
  } finally {
    await shop.close();
  }
}
