/** One scenario as somebody at a terminal waits for it: a whole process, from its start to its exit, beside other ways to do the same. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesIn } from '../package/bundle.ts';
import { compile } from '../package/compile.ts';
import { eraseTypes } from '../package/erase.ts';
import { startChild } from './child.ts';
import type { ShopPorts } from './shopsChild.ts';
import { median } from './statistics.ts';
import type { Figure } from './table.ts';

const rounds = 9;
const root = fileURLToPath(new URL('../..', import.meta.url));
const tools = ['attack', 'playwright', 'supertest', 'fetch.vitest'];
/** Here everything is JavaScript that imports its packages one by one, as an app in production does: nothing is bundled. */
const plain = 'dist/bench';
const tool = (name: string) => `${plain}/scripts/bench/tools/${name}`;

/** What is compared, as words for a process. They run in turn, so that a busy machine slows all of them down. */
const contestants = {
  package: [process.execPath, 'dist/server/cli/bin.js', 'run', 'session-fixation', '--reporter', 'json'],
  bare: [process.execPath, `${plain}/scripts/bench/bare.js`],
  source: [process.execPath, '--import', 'tsx', 'server/cli/main.ts', 'session-fixation', '--reporter', 'json'],
  playwright: [process.execPath, tool('playwright.js')],
  supertest: [process.execPath, '--test', tool('supertest.js')],
  vitest: [
    process.execPath,
    'node_modules/vitest/vitest.mjs',
    'run',
    '--dir',
    tool(''),
    '--config',
    'scripts/bench/tools/vitest.config.ts',
  ],
  curl: ['sh', 'scripts/bench/tools/curl.sh'],
};
type Contestant = keyof typeof contestants;

/** What is no package of ours: compared where it is installed. They get the ports of the shops as variables. */
const installed = {
  hurl: (vulnerable: number, fixed: number) => [
    ...['hurl', '--no-output', '--variable', `vulnerable=${vulnerable}`, '--variable', `protected=${fixed}`],
    ...['scripts/bench/tools/vulnerable.hurl', 'scripts/bench/tools/protected.hurl'],
  ],
  newman: (vulnerable: number, fixed: number) => [
    ...['newman', 'run', 'scripts/bench/tools/newman.json', '--silent'],
    ...['--env-var', `vulnerable=${vulnerable}`, '--env-var', `protected=${fixed}`],
  ],
};
type Installed = keyof typeof installed;

const isOnPath = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

export async function coldStart(): Promise<Figure[]> {
  await compile();
  const compared = ['bare', 'bareServices', 'bareShop', ...tools.map((name) => `tools/${name}`)].map(
    (name) => `scripts/bench/${name}.ts`,
  );
  const app = [...filesIn(root, 'server/app'), ...filesIn(root, 'server/weaknesses')].filter((file) =>
    /(?<![.](test|d))[.]ts$/.test(file),
  );
  for (const file of [...compared, ...app]) {
    const built = join(root, plain, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(built), { recursive: true });
    writeFileSync(built, eraseTypes(readFileSync(join(root, file), 'utf8'), file));
  }

  const { said, stop } = await startChild<ShopPorts>('scripts/bench/shopsChild.ts', []);
  const env = { ...process.env, VULNERABLE_PORT: String(said.vulnerable), PROTECTED_PORT: String(said.protected) };
  const found = (Object.keys(installed) as Installed[]).filter(isOnPath);
  const words: Partial<Record<Contestant | Installed, string[]>> = {
    ...contestants,
    ...Object.fromEntries(found.map((name) => [name, installed[name](said.vulnerable, said.protected)])),
  };
  const names = Object.keys(words) as (Contestant | Installed)[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  // The first round fills the caches of the system and of the loader.
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const ms = timeOf(words[name]!, env);
      if (round > 0) times.get(name)!.push(ms);
    }
  }
  await stop();

  const ms = (name: Contestant | Installed) => median(times.get(name)!);
  const figure = (what: string, name: Contestant | Installed): Figure => ({
    what,
    figure: times.has(name) ? `${ms(name).toFixed(0)} ms` : 'not on the PATH',
    aim: null,
  });
  const ratio = (what: string, part: number, whole: number, most: number, words: string): Figure => ({
    what,
    figure: `${(part / whole).toFixed(2)}x`,
    aim: { words, met: part / whole <= most },
  });
  return [
    figure('session-fixation, cold, both variants, the package', 'package'),
    figure('  the same app and requests in one process of JavaScript', 'bare'),
    ratio('  package : app and requests', ms('package'), ms('bare'), 1.3, 'at most 1.3x'),
    figure('  from source', 'source'),
    ratio('  package : source', ms('package'), ms('source'), 0.5, 'at most 0.5x'),
    figure('the same requests to a server that runs, Playwright’s API', 'playwright'),
    ratio('  package : Playwright', ms('package'), ms('playwright'), 1, 'less'),
    figure('  node --test with supertest', 'supertest'),
    figure('  vitest with fetch', 'vitest'),
    figure('  curl, a process for each request', 'curl'),
    figure('  Hurl', 'hurl'),
    figure('  newman', 'newman'),
  ];
}

/** Milliseconds. @throws Error when it fails, because then it did not do the same */
function timeOf([program = '', ...words]: readonly string[], env: NodeJS.ProcessEnv): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(program, words, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with exit code ${status}. ${stderr}`);
  return performance.now() - started;
}
