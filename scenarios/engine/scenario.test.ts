import { describe, expect, test } from 'vitest';
import { minutes, seconds } from './durations.ts';
import { outline, type Scenario, scenario, storesOf, timesFor } from './scenario.ts';

const ask = { question: 'Who?', answer: () => 'me', vulnerable: 'me', protected: 'nobody' };
const step = { title: 'One', purpose: 'look', narration: 'Why.', act: () => {} };

const valid = {
  slug: 'a-lesson',
  chapter: 'login',
  title: 'A lesson',
  question: 'Why?',
  weakness: 'login-keeps-session-id',
  actors: { alice: 'victim' },
  references: ['CWE-384'],
  steps: [step, { ...step, ask }],
  lesson: 'Because.',
} satisfies Scenario;

const words = { title: 'New ID', idea: 'It looks right.', because: 'It is not.' };
const decoy = { ...words, file: 'login-empties-session', fails: { step: 2, answer: 'me' } };
const repairs = { fix: words, decoys: [decoy, decoy] as const };

test('a valid scenario is returned as it is, and nothing runs', () => {
  const act = () => {
    throw new Error('This must not run.');
  };
  const definition = { ...valid, steps: [{ ...step, act, ask: { ...ask, answer: act } }] };
  expect(scenario(definition)).toBe(definition);
});

describe('refuses, and says what to do:', () => {
  const prefix = 'Scenario "a-lesson": ';
  test.each<[what: string, change: object, message: string]>([
    ['no actors', { actors: {} }, `${prefix}it has no actors; name at least one, such as { alice: "victim" }.`],
    [
      'an actor called you',
      { actors: { you: 'person' } },
      `${prefix}"you" is not a name for an actor: it is the learner’s own browser.`,
    ],
    [
      'an actor called world',
      { actors: { world: 'victim' } },
      `${prefix}"world" is not a name for an actor: it is how a step reaches time and Redis.`,
    ],
    [
      'an unknown chapter',
      { chapter: 'hats' },
      `${prefix}there is no chapter "hats"; the chapters are cookie, login, cross-site, lifetime, logout, store, running.`,
    ],
    ['a misspelled field', { weaknes: 'x' }, `${prefix}"weaknes" is not a field of a scenario.`],
    [
      'a misspelled field of a step',
      { steps: [{ ...step, claim: [] }] },
      `${prefix}step 1: "claim" is not a field of a step.`,
    ],
    [
      'a misspelled field of an ask',
      { steps: [step, { ...step, ask: { ...ask, options: [] } }] },
      `${prefix}step 2: "options" is not a field of an ask.`,
    ],
    [
      'a misspelled field of an actor',
      { actors: { alice: { role: 'victim', name: 'Alice' } } },
      `${prefix}"name" is not a field of an actor.`,
    ],
    ['a misspelled field of a setup', { setup: { instance: 2 } }, `${prefix}"instance" is not a field of a setup.`],
    [
      'a misspelled field of an app',
      { setup: { apps: { 'http://localhost:3001': { prefix: 'x' } } } },
      `${prefix}"prefix" is not a field of an app.`,
    ],
    [
      'a misspelled field of repairs',
      { repairs: { ...repairs, file: 'x' } },
      `${prefix}"file" is not a field of repairs.`,
    ],
    ['no steps', { steps: [] }, `${prefix}it has no steps.`],
    [
      'a Redis of its own without saying why the mock is not enough',
      { setup: { ownRedis: [] } },
      `${prefix}its setup has a Redis of its own, which a mock cannot be; say why in needsRealRedis.`,
    ],
    [
      'repairs without a weakness whose place they could take',
      { weakness: undefined, setup: { vulnerable: {}, protected: {} }, repairs },
      `${prefix}it has repairs, but no weakness whose place they could take.`,
    ],
    [
      'a repair that fails at a step that does not exist',
      {
        repairs: { ...repairs, decoys: [repairs.decoys[0], { ...repairs.decoys[0], fails: { step: 3, status: 401 } }] },
      },
      `${prefix}the repair "login-empties-session" fails at step 3, which does not exist.`,
    ],
    ['no asks', { steps: [step] }, `${prefix}it asks nothing, so it proves nothing; give at least one step an ask.`],
    [
      'only asks with the same answer in both variants',
      { steps: [{ ...step, ask: { ...ask, protected: 'me' } }] },
      `${prefix}every ask has the same answer in both variants on the mock store, so it would pass without the fix; add an ask whose answers differ.`,
    ],
    [
      'a time that is only in inRealTime',
      { times: { idle: 1 }, inRealTime: { lunch: 1 } },
      `${prefix}inRealTime has "lunch", which times does not have.`,
    ],
    [
      'inRealTime without times',
      { inRealTime: { lunch: 1 } },
      `${prefix}inRealTime has "lunch", which times does not have.`,
    ],
  ])('%s', (_, change, message) => {
    expect(() => scenario({ ...valid, ...change } as Scenario)).toThrow(new Error(message));
  });

  test.each(['A-lesson', 'a_lesson', 'a lesson', '-a', 'a--b', 'a-', '', '../a', 'é'])('the slug "%s"', (slug) => {
    expect(() => scenario({ ...valid, slug })).toThrow(
      new Error(`Scenario "${slug}": its slug must be kebab-case, such as "session-fixation".`),
    );
  });
});

describe('refuses a wrong shape, and says what is wrong:', () => {
  const asking = (change: object) => ({ steps: [{ ...step, ask: { ...ask, ...change } }] });
  test.each<[change: object, message: string]>([
    [{ title: undefined }, 'its title must be a string.'],
    [{ subtitle: 7 }, 'its subtitle must be a string.'],
    [{ synonyms: 'hijacking' }, 'its synonyms must be a list of strings, such as ["hijacking"].'],
    [{ references: 'CWE-384' }, 'its references must be a list of strings, such as ["CWE-384"].'],
    ...[['throttle:', 7], 'throttle:', [], ['']].map((subject): [object, string] => [
      { subject },
      'its subject must be a list of how names of keys begin, such as ["throttle:"].',
    ]),
    ...[['Max-Age'], 'HttpOnly', []].map((cookieAttributes): [object, string] => [
      { cookieAttributes },
      'its cookieAttributes must be a list of HttpOnly, Secure, SameSite, Domain or Path.',
    ]),
    [{ otherCookies: 'csrf' }, 'its otherCookies must be a list of names of cookies, such as ["csrf"].'],
    [{ repairs: { fix: words, decoys: [decoy] } }, 'its repairs must be { fix, decoys: [one, another] }.'],
    [{ repairs: { ...repairs, fix: { ...words, idea: 7 } } }, 'the idea of a repair must be a string.'],
    [
      { repairs: { ...repairs, decoys: [decoy, { ...decoy, fails: {} }] } },
      'a repair that is not the fix must say where it fails: { step, answer } or { step, status }.',
    ],
    [{ actors: null }, 'its actors must be an object, such as { alice: "victim" }.'],
    [{ actors: { bob: 'king' } }, 'the role of actor "bob" must be one of attacker, victim, person, admin.'],
    [{ actors: { bob: null } }, 'the role of actor "bob" must be one of attacker, victim, person, admin.'],
    [{ actors: { bob: { role: 'victim', label: 7 } } }, 'the label of actor "bob" must be a string.'],
    [{ steps: undefined }, 'its steps must be a list.'],
    [{ steps: [null] }, 'step 1: it is not an object.'],
    [
      { steps: [step, { ...step, narration: 7 }] },
      'step 2: its narration must be a string, or one for each case: { vulnerable, protected, both }.',
    ],
    [
      { steps: [{ ...step, act: 'get' }] },
      'step 1: its act must be a function, such as ({ alice }) => alice.get("/me").',
    ],
    [asking({ answer: 'me' }), 'step 1: the answer of its ask must be a function.'],
    [asking({ question: undefined }), 'step 1: the question of its ask must be a string.'],
    [
      asking({ vulnerable: undefined }),
      'step 1: the vulnerable answer of its ask must be a string, a number or a boolean.',
    ],
    [
      asking({ protected: { mock: 1 } }),
      'step 1: the protected answer of its ask must be a string, a number or a boolean.',
    ],
    [{ bcryptCost: 31 }, 'its bcryptCost must be a whole number from 4 to 15.'],
    [{ times: { idle: -5 } }, 'the time "idle" must be a number of milliseconds, at most a hundred years.'],
    [{ times: { idle: Number.NaN } }, 'the time "idle" must be a number of milliseconds, at most a hundred years.'],
    [{ times: { lunch: 1e18 } }, 'the time "lunch" must be a number of milliseconds, at most a hundred years.'],
    [{ sites: { evil: () => ({}) } }, 'the site "evil" must be an origin, such as "https://evil.example".'],
    [
      { sites: { 'https://evil.example': 7 } },
      'the site "https://evil.example" must be a function from a request to a response.',
    ],
    [
      { sites: { 'https://shop.example': () => ({}) } },
      'the site "https://shop.example" has the origin of an app, which nobody could reach then.',
    ],
    [
      { sites: { 'http://localhost:3001': () => ({}) }, setup: { apps: { 'http://localhost:3001': {} } } },
      'the site "http://localhost:3001" has the origin of an app, which nobody could reach then.',
    ],
    [{ setup: null }, 'its setup must be an object.'],
    [{ setup: { instances: 0.5 } }, 'instances must be a whole number from 1 to 16.'],
    [{ setup: { vulnerable: {}, protected: { instances: 1e4 } } }, 'instances must be a whole number from 1 to 16.'],
    [
      { setup: { apps: { shop: {} } } },
      'the app "shop" must be an object at an origin, such as "http://localhost:3001".',
    ],
  ])('%j', (change, message) => {
    const definition = { ...valid, ...change } as unknown as Scenario;
    expect(() => scenario(definition)).toThrow(new Error(`Scenario "a-lesson": ${message}`));
  });

  test.each([
    [null, 'it is not an object.'],
    ['a-lesson', 'it is not an object.'],
    [{}, 'its slug must be a string.'],
  ])('%j', (definition, message) => {
    expect(() => scenario(definition as never)).toThrow(new Error(`Scenario without a slug: ${message}`));
  });
});

describe('times', () => {
  const times = { idle: minutes(30), lunch: minutes(31) };
  const definition: Scenario = {
    ...valid,
    times,
    inRealTime: { idle: seconds(4) },
    lesson: 'Wait {idle}.',
    steps: [
      {
        title: 'After {idle}',
        purpose: 'wait {idle}',
        narration: '{lunch} later',
        act: () => {},
        ask: { ...ask, question: 'After {lunch}?' },
      },
    ],
  };

  test('are the short ones in real time, and the usual ones where there is no short one', () => {
    expect(timesFor(definition, 'jump')).toEqual(times);
    expect(timesFor(definition, 'real')).toEqual({ idle: seconds(4), lunch: minutes(31) });
    expect(timesFor(valid, 'real')).toEqual({});
  });

  test('are written as words in the texts, for the pace', () => {
    expect(outline(definition, 'jump', 'mock')).toMatchObject({
      lesson: 'Wait 30 minutes.',
      steps: [
        {
          title: 'After 30 minutes',
          purpose: 'wait 30 minutes',
          narration: '31 minutes later',
          ask: { question: 'After 31 minutes?' },
        },
      ],
    });
    expect(outline(definition, 'real', 'mock').steps[0]?.title).toBe('After 4 seconds');
  });
});

describe('the outline', () => {
  test('is plain data without functions', () => {
    const outlined = outline(scenario(valid), 'jump', 'mock');
    expect(outlined.subject).toEqual(['sess:']);
    expect(JSON.parse(JSON.stringify(outlined))).toEqual(outlined);
    expect(outlined.steps).toEqual([
      { title: 'One', purpose: 'look', narration: 'Why.', ask: null },
      {
        title: 'One',
        purpose: 'look',
        narration: 'Why.',
        ask: { question: 'Who?', vulnerable: 'me', protected: 'nobody' },
      },
    ]);
  });

  test('derives a missing label from the actor’s name', () => {
    const actors = { alice: 'victim', phone: { role: 'person', label: 'Alice’s phone' } } as const;
    expect(outline(scenario({ ...valid, actors }), 'jump', 'mock').actors).toEqual([
      { name: 'alice', label: 'Alice', role: 'victim' },
      { name: 'phone', label: 'Alice’s phone', role: 'person' },
    ]);
  });

  describe('when an answer depends on the store', () => {
    const definition: Scenario = {
      ...valid,
      steps: [{ ...step, ask: { ...ask, vulnerable: { mock: 'me', real: 'you' } } }],
    };

    test('has the answers of its own store and those of the other', () => {
      const [{ ask: onMock } = {}, { ask: onReal } = {}] = (['mock', 'real'] as const).flatMap(
        (store) => outline(scenario(definition), 'jump', store).steps,
      );
      const mock = { vulnerable: 'me', protected: 'nobody' };
      const real = { vulnerable: 'you', protected: 'nobody' };
      expect(onMock).toEqual({ question: 'Who?', ...mock, onOtherStore: { store: 'real', ...real } });
      expect(onReal).toEqual({ question: 'Who?', ...real, onOtherStore: { store: 'mock', ...mock } });
    });
  });
});

test.each<[change: object, stores: string[]]>([
  [{}, ['mock', 'real']],
  [{ needsRealRedis: 'A mock evicts nothing.' }, ['real']],
])('with %j it can be played on %j', (change, stores) => {
  expect(storesOf({ ...valid, ...change })).toEqual(stores);
});

test('the variants need not differ on a store that the scenario cannot be played on', () => {
  const steps = [{ ...step, ask: { ...ask, vulnerable: { mock: 'nobody', real: 'me' } } }];
  expect(() => scenario({ ...valid, steps })).toThrow('on the mock store');
  expect(() => scenario({ ...valid, steps, needsRealRedis: 'A mock evicts nothing.' })).not.toThrow();
});
