/** For tests: manual actions on the fixation scenario, saved as the file of another scenario. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { ManualAction, ManualRequest } from '../scenarios/engine/actions.ts';
import { read } from '../scenarios/engine/read.ts';
import type { Scenario } from '../scenarios/engine/scenario.ts';
import type { Variant } from '../scenarios/engine/trace.ts';
import fixation from '../scenarios/session-fixation.ts';
import { cookieName } from '../server/app/session.ts';
import { saveScenario } from '../server/lab/freePlay/savedScenario/saveScenario.ts';
import type { Sandbox } from '../server/lab/sandbox.ts';
import { endSandboxes, openSandbox } from './lesson.ts';
import { openTestRedis, type TestRedis } from './redisStores.ts';

let stores: TestRedis;
let sandbox: Sandbox;

/** For a test file: a mock Redis for its sandboxes, which end after each test. */
export function prepareSaving(): void {
  beforeAll(async () => {
    stores = await openTestRedis('mock');
  });
  afterEach(endSandboxes);
  afterAll(() => stores.close());
}

/** Opens the fixation scenario, plays that many steps, and returns its sandbox. */
export async function open(played: number, variant: Variant = 'vulnerable') {
  sandbox = await openSandbox(stores.redisSwitch, { scenario: fixation, variant });
  await sandbox.playTo(played);
  return sandbox;
}
export const act = (action: ManualAction) => sandbox.act(action);
/** What a page of the shop would send. */
export const request = (actor: string, change: Partial<ManualRequest> = {}): ManualRequest => ({
  ...{ do: 'request', actor, method: 'GET', url: '/me', origin: 'https://shop.example', headers: [], body: null },
  ...change,
});
export const json: ManualRequest['headers'] = [['Content-Type', 'application/json']];
/** The session cookie. */
export const which = { name: cookieName, domain: 'shop.example', path: '/' };
/** The first key whose name begins like that. */
export const key = (start: string) => read(sandbox.trace).keys.find(({ name }) => name.startsWith(start))!.key;
export const save = () => saveScenario(fixation, sandbox, play);
async function play(scenario: Scenario, variant: Variant) {
  const other = await openSandbox(stores.redisSwitch, { scenario, variant });
  return { trace: other.trace, results: await other.playTo(scenario.steps.length) };
}
