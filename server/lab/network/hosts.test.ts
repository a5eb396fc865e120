import express from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { elsewhere, type Message, shopFront } from './hosts.ts';
import { type Edge, openEdge } from './reverseProxy.ts';
import { createSharedCache } from './sharedCache.ts';

const app = express();
let handled = 0;
app.get('/cached', (_req, res) => void res.set('Cache-Control', 'public, max-age=60').send(`${++handled}`));
app.all('/echo', ({ rawHeaders }, res) => void res.json(rawHeaders));

let edges: Edge[];
beforeEach(async () => {
  edges = [await openEdge(() => app), await openEdge(() => app)];
});
afterEach(() => Promise.all(edges.map((edge) => edge.close())));

const instances = () => edges.map((edge, index) => ({ name: index === 0 ? 'app' : `app ${index + 1}`, edge }));
const message = (path: string, headers: Header[] = [], origin = 'https://shop.example'): Message => ({
  ...{ method: 'GET', url: new URL(path, origin), body: null, address: '203.0.113.7' },
  headers: [['Host', new URL(origin).host], ...headers],
});
const received = (body: string, name: string) => {
  const raw = JSON.parse(body) as string[];
  return raw.filter((_, index) => index % 2 === 1 && raw[index - 1]!.toLowerCase() === name);
};

test('the front says over what a request came and from where; what the visitor says of that is only a part of it', async () => {
  const front = shopFront(instances, null, () => {});
  const claims: Header[] = [
    ['X-Forwarded-For', '198.51.100.1'],
    ['x-forwarded-proto', 'https'],
  ];
  const { body } = await front.answer(message('/echo', claims, 'http://shop.example'), 1);
  expect(received(body, 'x-forwarded-for')).toEqual(['198.51.100.1, 203.0.113.7']);
  expect(received(body, 'x-forwarded-proto')).toEqual(['http']);
});

test('requests are dealt to the instances in turn, and each says which one it was', async () => {
  const front = shopFront(instances, null, () => {});
  const by: string[] = [];
  for (let request = 1; request <= 4; request++) by.push((await front.answer(message('/echo'), request)).by);
  expect(by).toEqual(['app', 'app 2', 'app', 'app 2']);
});

test('the front writes down who asked for what, query and all', async () => {
  const log: string[] = [];
  const front = shopFront(instances, null, (line) => log.push(line));
  await front.answer(message('/echo?sid=secret'), 1);
  await front.answer(message('/nowhere'), 2);
  expect(log).toEqual(['203.0.113.7 "GET /echo?sid=secret HTTP/1.1" 200', '203.0.113.7 "GET /nowhere HTTP/1.1" 404']);
});

test('what the shared cache has the app is not asked for, and it says who answered', async () => {
  const front = shopFront(instances, createSharedCache(), () => {});
  const [first, second] = [await front.answer(message('/cached'), 1), await front.answer(message('/cached'), 2)];
  expect([first.by, second.by]).toEqual(['app', 'cache']);
  expect(second.body).toBe(first.body);
});

test('another site is reached without our front, and answers under its origin', async () => {
  const site = elsewhere(edges[0]!);
  const evil = message('/echo', [], 'https://evil.example');
  const { by, body } = await site.answer(evil, 1);
  expect(by).toBe('https://evil.example');
  expect(received(body, 'x-forwarded-for')).toEqual([]);
  expect(site.forwarded(evil)).toEqual([]);
});
