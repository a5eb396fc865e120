import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventually } from '../../../testing/eventually.ts';
import { followRoom, type RoomStream, waitBefore } from './roomStream.ts';

/** A server's answers, which the test writes. */
let writers: WritableStreamDefaultWriter<Uint8Array>[];
let asked: Headers[];
let refusal: { status: number; code: string } | null;
const listener = { message: vi.fn(), lost: vi.fn(), refused: vi.fn() };
let stream: RoomStream;

const send: typeof fetch = async (_, options) => {
  asked.push(new Headers(options?.headers));
  if (refusal) {
    const { status, code } = refusal;
    return Response.json({ error: { code, message: 'No.' } }, { status });
  }
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  // What the server has not written yet is thrown away with the connection.
  options?.signal?.addEventListener('abort', () => void writer.abort().catch(() => {}));
  writers.push(writer);
  return new Response(readable);
};
const write = (text: string) => writers.at(-1)!.write(new TextEncoder().encode(text));

beforeEach(() => {
  vi.resetAllMocks();
  writers = [];
  asked = [];
  refusal = null;
  vi.spyOn(Math, 'random').mockReturnValue(0);
  stream = followRoom(send, listener);
});
afterEach(() => stream.stop());

test('messages arrive by their names, also when they come in pieces', async () => {
  await eventually(() => expect(writers).toHaveLength(1));
  void write('event: room\ndata: {"code"');
  void write(':1}\n\n: here\n\ndata: 2\n\n');
  await eventually(() =>
    expect(listener.message.mock.calls).toEqual([
      ['room', '{"code":1}'],
      ['', '2'],
    ]),
  );
});

test('a lost connection is said, and made anew after the last event', async () => {
  await eventually(() => expect(writers).toHaveLength(1));
  void write('id: a:7\ndata: 1\n\nevent: room\ndata: 2\n\n');
  await eventually(() => expect(listener.message).toHaveBeenCalledTimes(2));
  await writers[0]!.close();
  await eventually(() => expect(listener.lost).toHaveBeenCalledOnce());
  await eventually(() => expect(asked.map((headers) => headers.get('last-event-id'))).toEqual([null, 'a:7']));
});

test('when the page wakes, a lost connection is tried at once', async () => {
  vi.mocked(Math.random).mockReturnValue(1e6);
  await eventually(() => expect(writers).toHaveLength(1));
  await writers[0]!.close();
  await eventually(() => expect(listener.lost).toHaveBeenCalledOnce());
  expect(asked).toHaveLength(1);
  stream.wake();
  await eventually(() => expect(asked).toHaveLength(2));
});

test('a role that the server does not know any more is not asked for again; a busy server is', async () => {
  await eventually(() => expect(writers).toHaveLength(1));
  refusal = { status: 429, code: 'too-many' };
  await writers[0]!.close();
  await eventually(() => expect(asked.length).toBeGreaterThan(1));
  expect(listener.refused).not.toHaveBeenCalled();
  refusal = { status: 401, code: 'unknown-token' };
  stream.wake();
  await eventually(() => expect(listener.refused).toHaveBeenCalledOnce());
  expect(listener.refused.mock.calls[0]![0]).toMatchObject({ code: 'unknown-token', message: 'No.' });
});

test('each try waits longer, up to ten seconds, and no two pages equally long', () => {
  expect([0, 1, 2, 9].map((tries) => waitBefore(tries, 0.5))).toEqual([500, 1000, 2000, 10_000]);
  expect(waitBefore(3, 0)).toBeLessThan(waitBefore(3, 1));
});
