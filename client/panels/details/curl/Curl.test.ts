import { expect, test } from 'vitest';
import { read } from '../../../../scenarios/engine/read.ts';
import { header, type SketchOf, traceOf } from '../../../../testing/trace.ts';
import { nothingOpen, type PlayerState } from '../../../player/state.ts';
import { curlFor } from './Curl.tsx';

const sent = (url: string): SketchOf<'request'> => ({
  type: 'request',
  id: 1,
  actor: 'alice',
  method: 'GET',
  url,
  headers: [],
  forwarded: [],
  body: null,
  note: null,
  cookies: [],
});
const answeredBy = (by: string): SketchOf<'response'> => ({
  type: 'response',
  request: 1,
  status: 200,
  statusText: 'OK',
  headers: [],
  body: '',
  ms: 1,
  by,
  cookies: [],
});
const exchangeOf = (url: string, by?: string) =>
  read(traceOf(sent(url), ...(by === undefined ? [] : [answeredBy(by)]))).exchanges[0]!;

const ports = { app: 4001, 'app 2': 4002, 'localhost:3001': 4003, 'https://evil.example': 4004 };
const playing: PlayerState = {
  ...nothingOpen,
  status: 'ready',
  sandbox: { id: 'test', header, recorded: 0, ports, accounts: [] },
};

test.each([
  ['https://shop.example/me', 'app', 4001],
  ['https://shop.example/me', 'app 2', 4002],
  ['https://shop.example/me', 'cache', 4001],
  ['https://shop.example/me', undefined, 4001],
  ['http://localhost:3001/me', 'localhost:3001', 4003],
  ['http://localhost:3001/me', undefined, 4003],
  ['https://evil.example/', 'https://evil.example', 4004],
])('sends %s, answered by %s, to port %i', (url, by, port) => {
  expect(curlFor(exchangeOf(url, by), playing)).toMatchObject({ text: expect.stringContaining(`127.0.0.1:${port}/`) });
});

test('says why there is no command when the sandbox is ended', () => {
  const ended = { ...playing, status: 'ended' } as const;
  expect(curlFor(exchangeOf('https://shop.example/me', 'app'), ended)).toContain('This sandbox no longer exists');
});
