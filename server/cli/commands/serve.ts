import { once } from 'node:events';
import type { Command } from 'commander';
import type { Caller } from '../caller.ts';
import { newCommand } from '../command.ts';
import { FailedOutside } from '../errors.ts';
import { sitsAtBrowser } from '../openBrowser.ts';
import { scenariosWith } from '../ownScenarios.ts';
import { readWorkers, workersText } from '../workers.ts';

interface Given {
  port?: string;
  host?: string;
  workers: number;
  open: boolean;
}

/** `serve`: serves the page until the process is told to end. */
export function serveCommand(caller: Caller, exit: (code: number) => void): Command {
  const { stdout, stderr, environment, signal } = caller;
  return newCommand('serve', { write: (text) => void stdout.write(text) })
    .summary('serve the page (the default)')
    .description('Serve the page, with scenarios of your own beside the others.')
    .argument('[file...]', 'scenario files of your own')
    .option('--port <number>', 'the port; 0 is any free one [PORT, else 3000]')
    .option('--host <address>', 'the address; 0.0.0.0 opens it to other machines [HOST, else 127.0.0.1]')
    .option('--workers <number>', workersText, readWorkers, 0)
    .option('--no-open', 'leave the browser alone; without it, a terminal opens the page')
    .action(async (files: string[], { port, host, workers, open }: Given) => {
      const scenarios = await scenariosWith(files, { workers, what: 'the server' }, caller);
      const { CannotServe, serve } = await import('../../serve.ts');
      const fail = (problem: unknown) => {
        if (!(problem instanceof CannotServe)) throw problem;
        stderr.write(`${problem.message}\n`);
        exit(problem.exitCode);
      };
      const failed = new AbortController();
      const serving = await serve({
        port: port ?? (environment.PORT || '3000'),
        host: host ?? (environment.HOST || '127.0.0.1'),
        redisUrl: environment.REDIS_URL,
        workers,
        scenarios,
        written: {
          port: named(port === undefined && environment.PORT ? 'PORT=' : '--port '),
          host: named(host === undefined && environment.HOST ? 'HOST=' : '--host '),
        },
        onFailure(problem) {
          fail(problem);
          failed.abort();
        },
      }).catch(fail);
      if (!serving) return;
      const own = scenarios?.slice(-files.length) ?? [];
      const places = own.map(({ title, slug }) => `${title}: ${serving.address}/scenarios/${slug}`);
      stdout.write(`${[...serving.greeting, ...places].join('\n')}\n`);
      // `void`: the server does not wait for a browser, and does without one.
      if (open && sitsAtBrowser(stdout, environment)) void caller.openBrowser(serving.address);
      const ending = AbortSignal.any([signal, failed.signal]);
      if (!ending.aborted) await once(ending, 'abort');
      await serving.stop();
      if (signal.reason instanceof FailedOutside) throw signal.reason;
    });
}

const named = (name: string) => (value?: string) => (value === undefined ? name.slice(0, -1) : `${name}${value}`);
