import type { Response } from 'express';
import type { Clock } from '../../scenarios/engine/api.ts';
import { seconds } from '../../scenarios/engine/durations.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import type { Sandbox } from '../lab/sandbox.ts';
import { sendInTime } from './sendInTime.ts';

/** Often enough to keep a proxy from closing the connection, and the page's clock from drifting. Milliseconds. */
const clockInterval = seconds(10);

/**
 * Sends a trace as server-sent events: first what happened after event number `after` (-1: everything), then what happens. The
 * trace is all that waits for a slow reader. One that takes nothing for a while is let go: it resumes after its last event.
 */
export function streamTrace(sandbox: Sandbox, after: number, res: Response, stopped: () => void): void {
  res.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  res.flushHeaders();

  let sent = after;
  const next = (): string | null => {
    const event = sandbox.trace.events[sent + 1];
    if (!event) return null;
    sent += 1;
    return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
  };
  const isWhole = () => sandbox.trace.events[sent]?.type === 'ended';
  const sendClock = () => {
    // A reader that is behind gets events, not clocks.
    if (res.writableNeedDrain) return;
    res.write(`event: clock\ndata: ${JSON.stringify({ now: sandbox.now() } satisfies Clock)}\n\n`);
  };

  sendClock();
  const sendWhatIsNew = sendInTime(res, next, isWhole);
  const unsubscribe = sandbox.subscribe(sendWhatIsNew);
  const ticking = setInterval(sendClock, clockInterval);
  res.on('close', () => {
    clearInterval(ticking);
    unsubscribe();
    stopped();
  });
}

/** Sends a whole trace as JSON: `{ "trace": … }`. The trace can be long, so it is not written to memory first. */
export function sendTrace({ events, ...trace }: Trace, res: Response): void {
  res.type('json');
  // The sandbox may go on meanwhile.
  const { length } = events;
  const start = JSON.stringify({ trace: { ...trace, events: [] } }).slice(0, -']}}'.length);
  let sent = -1;
  const next = (): string | null => {
    if (sent > length) return null;
    const index = sent++;
    if (index === -1) return start;
    return index === length ? ']}}' : `${index === 0 ? '' : ','}${JSON.stringify(events[index])}`;
  };
  sendInTime(res, next, () => true);
}
