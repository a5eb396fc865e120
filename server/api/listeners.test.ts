import { once } from 'node:events';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { createListeners } from './listeners.ts';

afterEach(() => vi.useRealTimers());

test('an address that is closed tells its readers the last words, and lets them go after two seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const responses: ServerResponse[] = [];
  const listeners = createListeners((_req, res) => {
    responses.push(res);
    res.write('first words');
  });
  const listener = await listeners.listen('127.0.0.1', 0, () => {});
  const address = `http://127.0.0.1:${listener.port}`;
  const [reader] = (await once(get(address), 'response')) as [IncomingMessage];
  let read = '';
  reader.setEncoding('utf8').on('data', (text: string) => {
    read += text;
  });
  const left = new Promise((resolve) => reader.on('error', resolve));
  // Not written at once: several writes are sent together.
  responses[0]!.write(', last');
  responses[0]!.write(' words');
  listener.close();
  await vi.waitFor(() => expect(read).toBe('first words, last words'));
  await expect(fetch(address)).rejects.toThrow();
  expect(reader.destroyed).toBe(false);
  vi.advanceTimersByTime(2_000);
  await left;
});
