import { expect, test } from 'vitest';
import { wayOnAgenda } from './agendaWay.ts';

const planned = [
  { slug: 'session-fixation', variant: 'both' },
  { slug: 'httponly', variant: 'vulnerable' },
] as const;
const titles = new Map([['httponly', 'HttpOnly and XSS']]);
const from = (slug: string | null) => wayOnAgenda(planned, slug, titles, 'mock');

test('a scenario leads to the next one of the agenda, as that is planned', () => {
  expect(from('session-fixation')).toEqual({
    to: '/scenarios/httponly?variant=vulnerable',
    text: 'Next on the agenda: HttpOnly and XSS',
  });
});

test('the last one says that it is the last one', () => {
  expect(from('httponly')).toEqual({ to: '/', text: 'End of the agenda: all scenarios' });
});

test('a scenario that is not on the agenda leads where it leads without one', () => {
  expect([from('idle-timeout'), from(null)]).toEqual([null, null]);
});
