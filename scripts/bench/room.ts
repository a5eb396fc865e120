/** How long a step of the driver takes to be on every page of a room, while half of the room plays runs of its own. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TraceHeader } from '../../scenarios/engine/trace.ts';
import { workshopVisitor } from '../../testing/workshopVisitor.ts';
import { startChild } from './child.ts';
import type { RoomServer } from './roomServer.ts';
import { percentile } from './statistics.ts';
import type { Figure } from './table.ts';

const megabyte = 1024 * 1024;

/** How long the driver steps. Milliseconds. */
const measured = 20_000;
/** Between two steps of the driver, and of a participant. Milliseconds. */
const driverPause = 1000;
const ownPause = 5000;
const lightPause = 100;

const ownChoice = { scenario: 'idle-timeout', variant: 'vulnerable', store: 'mock' };
const driverChoice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock' };

/**
 * @param participants of which every other one has a run of their own
 * @param workers how many worker processes have these runs; 0: the only process has them
 */
export async function room(participants: number, workers = 0): Promise<Figure[]> {
  const { said, stop } = await startChild<RoomServer>('scripts/bench/roomServer.ts', [String(workers)]);
  const { port, pids } = said;
  const driver = workshopVisitor(port, '127.0.0.1');
  const { key } = (await driver.post('/api/workshop', {})).json;
  await driver.enter({ key });
  const desk = await driver.stream({ keepText: false });
  while (!desk.room) await sleep(5);
  const { code } = desk.room;

  /** When the end of the step that is measured arrived at each page. */
  let arrivals: number[] = [];
  const pages = [];
  for (let number = 0; number < participants; number++) {
    const visitor = workshopVisitor(port, `127.0.${1 + Math.floor(number / 200)}.${1 + (number % 200)}`);
    await visitor.enter({ code });
    const hear = ({ event }: { event: { type: string } }) =>
      void (event.type === 'step-ended' && arrivals.push(performance.now()));
    await visitor.stream({ hear, keepText: false });
    pages.push(visitor);
  }

  const done = new AbortController();
  const goesOn = () => !done.signal.aborted;
  const own = pages.filter((_, index) => index % 2 === 1).map((visitor) => playOwn(visitor, goesOn));
  const light: number[] = [];
  const asking = (async () => {
    while (goesOn()) {
      const asked = performance.now();
      await pages[0]!.get('/api/workshop');
      light.push(performance.now() - asked);
      await sleep(lightPause);
    }
  })();

  const used = processorTime(pids[0]!);
  const started = performance.now();
  const took: number[] = [];
  const late: number[] = [];
  const until = performance.now() + measured;
  while (performance.now() < until) {
    const run = (await driver.post('/api/sandboxes', driverChoice)).json as { id: string; header: TraceHeader };
    await driver.drive({ do: 'show', sandboxes: [run.id], steps: null, selected: null });
    for (let step = 1; step <= run.header.scenario.steps.length && performance.now() < until; step++) {
      await sleep(driverPause);
      arrivals = [];
      const pressed = performance.now();
      await driver.post(`/api/sandboxes/${run.id}/steps`, { upTo: step });
      const answered = performance.now();
      while (arrivals.length < participants) await sleep(2);
      took.push(...arrivals.map((at) => at - pressed));
      late.push(...arrivals.map((at) => Math.max(0, at - answered)));
    }
  }
  const busy = (processorTime(pids[0]!) - used) / (performance.now() - started);
  done.abort();
  await Promise.all([...own, asking]);
  const memory = residentBytes(pids);
  await stop();

  const processes = workers === 0 ? '' : `, ${workers === 1 ? '1 worker' : `${workers} workers`}`;
  const people = `${participants === 1 ? '1 participant' : `${participants} participants`}${processes}`;
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  const step = percentile(took, 99);
  const call = percentile(light, 99);
  return [
    {
      what: `room of ${people}: step of the driver -> on all pages, p99`,
      figure: ms(step),
      aim: { words: 'under 300 ms', met: step < 300 },
    },
    { what: '  the median', figure: ms(percentile(took, 50)), aim: null },
    { what: '  after the driver’s own answer, p99', figure: ms(percentile(late, 99)), aim: null },
    { what: '  a light call, p99', figure: ms(call), aim: { words: 'under 200 ms', met: call < 200 } },
    { what: '  how busy its first process is', figure: `${(busy * 100).toFixed(0)} % of a processor`, aim: null },
    {
      what: '  resident memory of the server',
      figure: memory === null ? 'unknown' : `${(memory / megabyte).toFixed(0)} MB`,
      aim: memory === null ? null : { words: 'under 1024 MB', met: memory < 1024 * megabyte },
    },
  ];
}

/** Plays runs one after the other at the pace of somebody who reads. */
async function playOwn(visitor: ReturnType<typeof workshopVisitor>, goesOn: () => boolean): Promise<void> {
  // They do not begin at the same moment.
  await sleep(Math.random() * ownPause);
  while (goesOn()) {
    const { id, header } = (await visitor.post('/api/sandboxes', ownChoice)).json;
    for (let step = 1; step <= header.scenario.steps.length && goesOn(); step++) {
      await visitor.post(`/api/sandboxes/${id}/steps`, { upTo: step });
      await sleep(ownPause);
    }
    await visitor.end(id);
  }
}

/** @returns milliseconds of processor time that the process has used; NaN where the system does not tell */
function processorTime(pid: number): number {
  try {
    // The name in parentheses may have spaces. The fields after it: utime is the 12th, stime the 13th, in hundredths of a second.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

/** @returns the sum of the processes; null where the system does not tell */
function residentBytes(pids: readonly number[]): number | null {
  try {
    const kilobytes = pids.map((pid) => /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    return kilobytes.reduce((sum, of) => sum + Number(of) * 1024, 0);
  } catch {
    return null;
  }
}
