import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { choicesFor } from '../../../scenarios/engine/choices.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import {
  type DriveAction,
  driverView,
  participantView,
  roomView,
  runOpened,
  workshopKey,
} from '../../../scenarios/engine/workshop.ts';
import { eventually } from '../../../testing/eventually.ts';
import { closeSites, openSite, type Site } from '../../../testing/site.ts';
import { type WorkshopVisitor, workshopVisitor } from '../../../testing/workshopVisitor.ts';

let site: Site;
let driver: WorkshopVisitor;
let code: string;

beforeEach(async () => {
  site = await openSite();
  driver = workshopVisitor(site.port, '127.0.0.1');
  const { status, json } = await driver.post('/api/workshop', {});
  expect(status).toBe(201);
  const { key, address } = workshopKey.parse(json);
  expect(address).toBe(`http://localhost:${site.port}/room/drive#${key}`);
  expect((await driver.enter({ key })).json).toMatchObject({ role: 'driver', handle: null });
  const desk = await driver.stream();
  code = await eventually(() => desk.room!.code);
  desk.cut();
});
afterEach(closeSites);

/** Somebody enters from an address of their own. */
async function participant(from: string): Promise<WorkshopVisitor & { handle: string }> {
  const visitor = workshopVisitor(site.port, from);
  const { status, json } = await visitor.enter({ code });
  expect(status).toBe(201);
  return Object.assign(visitor, { handle: json.handle as string });
}

const openRun = async (choice: object = {}) =>
  (
    await driver.post('/api/sandboxes', {
      scenario: 'session-fixation',
      variant: 'vulnerable',
      store: 'mock',
      ...choice,
    })
  ).json as { id: string };
const play = (id: string, upTo: number) => driver.post(`/api/sandboxes/${id}/steps`, { upTo });
const show = (...sandboxes: string[]) => driver.drive({ do: 'show', sandboxes, steps: null, selected: null });
const played = (events: readonly TraceEvent[]) => events.filter(({ type }) => type === 'step-ended').length;

describe('what the room follows', () => {
  test('is the trace of the driver’s run, event by event, under a name that gives no right to the sandbox', async () => {
    const { id } = await openRun();
    const ada = await participant('127.0.0.2');
    const page = await ada.stream();
    await show(id);
    await play(id, 3);
    const { events, header } = site.trace(id);
    await eventually(() => expect([...page.runs.values()][0]?.events).toHaveLength(events.length));
    const [[name, run]] = [...page.runs] as [[string, { header: object; events: TraceEvent[] }]];
    const renamed = JSON.parse(JSON.stringify({ header, events }).replaceAll(id, name));
    expect(run).toEqual(renamed);
    expect(runOpened.parse({ run: name, header: run.header })).toBeTruthy();
    expect(page.text).not.toContain(id);
    expect(roomView.parse(page.room)).toMatchObject({
      shown: { scenario: 'session-fixation', variant: 'vulnerable', runs: [name], steps: null },
    });
    expect((await ada.post(`/api/sandboxes/${name}/steps`, { upTo: 4 })).status).toBe(404);
  });

  test('a late one lands at the moment, and a lost connection goes on where it was', async () => {
    const { id } = await openRun();
    await show(id);
    await play(id, 2);
    const ada = await participant('127.0.0.2');
    const page = await ada.stream();
    await eventually(() => expect(played([...page.runs.values()][0]?.events ?? [])).toBe(2));
    await eventually(() => expect(page.lastId).not.toBe(''));
    page.cut();
    await play(id, 5);
    const again = await ada.stream({ resume: page });
    const { events } = site.trace(id);
    const known = Number(page.lastId.split(':')[1]);
    await eventually(() => expect([...again.runs.values()][0]!.events).toHaveLength(events.length));
    expect(again.eventMessages).toBe(events.length - known);
    await eventually(() => expect(again.you?.handle).toBe(ada.handle));
  });

  test('both variants are two runs, and a past moment is a number of steps', async () => {
    const [one, two] = [await openRun(), await openRun({ variant: 'protected' })];
    await Promise.all([play(one.id, 3), play(two.id, 3)]);
    const page = await (await participant('127.0.0.2')).stream();
    await driver.drive({ do: 'show', sandboxes: [one.id, two.id], steps: 1, selected: null });
    await eventually(() => expect(page.room?.shown).toMatchObject({ variant: 'both', steps: 1 }));
    const [first, second] = page.room!.shown!.runs;
    expect(page.runs.get(first!)!.header.variant).toBe('vulnerable');
    expect(page.runs.get(second!)!.header.variant).toBe('protected');
  });

  test('the end of the driver’s sandbox is not shown, and a sandbox that is shown is kept', async () => {
    const { id } = await openRun();
    const page = await (await participant('127.0.0.2')).stream();
    await show(id);
    await play(id, 1);
    await driver.post('/api/sandboxes', { scenario: 'idle-timeout', variant: 'vulnerable', store: 'mock' });
    await site.delete(`/api/sandboxes/${id}`);
    const next = await openRun({ scenario: 'idle-timeout' });
    await show(next.id);
    await eventually(() => expect(page.room?.shown?.scenario).toBe('idle-timeout'));
    expect([...page.runs.values()].flatMap(({ events }) => events.map(({ type }) => type))).not.toContain('ended');
  });

  test('a sandbox that does not exist is not shown, and the room keeps what it has', async () => {
    const { id } = await openRun();
    await show(id);
    expect((await show(id, 'none')).json.error.code).toBe('unknown-sandbox');
    const page = await (await participant('127.0.0.2')).stream();
    await eventually(() => expect(page.room?.shown?.runs).toHaveLength(1));
  });
});

describe('a question to the room', () => {
  test('is answered by everybody, counted, answered by its step, and gone with the next one', async () => {
    const { id } = await openRun();
    await show(id);
    const { scenario } = site.trace(id).header;
    const step = scenario.steps.findIndex(({ ask }) => ask && choicesFor(ask, scenario).length > 1);
    await play(id, step);
    const [ada, bob] = [await participant('127.0.0.2'), await participant('127.0.0.3')];
    const page = await ada.stream();
    await bob.stream();
    expect((await driver.drive({ do: 'ask', step })).status).toBe(200);
    await eventually(() => expect(page.room?.question).toMatchObject({ step, phase: 'open', answered: 0, of: 2 }));
    const { id: question } = page.room!.question!;
    const answer = (visitor: WorkshopVisitor, choice: number) =>
      visitor.post('/api/workshop/answers', { question, variant: 'vulnerable', choice });
    expect((await answer(ada, 0)).status).toBe(204);
    expect((await answer(ada, 99)).json.error.code).toBe('bad-request');
    await eventually(() => expect(page.room?.question).toMatchObject({ answered: 1, counts: null }));
    expect(page.you?.answers).toEqual({ vulnerable: 0 });
    await play(id, step + 1);
    await eventually(() => expect(page.room?.question).toMatchObject({ phase: 'played' }));
    expect(page.room?.question?.counts?.vulnerable?.[0]).toBe(1);
    expect((await answer(bob, 0)).json.error.code).toBe('no-question');
    await play(id, step + 2);
    await eventually(() => expect(page.room?.question).toBeNull());
    const csv = await driver.get('/api/workshop/summary.csv');
    expect(csv.status).toBe(200);
  });

  test('must be one that the scenario asks', async () => {
    expect((await driver.drive({ do: 'ask', step: 0 })).json.error.code).toBe('no-question');
    const { id } = await openRun();
    await show(id);
    expect((await driver.drive({ do: 'ask', step: 1000 })).json.error.code).toBe('no-question');
    expect((await driver.drive({ do: 'reveal' })).json.error.code).toBe('no-question');
  });
});

describe('own runs', () => {
  test('are seen by the driver, and all end with a reset', async () => {
    const [ada, bob] = [await participant('127.0.0.2'), await participant('127.0.0.3')];
    const page = await ada.stream();
    const own = (await ada.post('/api/sandboxes', { scenario: 'idle-timeout', variant: 'protected', store: 'mock' }))
      .json;
    await ada.post(`/api/sandboxes/${own.id}/steps`, { upTo: 2 });
    const desk = await driver.stream();
    await eventually(() =>
      expect(driverView.parse(desk.driver).participants).toEqual([
        expect.objectContaining({
          handle: ada.handle,
          here: true,
          own: expect.objectContaining({ scenario: 'idle-timeout', variant: 'protected', played: 2 }),
        }),
        expect.objectContaining({ handle: bob.handle, here: false, own: null }),
      ]),
    );
    expect((await driver.drive({ do: 'reset-all' })).json).toEqual({ ended: 1 });
    expect((await ada.post(`/api/sandboxes/${own.id}/steps`, { upTo: 3 })).json.error.code).toBe('unknown-sandbox');
    await eventually(() => expect(participantView.parse(page.you).resets).toBe(1));
  });
});

describe('roles', () => {
  test('a participant can do nothing that is the driver’s, and sees nothing that is the driver’s', async () => {
    const ada = await participant('127.0.0.2');
    const page = await ada.stream();
    const { id } = await openRun();
    for (const action of [
      { do: 'show', sandboxes: [id], steps: null, selected: null },
      { do: 'screen', shows: 'run' },
      { do: 'reveal' },
      { do: 'reset-all' },
      { do: 'end' },
    ] satisfies DriveAction[])
      expect((await ada.drive(action)).json.error.code).toBe('not-your-role');
    expect((await ada.post('/api/workshop/keys', { role: 'driver' })).json.error.code).toBe('not-your-role');
    expect((await ada.post('/api/workshop/presses', { button: 'next' })).json.error.code).toBe('not-your-role');
    expect((await ada.get('/api/workshop/summary.csv')).json.error.code).toBe('not-your-role');
    expect((await ada.get('/api/workshop/addresses')).json.error.code).toBe('not-your-role');
    expect((await ada.post('/api/workshop', {})).json.error.code).toBe('not-your-role');
    await eventually(() => expect(page.room).not.toBeNull());
    expect(page.driver).toBeNull();
  });

  test('nobody acts without a token, and who has none may not open sandboxes from elsewhere', async () => {
    const eve = workshopVisitor(site.port, '127.0.0.9');
    expect((await eve.stream()).status).toBe(401);
    expect((await eve.drive({ do: 'end' })).json.error.code).toBe('unknown-token');
    expect((await eve.post('/api/workshop/answers', { question: 0, variant: 'vulnerable', choice: 0 })).status).toBe(
      401,
    );
    const choice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock' };
    expect((await eve.post('/api/sandboxes', choice)).json.error.code).toBe('unknown-token');
    expect((await eve.get('/api/workshop')).json).toEqual({ open: true, mayOpen: false });
  });

  test('the remote presses the buttons of the driver’s page, and does nothing else', async () => {
    const desk = await driver.stream();
    const { key, address } = (await driver.post('/api/workshop/keys', { role: 'remote' })).json;
    expect(address).toBe(`http://192.0.2.5:${site.port}/room/remote#${key}`);
    const phone = workshopVisitor(site.port, '127.0.0.4');
    expect((await phone.enter({ key })).json).toMatchObject({ role: 'remote' });
    expect((await phone.post('/api/workshop/presses', { button: 'next' })).status).toBe(204);
    await eventually(() => expect(desk.presses).toEqual(['next']));
    expect((await phone.drive({ do: 'end' })).json.error.code).toBe('not-your-role');
    expect((await phone.post('/api/workshop/presses', { button: 'end' })).status).toBe(400);
    expect((await workshopVisitor(site.port, '127.0.0.5').enter({ key })).json.error.code).toBe('wrong-code');
  });

  test('the room is handed over: the page before is told, can do nothing any more, and the next one learns where to go on', async () => {
    const { id } = await openRun();
    await play(id, 2);
    await show(id);
    const before = await driver.stream();
    const { key } = (await driver.post('/api/workshop/keys', { role: 'driver' })).json;
    const second = workshopVisitor(site.port, '127.0.0.6');
    expect((await second.enter({ key })).json).toMatchObject({ role: 'driver' });
    await before.over;
    expect(before.dismissed).toBe('Another page drives this room now.');
    expect((await driver.drive({ do: 'screen', shows: 'run' })).json.error.code).toBe('unknown-token');
    expect((await second.drive({ do: 'screen', shows: 'run' })).status).toBe(200);
    const after = await second.stream();
    const place = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock', pace: 'jump', step: 2 };
    await eventually(() => expect(after.driver?.place).toEqual(place));
  });

  test('codes are not guessed: after sixty wrong ones a network waits', async () => {
    const eve = workshopVisitor(site.port, '127.0.0.9');
    for (let tries = 0; tries < 60; tries++)
      expect((await eve.enter({ code: 'XXXXXX' })).json.error.code).toBe('wrong-code');
    expect((await eve.enter({ code })).json.error.code).toBe('too-many');
    expect((await workshopVisitor(site.port, '127.0.0.8').enter({ code })).status).toBe(201);
  });
});

describe('an agenda', () => {
  const put = (body: object) => driver.put('/api/workshop/agenda', body);

  test('is one of those that come with the sandbox, or the text of a file', async () => {
    expect((await driver.get('/api/workshop/agendas')).json).toMatchObject({
      chosen: null,
      offered: [{ minutes: 45 }, {}, {}],
    });
    expect((await put({ name: '45-minutes' })).json.chosen.scenarios[0].slug).toBe('first-login');
    const text = `# My day\n\n## idle-timeout (5 min)\n\n${'Say it. '.repeat(5000)}`;
    expect((await put({ file: 'day.md', text })).json.chosen).toMatchObject({ title: 'My day', source: 'day.md' });
    expect((await driver.get('/api/workshop/agendas')).json.chosen.title).toBe('My day');
  });

  test('with mistakes is refused with their lines, and is the driver’s only', async () => {
    const wrong = await put({ file: 'day.md', text: '# My day\n\n## idle-timeuot' });
    expect(wrong.json.error).toMatchObject({ code: 'bad-request', message: expect.stringContaining('Line 3: ') });
    expect((await put({ name: 'none' })).json.error.message).toContain('45-minutes');
    const ada = await participant('127.0.0.2');
    expect((await ada.get('/api/workshop/agendas')).json.error.code).toBe('not-your-role');
    expect((await ada.put('/api/workshop/agenda', { name: '45-minutes' })).json.error.code).toBe('not-your-role');
  });
});

test('the end of the workshop reaches every page, and nothing of it works afterwards', async () => {
  const ada = await participant('127.0.0.2');
  const page = await ada.stream();
  await driver.drive({ do: 'end' });
  await page.over;
  expect(page.room?.over).toBe(true);
  expect((await ada.stream()).status).toBe(404);
  expect((await ada.enter({ code })).json.error.code).toBe('no-workshop');
  expect((await driver.get('/api/workshop')).json).toEqual({ open: false, mayOpen: true });
});

test('a page of a room that has ended is told so by the next room, not that another page has its role', async () => {
  const ada = await participant('127.0.0.2');
  await driver.drive({ do: 'end' });
  expect((await driver.post('/api/workshop', {})).status).toBe(201);
  const { error } = (await ada.get('/api/workshop/agendas')).json;
  expect(error).toMatchObject({ code: 'no-workshop', message: expect.stringContaining('another code') });
});
