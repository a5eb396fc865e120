import { expect, test } from 'vitest';
import type { ActorOutline, ActorRole } from '../../scenarios/engine/trace.ts';
import { actorColor, initialsOf } from './Badge.tsx';

const actors = (...roles: ActorRole[]): ActorOutline[] =>
  roles.map((role, index) => ({ name: `actor${index}`, label: `Actor ${index}`, role }));

test.each<[ActorRole[], string[]]>([
  [
    ['attacker', 'victim'],
    ['attacker', 'victim'],
  ],
  [
    ['person', 'admin', 'person', 'person', 'person'],
    ['person-1', 'admin', 'person-2', 'person-3', 'person-1'],
  ],
])('%j have the colors %j', (roles, colors) => {
  const all = actors(...roles);
  expect(all.map((actor) => actorColor(actor, all))).toEqual(colors);
});

test.each<[string[], string[]]>([
  [
    ['Alice', 'Mallory'],
    ['A', 'M'],
  ],
  [
    ['Alice', 'Admin', 'Mallory'],
    ['Al', 'Ad', 'M'],
  ],
  [
    ['Alice’s laptop', 'Alice’s stolen phone', 'Alice’s stolen tablet'],
    ['AL', 'AP', 'AT'],
  ],
  [
    ['Bob, the next visitor', 'A shared computer'],
    ['B', 'AS'],
  ],
])('%j have the initials %j', (labels, initials) => {
  const all = labels.map((label, index): ActorOutline => ({ name: `actor${index}`, label, role: 'person' }));
  expect(all.map((actor) => initialsOf(actor, all))).toEqual(initials);
});
