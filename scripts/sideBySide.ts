/** Runs the tools of the checks and the build at the same time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A tool is named by its JavaScript, not by its command: on Windows `npm` is a batch file, which only a shell can start. */
export interface Tool {
  /** What it does, for people: "types". */
  name: string;
  /** Path of its JavaScript. */
  script: string;
  args: string[];
}

/** Of TypeScript 7. TypeScript 6 is installed beside it, because other tools need its functions. */
export const compiler = 'node_modules/typescript-7/bin/tsc';
/** The compiler then looks again only at what a change can have reached: a fifth of the work. */
const remembered = (name: string) => ['--incremental', '--tsBuildInfoFile', `node_modules/.cache/${name}.tsbuildinfo`];

/** Takes longer than everything else that is checked. */
export const types: Tool = { name: 'types', script: compiler, args: remembered('types') };

/** Who may import whom. */
export const imports: Tool = {
  name: 'imports',
  script: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
  args: ['--output-type', 'err-long', '.'],
};

/** Everything that `npm run check` runs. */
export const checks: Tool[] = [
  types,
  // Without the types of Node and of the DOM: a scenario knows neither.
  {
    name: 'types of the scenarios',
    script: compiler,
    args: ['-p', 'scenarios', ...remembered('types-of-the-scenarios')],
  },
  {
    name: 'format and lint',
    script: 'node_modules/@biomejs/biome/bin/biome',
    args: ['check', '--error-on-warnings', '.'],
  },
  imports,
];

/** What `npm run build` runs, and nothing about its parts. */
export const build: Tool = {
  name: 'build',
  script: 'node_modules/vite/bin/vite.js',
  args: ['build', '--logLevel', 'warn'],
};

/**
 * Runs all tools at the same time and prints the output of each when it ends, so that outputs do not mix.
 *
 * @param folder the folder of the project
 * @returns the exit code of the first tool that failed; 0 when none did
 */
export async function runSideBySide(tools: readonly Tool[], folder: string): Promise<number> {
  const codes = await Promise.all(tools.map((tool) => run(tool, folder)));
  return codes.find((code) => code !== 0) ?? 0;
}

async function run({ name, script, args }: Tool, folder: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A tool whose output goes into a pipe leaves colors out unless it is asked for them.
    env: process.stdout.isTTY ? { FORCE_COLOR: '1', ...process.env } : process.env,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const outcome = code === 0 ? 'ok' : `failed with ${signal ?? `exit code ${code}`}`;
  console.log([`${name}: ${outcome} (${seconds} s)`, ...(code === 0 ? [] : [output.trimEnd()])].join('\n'));
  return code ?? 1;
}
