import { expect, test } from 'vitest';
import {
  apply,
  countedQuestions,
  currentQuestion,
  newWorkshop,
  type WorkshopEvent,
  type WorkshopState,
} from './state.ts';
import { countsOf, participantView, roomView } from './views.ts';

const after = (...events: WorkshopEvent[]) => events.reduce(apply, newWorkshop);
const place = { code: 'K7QF2M', address: '192.0.2.5:3000', driven: true, now: 1_000_000 };
const view = (state: WorkshopState) => roomView(state, place);

const entered = (...names: string[]) =>
  names.flatMap((name): WorkshopEvent[] => [
    { type: 'entered', participant: name, handle: `quiet ${name}` },
    { type: 'here', participant: name, here: true },
  ]);

const asked = (...variants: ('vulnerable' | 'protected')[]): WorkshopEvent => ({
  type: 'asked',
  question: {
    ...{ id: 0, scenario: 'idle-timeout', step: 2, question: 'Who is she?', choices: ['alice', 'nobody', 'mallory'] },
    ...{ variants, expected: { vulnerable: 0, protected: 1 } },
  },
});

const answered = (participant: string, choice: number, variant: 'vulnerable' | 'protected' = 'vulnerable') =>
  ({ type: 'answered', participant, variant, choice }) as const;

const shown = (scenario: string, run = 'r'): WorkshopEvent => ({
  type: 'shown',
  shown: { scenario, variant: 'vulnerable', store: 'mock', runs: [run], steps: null, selected: null },
});

const played = (step: number) => ({ type: 'played', step }) as const;

test('who has arrived is counted once, and who is here while one of their pages is open', () => {
  const state = after(
    ...entered('ada', 'bob'),
    { type: 'here', participant: 'ada', here: true },
    { type: 'here', participant: 'ada', here: false },
    { type: 'here', participant: 'bob', here: false },
  );
  expect(view(state)).toMatchObject({ arrived: 2, here: 1 });
});

test('what comes from nobody in the room changes nothing', () => {
  const state = after(...entered('ada'));
  expect(apply(state, { type: 'here', participant: 'eve', here: true })).toBe(state);
  expect(apply(state, { type: 'ready', participant: 'eve', ready: true })).toBe(state);
});

test('the counts of a question are hidden until it is revealed, and an answer may be changed until it is closed', () => {
  const open = after(...entered('ada', 'bob', 'cid'), asked('vulnerable'), answered('ada', 0), answered('ada', 1));
  expect(view(open).question).toMatchObject({ phase: 'open', answered: 1, of: 3, counts: null });
  const closed = [answered('bob', 1), { type: 'closed' } as const, answered('cid', 2)].reduce(apply, open);
  expect(view(closed).question).toMatchObject({ phase: 'closed', answered: 2, counts: null });
  const revealed = apply(closed, { type: 'revealed' });
  expect(view(revealed).question).toMatchObject({ phase: 'revealed', counts: { vulnerable: [0, 2, 0] } });
  expect(apply(revealed, { type: 'closed' })).toBe(revealed);
});

test('of both apps, a participant has answered when both answers are there', () => {
  const half = after(...entered('ada'), asked('vulnerable', 'protected'), answered('ada', 0));
  expect(view(half).question).toMatchObject({ answered: 0, of: 1 });
  expect(view(apply(half, { type: 'revealed' })).question!.counts).toEqual({
    vulnerable: [0, 0, 0],
    protected: [0, 0, 0],
  });
  const whole = apply(half, answered('ada', 1, 'protected'));
  expect(view(whole).question).toMatchObject({ answered: 1 });
  expect(countsOf(currentQuestion(whole)!)).toEqual({ vulnerable: [1, 0, 0], protected: [0, 1, 0] });
});

test('somebody who answered and left still counts', () => {
  const left = { type: 'here', participant: 'ada', here: false } as const;
  const state = after(...entered('ada', 'bob'), asked('vulnerable'), answered('ada', 0), left);
  expect(view(state).question).toMatchObject({ answered: 1, of: 2 });
});

test('a question leaves with its scenario, and is still in the summary', () => {
  const state = after(shown('idle-timeout'), ...entered('ada'), asked('vulnerable'), shown('idle-timeout'));
  expect(currentQuestion(state)).not.toBeNull();
  const next = apply(state, shown('session-fixation'));
  expect(view(next).question).toBeNull();
  expect(next.questions).toMatchObject([{ phase: 'closed' }]);
  expect(next.shownSoFar).toEqual(['idle-timeout', 'session-fixation']);
});

test.each<[string, WorkshopEvent]>([
  ['another scenario is opened', shown('session-fixation')],
  ['a step is played', played(0)],
  ['the room is asked', asked('vulnerable')],
])('the projector shows the run when %s, and the address when the driver wants that', (_, event) => {
  const arriving = after(shown('idle-timeout'), { type: 'screen', shows: 'join' });
  expect(apply(arriving, shown('idle-timeout')).screen).toBe('join');
  expect(apply(arriving, event).screen).toBe('run');
});

test('the step answers its question, and the one after it takes that away', () => {
  const open = after(shown('idle-timeout'), ...entered('ada'), asked('vulnerable'), answered('ada', 0));
  expect(view(apply(open, played(1))).question).toMatchObject({ phase: 'open' });
  const answer = apply(open, played(2));
  expect(view(answer).question).toMatchObject({ phase: 'played', counts: { vulnerable: [1, 0, 0] } });
  expect(view(apply(answer, { type: 'revealed' })).question).toMatchObject({ phase: 'played' });
  expect(view(apply(answer, played(3))).question).toBeNull();
  expect(view(apply(answer, shown('idle-timeout', 'another run'))).question).toBeNull();
});

test('what was taken back, and what nobody answered, is not counted', () => {
  const cancelled = { type: 'cancelled' } as const;
  const counted = (...events: WorkshopEvent[]) => countedQuestions(after(...entered('ada'), ...events)).length;
  expect(counted(asked('vulnerable'), answered('ada', 0), cancelled)).toBe(0);
  expect(counted(asked('vulnerable'), { type: 'closed' }, played(2))).toBe(0);
  expect(counted(asked('vulnerable'), answered('ada', 0), { type: 'revealed' }, cancelled)).toBe(1);
  expect(counted(asked('vulnerable'), answered('ada', 0), played(2), cancelled)).toBe(1);
});

test('a ready check starts with nobody ready, and counts only who is here', () => {
  const check = { type: 'ready-check', open: true } as const;
  const ready = (participant: string) => ({ type: 'ready', participant, ready: true }) as const;
  const left = { type: 'here', participant: 'cid', here: false } as const;
  const state = after(...entered('ada', 'bob', 'cid'), ready('ada'), check, ready('bob'), left);
  expect(view(state).readyCheck).toEqual({ notYet: 1, of: 2 });
  expect(view(apply(state, { type: 'ready-check', open: false })).readyCheck).toBeNull();
});

test('a timer goes on below zero, and stands still while it is paused', () => {
  const runs = after({ type: 'timer', timer: { endsAt: place.now - 5000 } });
  expect(view(runs).timer).toEqual({ left: -5000, runs: true });
  expect(view(after({ type: 'timer', timer: { left: 7000 } })).timer).toEqual({ left: 7000, runs: false });
});

test('a participant sees their own answers, and nobody sees those of another', () => {
  const state = after(...entered('ada', 'bob'), asked('vulnerable'), answered('ada', 2), { type: 'revealed' });
  expect(participantView(state, 'ada')).toMatchObject({ handle: 'quiet ada', answers: { vulnerable: 2 } });
  expect(participantView(state, 'bob')).toMatchObject({ answers: {} });
  expect(participantView(state, 'eve')).toBeUndefined();
  expect(JSON.stringify(view(state))).not.toMatch(/ada|bob/);
});
