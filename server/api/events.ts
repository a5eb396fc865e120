import type { Response } from 'express';
import type { Clock } from '../../scenarios/engine/api.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import type { Sandbox } from '../lab/sandbox.ts';

/** Often enough to keep a proxy from closing the connection, and the page's clock from drifting. Milliseconds. */
const clockInterval = 10_000;

/**
 * Sends a trace as server-sent events: first what happened after event number `after` (-1: everything), then what happens.
 * Past and future are joined in one tick, so no event is lost or sent twice.
 */
export function streamTrace(sandbox: Sandbox, after: number, res: Response, stopped: () => void): void {
  res.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  res.flushHeaders();

  const sendClock = () =>
    res.write(`event: clock\ndata: ${JSON.stringify({ now: sandbox.now() } satisfies Clock)}\n\n`);
  const send = (event: TraceEvent) => {
    res.write(`id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
    if (event.type === 'ended') res.end();
  };

  sendClock();
  for (const event of sandbox.trace.events.slice(after + 1)) send(event);
  const unsubscribe = sandbox.subscribe(send);
  const ticking = setInterval(sendClock, clockInterval);
  res.on('close', () => {
    clearInterval(ticking);
    unsubscribe();
    stopped();
  });
}
