import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ServerSentEvent } from '../../../scenarios/engine/cast.ts';
import { read } from '../../../scenarios/engine/read.ts';
import type { EventOf, TraceEvent } from '../../../scenarios/engine/trace.ts';
import { endSandboxes, lessonOf, logIn, openSandbox } from '../../../testing/lesson.ts';
import { openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import type { Sandbox } from '../sandbox.ts';
import { createEventParser } from './streams.ts';

describe('a stream of events', () => {
  const parsed = (...pieces: string[]) => {
    const events: ServerSentEvent[] = [];
    const parse = createEventParser((event) => events.push(event));
    for (const piece of pieces) parse(piece);
    return events.map(({ name, data }) => `${name} ${data}`);
  };

  test.each([
    [['event: a\ndata: 1\n\n'], ['a 1']],
    [
      ['event: a\nda', 'ta: 1\n', '\nevent: b\ndata: 2\n\n'],
      ['a 1', 'b 2'],
    ],
    [['data: 1\ndata:2\n\n'], ['message 1\n2']],
    [[': a comment\n\nevent: a\ndata: {}\n\n'], ['a {}']],
    [['event: without data\n\n'], []],
    [['event: a\ndata: 1'], []],
  ])('%j is read as %j', (pieces, events) => {
    expect(parsed(...pieces)).toEqual(events);
  });
});

describe('a response that stays open', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await openTestRedis('mock');
  });
  afterEach(endSandboxes);
  afterAll(() => redis.close());

  type Acts = Parameters<typeof lessonOf>;
  const open: Acts[number] = ({ alice }) => alice.get('/account/events');
  const order: Acts[number] = ({ alice }) => alice.post('/orders');

  async function play(...acts: Acts): Promise<Sandbox> {
    const sandbox = await openSandbox(redis.redisSwitch, { scenario: lessonOf(...acts) });
    for (const { error } of await sandbox.playTo(acts.length)) expect(error).toBeNull();
    return sandbox;
  }
  const ofType = <Type extends TraceEvent['type']>({ trace }: Sandbox, type: Type) =>
    trace.events.filter((event): event is EventOf<Type> => event.type === type);
  const ends = (sandbox: Sandbox) => ofType(sandbox, 'stream-ended').map(({ step, actor, how }) => [step, actor, how]);

  test('is recorded when its head is here, and each event when it comes', async () => {
    const sandbox = await play(logIn, open, order);
    const { id } = ofType(sandbox, 'request').find(({ url }) => url.endsWith('/account/events'))!;
    const response = ofType(sandbox, 'response').find(({ request }) => request === id)!;
    expect(response).toMatchObject({ status: 200, body: '', step: 1, code: { file: 'server/app/account/events.ts' } });
    expect(ofType(sandbox, 'stream-message')).toMatchObject([
      { step: 2, request: id, actor: 'alice', name: 'order_placed' },
    ]);
    const { stream } = read(sandbox.trace).exchanges.find(({ request }) => request.id === id)!;
    expect(stream).toMatchObject({ messages: [{ name: 'order_placed' }], ended: null });
  });

  test('is told to the step, which can ask what has come', async () => {
    const seen: unknown[] = [];
    await play(logIn, open, order, ({ alice: { events, openStreams, last } }) => {
      seen.push(
        openStreams,
        events.map(({ name }) => name),
        last.text,
      );
    });
    expect(seen.slice(0, 2)).toEqual([1, ['order_placed']]);
  });

  test('is checked before each event: the record of its session is read', async () => {
    const sandbox = await play(logIn, open, order);
    const message = ofType(sandbox, 'stream-message')[0]!;
    const asked = ofType(sandbox, 'command')
      .filter(({ seq, name }) => name === 'get' && seq < message.seq)
      .at(-1)!;
    expect(asked.sid).not.toBeNull();
    expect(asked.step).toBe(2);
  });

  test('ends with its session', async () => {
    const sandbox = await play(logIn, open, ({ alice }) => alice.post('/auth/logout'));
    expect(ends(sandbox)).toEqual([[2, 'alice', 'ended']]);
  });

  test('breaks when the app restarts, whose new processes know nothing of it', async () => {
    const sandbox = await play(logIn, open, ({ world }) => world.restart(), order);
    expect(ends(sandbox)).toEqual([[2, 'alice', 'broken']]);
    expect(ofType(sandbox, 'stream-message')).toEqual([]);
  });

  test('is closed with the browser, and the app forgets it', async () => {
    const sandbox = await play(
      ...[logIn, open, logIn],
      ({ alice }) => alice.closeBrowser(),
      ({ mallory }) => mallory.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' }),
      ({ mallory }) => mallory.post('/orders'),
    );
    expect(ends(sandbox)).toMatchObject([[2, 'alice', 'ended']]);
    const another = await play(logIn, open, ({ alice }) => alice.closeBrowser());
    expect(ends(another)).toEqual([[2, 'alice', 'closed']]);
  });

  test('is one of ten at most: one more closes the oldest', async () => {
    // Five for each session: the app ends more.
    const five: Acts[number] = async ({ alice }) => {
      for (let count = 0; count < 5; count++) await alice.get('/account/events');
    };
    let openThen = 0;
    const sandbox = await play(
      ...[logIn, five],
      ({ alice }) => alice.deleteCookie(),
      ...[logIn, five],
      ({ alice }) => alice.deleteCookie(),
      ...[logIn, open],
      ({ alice }) => {
        openThen = alice.openStreams;
      },
    );
    expect(openThen).toBe(10);
    expect(ends(sandbox)).toEqual([[7, 'alice', 'closed']]);
  });

  test('does not outlive its sandbox', async () => {
    const sandbox = await play(logIn, open);
    await sandbox.end('enough');
    expect(ofType(sandbox, 'stream-ended')).toHaveLength(1);
    expect(sandbox.trace.events.at(-1)?.type).toBe('ended');
  });
});
