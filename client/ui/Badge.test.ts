import { expect, test } from 'vitest';
import type { ActorOutline, ActorRole } from '../../scenarios/engine/trace.ts';
import { actorColor } from './Badge.tsx';

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
