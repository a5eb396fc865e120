/**
 * `npm run build:package`: compiles the server, the command line and the scenarios to the JavaScript in dist/ that the published
 * package holds, with the type declarations of what it exports. Node runs it without a loader. The page is built by `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { trace } from '../../scenarios/engine/trace.ts';
import { filesIn } from './bundle.ts';
import { compile } from './compile.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = join(root, 'dist');

await compile();
declareTypes();
writeFileSync(join(out, 'trace.schema.json'), JSON.stringify(z.toJSONSchema(trace, { io: 'input' }), null, 2));

/** Writes the declarations of what the package exports. Their imports name `.js` files, as in every published package. */
function declareTypes(): void {
  rmSync(join(out, 'types'), { recursive: true, force: true });
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', join(root, 'scripts/package/tsconfig.json')], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
  for (const file of filesIn(out, 'types')) {
    const text = readFileSync(join(out, file), 'utf8');
    writeFileSync(join(out, file), text.replace(/(from '\.[^']*|import\('\.[^']*)\.ts'/g, "$1.js'"));
  }
}
