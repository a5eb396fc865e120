import { once } from 'node:events';
import type { Command } from 'commander';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import type { Scenario } from '../../../scenarios/engine/scenario.ts';
import type { Agenda } from '../../../scenarios/engine/workshop.ts';
import { isLoopback } from '../../workshop/loopback.ts';
import type { Workshops } from '../../workshop/workshops.ts';
import type { Caller } from '../caller.ts';
import { newCommand } from '../command.ts';
import { InfrastructureFailed, WrongUsage } from '../errors.ts';
import { sitsAtBrowser } from '../openBrowser.ts';
import { scenariosWith } from '../ownScenarios.ts';
import { showsProgress } from '../showsProgress.ts';
import { readWorkers, workersText } from '../workers.ts';

const details = `
The page is served at http://localhost, where you drive, and at one address of
this machine that the room can reach. docs/workshop.md says how a day goes.
`;

interface Given {
  address?: string;
  port?: string;
  hostName: string[];
  workers: number;
  agenda?: string;
  open: boolean;
}

/** `workshop`: opens a room, and serves it until the process is told to end. */
export function workshopCommand(caller: Caller, exit: (code: number) => void): Command {
  const { stdout, stderr, environment, signal, openBrowser } = caller;
  return newCommand('workshop', { write: (text) => void stdout.write(text) })
    .summary('open a room for a workshop')
    .description('Open a room: you drive, and others follow in their browsers, in the same network.')
    .argument('[file...]', 'scenario files of your own, which the agenda may name, too')
    .option('--address <address>', 'the address for the room [the best of this machine]')
    .option('--port <number>', 'the port [PORT, else 3000]')
    .option(
      '--host-name <name>',
      'a name of this machine that the room may type; several times for several',
      (name, names: string[]) => [...names, readHostName(name)],
      [],
    )
    .option('--workers <number>', workersText, readWorkers, 0)
    .option('--agenda <name or file>', '45-minutes, 90-minutes, 180-minutes, or a Markdown file of yours')
    .option('--no-open', 'do not open your page in the browser')
    .addHelpText('after', details)
    .action(async (files: string[], given: Given) => {
      if (given.hostName.length > 0 && given.address !== undefined && isLoopback(given.address))
        throw new WrongUsage(
          `--host-name is for an address of the network, and --address ${given.address} is this machine alone.`,
        );
      const scenarios = await scenariosWith(files, { workers: given.workers, what: 'the workshop' }, caller);
      const { CannotServe, serve } = await import('../../serve.ts');
      const agenda = given.agenda === undefined ? null : await readAgenda(given.agenda, caller.folder, scenarios);
      const failed = new AbortController();
      const fail = ({ message, exitCode }: InstanceType<typeof CannotServe>) => {
        stderr.write(`${message}\n`);
        exit(exitCode);
        failed.abort();
      };
      try {
        const serving = await serve({
          ...{ host: '127.0.0.1', port: given.port ?? (environment.PORT || '3000'), hostNames: given.hostName },
          workers: given.workers,
          scenarios,
          redisUrl: environment.REDIS_URL,
          written: {
            port: (value) => written(given.port === undefined && environment.PORT ? 'PORT=' : '--port ', value),
            host: (value) => written('--address ', value),
          },
          onFailure: fail,
        });
        try {
          const workshop = await open(serving.workshops, given.address, agenda);
          const driver = `http://localhost:${serving.port}/room/drive#${workshop.firstKey}`;
          const { paintFor, workshopText } = await import('../workshopText.ts');
          const terminal = showsProgress(stdout, environment);
          const { code, address: at } = workshop;
          const names = given.hostName.map((name) => `${name}:${serving.port}`);
          const addresses = await serving.workshops.addresses();
          stdout.write(
            workshopText(
              { at, names, code, driver, addresses, agenda: agenda?.title ?? null },
              { columns: terminal ? (stdout.columns ?? 80) : null, paint: paintFor(stdout) },
            ),
          );
          if (given.open && sitsAtBrowser(stdout, environment)) await openBrowser(driver);
          const ending = AbortSignal.any([signal, failed.signal]);
          workshop.signal.addEventListener('abort', () => {
            if (!ending.aborted)
              stdout.write('The workshop is over, and only this machine is answered now. Ctrl-C ends the server.\n');
          });
          if (!ending.aborted) await once(ending, 'abort');
        } finally {
          await serving.stop();
        }
      } catch (error) {
        if (!(error instanceof CannotServe)) throw error;
        fail(error);
      }
    });
}

/** @throws what the server says, and InfrastructureFailed without a network */
async function open(workshops: Workshops, address: string | undefined, agenda: Agenda | null) {
  try {
    return await workshops.open(address, agenda);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    throw error.cause ?? new InfrastructureFailed(error.message, ['To try it alone: --address 127.0.0.1']);
  }
}

async function readAgenda(nameOrFile: string, folder: string, scenarios: readonly Scenario[] | undefined) {
  const [{ findAgenda }, { WrongAgenda }] = await Promise.all([
    import('../../workshop/agendas.ts'),
    import('../../workshop/agenda.ts'),
  ]);
  try {
    return findAgenda(nameOrFile, folder, scenarios);
  } catch (error) {
    throw error instanceof WrongAgenda ? new WrongUsage(error.message) : error;
  }
}

/** A name as browsers write it in the Host header. */
function readHostName(name: string): string {
  if (/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(name)) return name;
  throw new WrongUsage(
    `--host-name cannot be "${name}". It is a name without http:// and without a port, such as workshop.local.`,
  );
}

const written = (name: string, value: string | undefined) =>
  value === undefined ? name.slice(0, -1) : `${name}${value}`;
