import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cruise, root, type Violation } from '../testing/cruise.ts';

// Whether the rules find what breaks them. Whether this project follows them: imports.test.ts.

/** The files of a sample project: path, content, and the rule that the file breaks. */
const lines: [file: string, line: string, broken: string][] = [
  ['server/app/own.ts', "import '../app/target.ts'", 'nothing'],
  ['server/app/textbook.ts', "import 'express'; import 'node:crypto'", 'nothing'],
  ['server/app/package.ts', "import 'ioredis-mock'", 'imports-of-server/app/'],
  ['server/app/lab.ts', "import '../lab/target.ts'", 'imports-of-server/app/'],
  ['server/app/redis.ts', "import '../redis/target.ts'", 'imports-of-server/app/'],
  ['server/app/deep/scenario.ts', "import '../../../scenarios/target.ts'", 'imports-of-server/app/'],
  ['server/app/type.ts', "import type { T } from '../lab/target.ts'; export type U = T", 'imports-of-server/app/'],
  ['server/app/weakness.ts', "import '../weaknesses/target.ts'", 'imports-of-server/app/'],
  ['server/weaknesses/app.ts', "import '../app/target.ts'; import 'express'", 'nothing'],
  ['server/weaknesses/lab.ts', "import '../lab/target.ts'", 'imports-of-server/weaknesses/'],
  ['server/app/lazy.ts', "export const lab = () => import('../lab/target.ts')", 'imports-of-server/app/'],
  ['server/app/again.ts', "export { t } from '../lab/target.ts'", 'imports-of-server/app/'],
  ['server/app/lab.test.ts', "import '../lab/target.ts'; import 'vitest'", 'nothing'],
  ['server/redis/package.ts', "import 'ioredis-mock'; import 'node:net'", 'nothing'],
  ['server/redis/app.ts', "import '../app/target.ts'", 'imports-of-server/redis/'],
  ['server/redis/lab.ts', "import '../lab/target.ts'", 'imports-of-server/redis/'],
  ['server/lab/all.ts', "import '../app/target.ts'; import '../redis/target.ts'", 'nothing'],
  ['server/lab/engine.ts', "import '../../scenarios/engine/target.ts'", 'nothing'],
  ['server/lab/scenarios.ts', "import '../../scenarios/target.ts'", 'imports-of-server/lab/'],
  ['server/lab/api.ts', "import '../api/target.ts'", 'imports-of-server/lab/'],
  ['server/lab/time/clock.ts', 'export const t = 1', 'nothing'],
  ['server/lab/lens/lens.ts', "import '../time/clock.ts'", 'nothing'],
  ['server/lab/time/time.ts', "import './clock.ts'; import '../lens/lens.ts'", 'layers-of-server/lab/'],
  ['server/lab/store.ts', "import './lens/lens.ts'", 'layers-of-server/lab/'],
  ['server/api/all.ts', "import '../lab/target.ts'; import '../redis/target.ts'", 'nothing'],
  ['server/api/scenarios.ts', "import '../../scenarios/target.ts'", 'nothing'],
  ['server/api/app.ts', "import '../app/target.ts'", 'imports-of-server/api/'],
  ['server/workshop/all.ts', "import '../lab/target.ts'; import '../../scenarios/target.ts'", 'nothing'],
  ['server/workshop/own.ts', 'export const t = 1', 'nothing'],
  ['server/workshop/api.ts', "import '../api/own.ts'", 'imports-of-server/workshop/'],
  ['server/api/own.ts', 'export const t = 1', 'nothing'],
  ['server/api/workshop.ts', "import '../workshop/own.ts'", 'nothing'],
  ['server/cli/scenarios.ts', "import '../../scenarios/target.ts'; import '../lab/target.ts'", 'nothing'],
  ['server/cli/app.ts', "import '../app/target.ts'", 'imports-of-server/cli/'],
  ['server/check/browser.ts', "import '../lab/time/clock.ts'; import '../../scenarios/engine/target.ts'", 'nothing'],
  ['server/check/sandbox.ts', "import '../lab/target.ts'", 'imports-of-server/check/'],
  ['server/check/app.ts', "import '../app/target.ts'", 'imports-of-server/check/'],
  ['server/check/own.ts', 'export const t = 1', 'nothing'],
  ['server/cli/check.ts', "import '../check/own.ts'", 'nothing'],
  ['examples/shop/recipe.ts', "import '../../server/check/own.ts'", 'imports-of-examples/*/'],
  ['server/main.ts', "import './app/target.ts'; import './api/target.ts'; import './lab/target.ts'", 'nothing'],
  ['server/other.ts', "import './app/target.ts'", 'not-in-the-table'],
  ['server/metrics/own.ts', "import './target.ts'", 'not-in-the-table'],
  ['tools/app.ts', "import '../server/app/target.ts'", 'not-in-the-table'],
  ['scripts/anything.ts', "import '../server/lab/target.ts'; import '../client/target.ts'; import 'vitest'", 'nothing'],
  ['scenarios/engine.ts', "import './engine/target.ts'", 'nothing'],
  ['scenarios/lab.ts', "import '../server/lab/target.ts'", 'imports-of-scenarios/'],
  ['scenarios/node.ts', "import 'node:fs'", 'imports-of-scenarios/'],
  ['scenarios/package.ts', "import 'express'", 'imports-of-scenarios/'],
  ['scenarios/engine/own.ts', "import './target.ts'", 'nothing'],
  ['scenarios/engine/scenario.ts', "import '../target.ts'", 'imports-of-scenarios/engine/'],
  ['client/own.tsx', "import './target.ts'; import 'express'", 'nothing'],
  ['client/engine.ts', "import '../scenarios/engine/target.ts'", 'nothing'],
  ['client/scenario.ts', "import '../scenarios/target.ts'", 'imports-of-client/'],
  ['client/node.ts', "import 'fs'", 'imports-of-client/'],
  ['client/panels/redis/text.ts', "import '../../../server/app/target.ts?raw'", 'nothing'],
  ['client/code.ts', "import '../server/app/target.ts'", 'imports-of-client/'],
  ['client/address.ts', "import '../server/app/target.ts?url'", 'imports-of-client/'],
  ['client/panels/redis/weakness-text.ts', "import '../../../server/weaknesses/target.ts?raw'", 'nothing'],
  ['client/panels/redis/lab-text.ts', "import '../../../server/lab/target.ts?raw'", 'imports-of-client/panels/*/'],
  ['client/api.ts', "import type { T } from '../server/api/target.ts'; export type U = T", 'imports-of-client/'],
  ['client/ui/player.ts', "import '../player/target.ts'", 'imports-of-client/ui/'],
  ['client/player/ui.ts', "import '../ui/target.ts'", 'nothing'],
  ['client/player/progress.ts', "import '../progress/target.ts'", 'imports-of-client/player/'],
  ['client/progress/player.ts', "import '../player/target.ts'", 'imports-of-client/progress/'],
  ['client/panels/redis/own.ts', "import './target.ts'; import '../../player/target.ts'", 'nothing'],
  ['client/panels/redis/cookies.ts', "import '../cookies/target.ts'", 'imports-of-client/panels/*/'],
  ['client/panels/redis/frame.ts', "import '../../frame/target.ts'", 'imports-of-client/panels/*/'],
  ['client/export/frame.ts', "import '../frame/target.ts'", 'imports-of-client/export/'],
  ['client/frame/panels.ts', "import '../panels/redis/target.ts'; import '../export/target.ts'", 'nothing'],
  ['client/frame/compare.ts', "import '../compare/target.ts'", 'imports-of-client/frame/'],
  ['client/compare/pages.ts', "import '../pages/target.ts'", 'imports-of-client/compare/'],
  ['client/pages/compare.ts', "import '../compare/target.ts'", 'nothing'],
  ['client/pages.ts', "import './pages/target.ts'", 'nothing'],
  ['client/gone.ts', "import './gone-for-good.ts'", 'not-found'],
  ['server/lab/tool.ts', "import 'vitest'", 'dev-dependency'],
  ['server/exports.ts', "import 'express'", 'imports-of-server/exports.ts'],
  ['client/borrowed.ts', "import 'qs'", 'not-in-package-json'],
  ['client/tested.ts', "import './tested.test.ts'", 'imports-a-test'],
  ['client/tested.test.ts', '', 'nothing'],
  ['testing/redisServer.ts', "import 'vitest'", 'nothing'],
  ['testing/all.ts', "import '../server/lab/target.ts'; import '../client/target.ts'", 'nothing'],
  ['server/redis/shipped.ts', "import '../../testing/redisServer.ts'", 'imports-testing'],
  ['server/redis/shipped.test.ts', "import '../../testing/redisServer.ts'", 'nothing'],
  ['server/lab/hen.ts', "import './egg.ts'", 'no-cycle'],
  ['server/lab/egg.ts', "import './hen.ts'", 'no-cycle'],
  ['server/lab/cart.ts', "import type { Horse } from './horse.ts'; export type Cart = Horse", 'no-cycle'],
  ['server/lab/horse.ts', "import type { Cart } from './cart.ts'; export type Horse = Cart", 'no-cycle'],
];

const folders = [
  'server/app server/weaknesses server/redis server/lab server/api server/cli server/metrics scenarios scenarios/engine',
  'client client/ui client/player client/progress client/panels/cookies client/panels/redis client/export client/frame',
  'client/compare client/pages',
].join(' ');

describe('in a sample project', () => {
  let project: string;
  let violations: Violation[];

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'import-table-'));
    const write = async (file: string, text: string) => {
      await mkdir(dirname(join(project, file)), { recursive: true });
      await writeFile(join(project, file), text);
    };
    const dependencies = { express: '1.0.0', 'ioredis-mock': '1.0.0' };
    await write('package.json', JSON.stringify({ type: 'module', dependencies, devDependencies: { vitest: '1.0.0' } }));
    await write('tsconfig.json', await readFile(join(root, 'tsconfig.json'), 'utf8'));
    for (const name of ['express', 'ioredis-mock', 'vitest', 'qs']) {
      await write(
        `node_modules/${name}/package.json`,
        JSON.stringify({ name, version: '1.0.0', exports: './index.js' }),
      );
      await write(`node_modules/${name}/index.js`, '');
    }
    for (const folder of folders.split(' ')) {
      await write(`${folder}/target.ts`, 'export type T = string; export const t = 1;');
    }
    for (const [file, line] of lines) await write(file, line);
    violations = (await cruise(project)).summary.violations;
  }, 60_000);

  afterAll(() => rm(project, { recursive: true, force: true }));

  test.each(lines)('%s: %s breaks %s', (file, _line, broken) => {
    const ofFile = violations.filter(({ from, cycle }) => from === file || cycle?.some(({ name }) => name === file));
    expect(ofFile.map(({ rule }) => rule.name)).toEqual(broken === 'nothing' ? [] : [broken]);
  });
});
