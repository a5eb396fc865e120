/** A whole day of 45 minutes, played as fast as it goes: a driver, thirty participants with losses and late ones, and an attacker. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import type { Agenda } from '../../../scenarios/engine/workshop.ts';
import { eventually } from '../../../testing/eventually.ts';
import { closeSites, openSite, type Site } from '../../../testing/site.ts';
import { type RoomStream, type WorkshopVisitor, workshopVisitor } from '../../../testing/workshopVisitor.ts';

let site: Site;
afterEach(closeSites);

/** A participant whose connection is lost now and then. What has arrived stays, as on a page. */
async function arrive(number: number, code: string) {
  const visitor = workshopVisitor(site.port, `127.0.2.${number}`);
  const entered = await visitor.enter({ code });
  expect(entered.status).toBe(201);
  const handle: string = entered.json.handle;
  const follower = {
    post: visitor.post,
    handle,
    page: (await visitor.stream()) as RoomStream,
    async loseConnection(): Promise<void> {
      const { page } = follower;
      page.cut();
      follower.page = await visitor.stream({ resume: page });
      follower.page.room ??= page.room;
    },
  };
  return follower;
}

type Follower = Awaited<ReturnType<typeof arrive>>;

/** Tries what is not theirs, all the time. Returns every answer that was not a refusal. */
async function attack(eve: WorkshopVisitor, signal: AbortSignal): Promise<string[]> {
  const gained: string[] = [];
  const tries: [string, object][] = [
    ['/api/workshop/drive', { do: 'reset-all' }],
    ['/api/workshop/drive', { do: 'reveal' }],
    ['/api/workshop/drive', { do: 'end' }],
    ['/api/workshop/keys', { role: 'driver' }],
    ['/api/workshop/presses', { button: 'next' }],
    ['/api/workshop/answers', { question: 0, variant: 'vulnerable', choice: -1 }],
    ['/api/workshop/answers', { question: 1e9, variant: 'vulnerable', choice: 0 }],
    ['/api/workshop/enter', { key: 'AAAAAAAAAAAAAAAAAAAAAA', takeOver: true }],
    ['/api/workshop', {}],
  ];
  while (!signal.aborted) {
    for (const [path, body] of tries) {
      const { status } = await eve.post(path, body);
      if (status < 400) gained.push(`${path} ${JSON.stringify(body)}`);
    }
    const page = await eve.stream({ keepText: false });
    await sleep(20);
    page.cut();
  }
  return gained;
}

test.each([
  ['one process', 0],
  ['a worker', 1],
])(
  'with %s, everybody sees the whole day, every answer is counted once, and the attacker gets nothing',
  {
    timeout: 300_000,
  },
  async (_, workers) => {
    site = await openSite({ workers });
    const driver = workshopVisitor(site.port, '127.0.0.1');
    await driver.enter({ key: (await driver.post('/api/workshop', {})).json.key });
    const desk = await driver.stream();
    const code = await eventually(() => desk.room!.code);
    const agenda: Agenda = (await driver.put('/api/workshop/agenda', { name: '45-minutes' })).json.chosen;

    const room: Follower[] = [];
    for (let number = 1; number <= 24; number++) room.push(await arrive(number, code));
    const over = new AbortController();
    const eve = workshopVisitor(site.port, '127.0.3.1');
    await eve.enter({ code });
    const attacked = attack(eve, over.signal).catch((error: Error) => [error.message]);

    let questions = 0;
    let given = 0;
    const slowest: number[] = [];
    for (const { slug, variant } of agenda.scenarios) {
      const variants = variant === 'both' ? (['vulnerable', 'protected'] as const) : [variant];
      const runs = await Promise.all(
        variants.map(async (variant) => {
          const { status, json } = await driver.post('/api/sandboxes', { scenario: slug, variant, store: 'mock' });
          expect(status).toBe(201);
          return json.id as string;
        }),
      );
      await driver.drive({ do: 'show', sandboxes: runs, steps: null, selected: null });
      const { steps } = site.trace(runs[0]!).header.scenario;
      for (let step = 0; step < steps.length; step++) {
        if ((await driver.drive({ do: 'ask', step })).status === 200) {
          questions += 1;
          const question = await eventually(() => {
            const asked = room.map(({ page }) => page.room?.question);
            for (const one of asked) expect(one).toMatchObject({ scenario: slug, step, phase: 'open' });
            return asked[0]!;
          });
          for (const [index, one] of room.entries())
            for (const variant of question.variants) {
              const choice = index % question.choices.length;
              const { status } = await one.post('/api/workshop/answers', { question: question.id, variant, choice });
              expect(status).toBe(204);
              given += 1;
            }
          await eventually(() => expect(room[0]!.page.room?.question?.answered).toBe(room.length));
          expect(room[0]!.page.room?.question?.counts).toBeNull();
        }
        // Somebody's phone sleeps while the step is played.
        const sleeper = room[(questions + step) % room.length]!;
        const woken = sleeper.loseConnection();
        const started = performance.now();
        for (const id of runs)
          expect((await driver.post(`/api/sandboxes/${id}/steps`, { upTo: step + 1 })).status).toBe(200);
        slowest.push(performance.now() - started);
        await woken;
        if (questions > 0) await driver.drive({ do: 'reveal' });
        // Six come late, and some try it themselves.
        if (room.length < 30 && step % 2 === 1) room.push(await arrive(room.length + 1, code));
        if (step === 2) {
          const own = { scenario: slug, variant: 'vulnerable', store: 'mock', playTo: 2 };
          const opened = await Promise.all(room.slice(0, 5).map((one) => one.post('/api/sandboxes', own)));
          for (const { status } of opened) expect(status).toBe(201);
        }
      }

      // Those who were away have seen the same as everybody else.
      const expected = runs.map((id) => site.trace(id).events);
      await eventually(() => {
        for (const { page } of room) {
          const shown = page.room!.shown!.runs;
          const seen = shown.map((run) => page.runs.get(run)!.events);
          expect(seen.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
          for (const [index, events] of seen.entries())
            expect(withoutNames(events, shown[index]!)).toBe(withoutNames(expected[index]!, runs[index]!));
        }
      });
    }

    await eventually(() => expect(desk.driver?.participants).toHaveLength(31));
    const summary = (await driver.get('/api/workshop/summary.csv')).text.split('\r\n').slice(1, -1);
    const counted = summary.reduce((sum, line) => sum + Number(/(\d+)$/.exec(line)![1]), 0);
    expect(questions).toBeGreaterThan(5);
    expect(counted).toBe(given);
    for (const { page, handle } of room) {
      const others = room.filter((other) => other.handle !== handle);
      expect(others.filter((other) => page.text.includes(other.handle))).toEqual([]);
    }

    const { json } = await driver.drive({ do: 'reset-all' });
    expect(json.ended).toBeGreaterThan(0);
    await driver.drive({ do: 'end' });
    over.abort();
    expect(await attacked).toEqual([]);
    expect(site.logged).toEqual([]);
    expect(Math.max(...slowest)).toBeLessThan(10_000);
  },
);

const withoutNames = (events: readonly TraceEvent[], name: string) => JSON.stringify(events).replaceAll(name, '');
