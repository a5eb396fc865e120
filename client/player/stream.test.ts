import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { followWith } from './stream.ts';

/** An EventSource whose messages and failures are those of the test. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  static all: Source[] = [];
  readyState = 1;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    super();
    Source.all.push(this);
  }
  close() {
    this.readyState = Source.CLOSED;
  }
  fail(readyState: number) {
    this.readyState = readyState;
    this.onerror?.();
  }
}

const newest = () => Source.all.at(-1)!;
const event = (seq: number) => ({ data: JSON.stringify({ seq }) });
const send = vi.fn<typeof fetch>();
const listener = { receive: vi.fn(), lost: vi.fn(), gone: vi.fn() };
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  Source.all = [];
  stop = followWith(Source as unknown as typeof EventSource, send)('/api/sandboxes/1/events', listener);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('the event stream', () => {
  test('what arrives together is delivered together, with the time', () => {
    newest().dispatchEvent(new MessageEvent('clock', { data: '{"now":70}' }));
    newest().onmessage!(event(0));
    newest().onmessage!(event(1));
    vi.advanceTimersByTime(20);
    expect(listener.receive.mock.calls).toEqual([[[{ seq: 0 }, { seq: 1 }], 70]]);
  });

  test('a lost connection is told, and left to EventSource', () => {
    newest().fail(0);
    expect(listener.lost).toHaveBeenCalledOnce();
    expect([Source.all.length, send.mock.calls.length]).toEqual([1, 0]);
  });

  test('an answer that says the sandbox does not exist means that it is gone', async () => {
    send.mockResolvedValue(new Response(null, { status: 404 }));
    newest().fail(Source.CLOSED);
    await vi.waitFor(() => expect(listener.gone).toHaveBeenCalledOnce());
  });

  test('while no server answers it is asked again, and followed once it does', async () => {
    send.mockRejectedValueOnce(new TypeError('fetch failed'));
    send.mockResolvedValueOnce(new Response(null, { status: 502 }));
    send.mockResolvedValueOnce(new Response(null, { status: 200 }));
    newest().fail(Source.CLOSED);
    await vi.advanceTimersByTimeAsync(2_500);
    expect([send.mock.calls.length, Source.all.length]).toEqual([3, 2]);
    newest().onmessage!(event(4));
    vi.advanceTimersByTime(20);
    expect(listener.receive).toHaveBeenCalledWith([{ seq: 4 }], null);
    expect(listener.gone).not.toHaveBeenCalled();
  });

  test('a server that falls silent counts as lost, and is asked again', async () => {
    send.mockResolvedValue(new Response(null, { status: 200 }));
    await vi.advanceTimersByTimeAsync(20_000);
    newest().dispatchEvent(new MessageEvent('clock', { data: '{"now":70}' }));
    await vi.advanceTimersByTimeAsync(24_000);
    expect(listener.lost).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(listener.lost).toHaveBeenCalledOnce();
    expect([Source.all[0]!.readyState, Source.all.length]).toEqual([Source.CLOSED, 2]);
  });

  test('stopped, it tells nothing any more', async () => {
    newest().onmessage!(event(0));
    send.mockResolvedValue(new Response(null, { status: 404 }));
    newest().fail(Source.CLOSED);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(listener.receive).not.toHaveBeenCalled();
    expect(listener.gone).not.toHaveBeenCalled();
  });
});
