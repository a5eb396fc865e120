import { expect, test } from 'vitest';
import { usersIn } from './registered.ts';

const header = { users: [{ id: 1, email: 'alice@shop.example' }] };
const answer = (id: number, email: string, by = 'app') => ({ by, body: JSON.stringify({ id, email }) });

test('who registered has the name that the app answered', () => {
  expect(usersIn(header, [answer(4, 'bob@mail.example'), null])).toEqual([
    ...header.users,
    { id: 4, email: 'bob@mail.example' },
  ]);
});

test('a number that means two people in two apps, what another site answers, and a changed address name nobody', () => {
  const responses = [
    answer(4, 'bob@mail.example'),
    answer(4, 'mallory@mail.example', 'blog'),
    answer(5, 'eve@mail.example', 'https://evil.example'),
    answer(1, 'new@mail.example'),
  ];
  expect(usersIn(header, responses)).toEqual(header.users);
});
