import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { followWith } from './stream.ts';

/** An EventSource that the tests control. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  static all: Source[] = [];
  readyState = 1;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly address: string;
  constructor(address: string) {
    super();
    this.address = address;
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
const listener = { receive: vi.fn(), lost: vi.fn(), notFound: vi.fn(), died: vi.fn() };
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
  test('events that arrive together are delivered together, with the clock', () => {
    newest().dispatchEvent(new MessageEvent('clock', { data: '{"now":70}' }));
    newest().onmessage!(event(0));
    newest().onmessage!(event(1));
    vi.advanceTimersByTime(20);
    expect(listener.receive.mock.calls).toEqual([[[{ seq: 0 }, { seq: 1 }], 70]]);
  });

  test('a lost connection is reported, and EventSource restores it', () => {
    newest().fail(0);
    expect(listener.lost).toHaveBeenCalledOnce();
    expect([Source.all.length, send.mock.calls.length]).toEqual([1, 0]);
  });

  test('a 404 means that the sandbox no longer exists', async () => {
    send.mockResolvedValue(new Response(null, { status: 404 }));
    newest().fail(Source.CLOSED);
    await eventually(() => expect(listener.notFound).toHaveBeenCalledOnce());
  });
  test('a 410 means that the process that had the sandbox has died', async () => {
    send.mockResolvedValue(new Response(null, { status: 410 }));
    newest().fail(Source.CLOSED);
    await eventually(() => expect(listener.died).toHaveBeenCalledOnce());
  });

  test('without an answer it asks again, and follows the stream once the server answers', async () => {
    send.mockRejectedValueOnce(new TypeError('fetch failed'));
    send.mockResolvedValueOnce(new Response(null, { status: 502 }));
    send.mockResolvedValueOnce(new Response(null, { status: 200 }));
    newest().fail(Source.CLOSED);
    await vi.advanceTimersByTimeAsync(2_500);
    expect([send.mock.calls.length, Source.all.length]).toEqual([3, 2]);
    newest().onmessage!(event(4));
    vi.advanceTimersByTime(20);
    expect(listener.receive).toHaveBeenCalledWith([{ seq: 4 }], null);
    expect(listener.notFound).not.toHaveBeenCalled();
  });

  test('that has to be opened anew continues after the last event', async () => {
    send.mockResolvedValue(new Response(null, { status: 200 }));
    newest().onmessage!(event(0));
    newest().onmessage!(event(7));
    newest().fail(Source.CLOSED);
    await eventually(() => expect(Source.all).toHaveLength(2));
    expect(Source.all.map(({ address }) => address)).toEqual([
      '/api/sandboxes/1/events',
      '/api/sandboxes/1/events?after=7',
    ]);
  });

  test('a silent server counts as lost, and is asked again', async () => {
    send.mockResolvedValue(new Response(null, { status: 200 }));
    await vi.advanceTimersByTimeAsync(20_000);
    newest().dispatchEvent(new MessageEvent('clock', { data: '{"now":70}' }));
    await vi.advanceTimersByTimeAsync(24_000);
    expect(listener.lost).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(listener.lost).toHaveBeenCalledOnce();
    expect([Source.all[0]!.readyState, Source.all.length]).toEqual([Source.CLOSED, 2]);
  });

  test('nothing is reported after it was stopped', async () => {
    newest().onmessage!(event(0));
    send.mockResolvedValue(new Response(null, { status: 404 }));
    newest().fail(Source.CLOSED);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(listener.receive).not.toHaveBeenCalled();
    expect(listener.notFound).not.toHaveBeenCalled();
  });
});
