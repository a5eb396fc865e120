/** Starts the sandbox for `npm start`: reads the environment, and ends with the process. `npm start -- ./my-lesson.ts` is as `serve`. */
import { CannotServe, serve } from './serve.ts';

if (process.argv.length > 2) {
  const [{ runAsProcess }, { program }] = await Promise.all([import('./cli/process.ts'), import('./cli/program.ts')]);
  // npm runs scripts in the project's folder. Paths are relative to the folder in which the command was typed.
  const folder = process.env.INIT_CWD ?? process.cwd();
  await runAsProcess((words, caller) => program(['serve', '--no-open', ...words], caller), folder);
}

const named = (name: string) => (value?: string) => (value === undefined ? name : `${name}=${value}`);

const serving = await serve({
  host: process.env.HOST || '127.0.0.1',
  port: process.env.PORT || '3000',
  redisUrl: process.env.REDIS_URL,
  written: { host: named('HOST'), port: named('PORT') },
  onFailure: stop,
}).catch(stop);
process.stdout.write(`${serving.greeting.join('\n')}\n`);

// The reader of the output may close it, as `| head` does, and the server goes on.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The second Ctrl-C ends the process without waiting for the cleanup.
    if (stopping) process.exit(1);
    stopping = true;
    // `void`: if the cleanup fails, the unhandled rejection ends the process with its error.
    void serving.stop().then(() => process.exit(0));
  });
}

function stop(problem: unknown): never {
  if (!(problem instanceof CannotServe)) throw problem;
  process.stderr.write(`${problem.message}\n`);
  process.exit(problem.exitCode);
}
