import { expect, test } from 'vitest';
import { gatherLooks } from './picture.ts';

function pictures() {
  let next: (() => void) | undefined;
  const log: string[] = [];
  const look = gatherLooks((run) => {
    log.push('asked');
    next = run;
  });
  const see = (name: string) => () => {
    log.push(`${name} looks`);
    return () => void log.push(`${name} acts`);
  };
  return { log, look, see, draw: () => next?.() };
}

test('all look before the first one acts, in one picture', () => {
  const { log, look, see, draw } = pictures();
  look(see('diagram'));
  look(see('steps'));
  draw();
  expect(log).toEqual(['asked', 'diagram looks', 'steps looks', 'diagram acts', 'steps acts']);
});

test('a look that is called off is not taken, and one that finds nothing to do does nothing', () => {
  const { log, look, see, draw } = pictures();
  const callOff = look(see('cookies'));
  look(() => undefined);
  callOff();
  draw();
  expect(log).toEqual(['asked']);
});

test('what looks again while others act waits for the next picture', () => {
  const { log, look, see, draw } = pictures();
  look(() => () => void look(see('later')));
  draw();
  expect(log).toEqual(['asked', 'asked']);
  draw();
  expect(log.slice(2)).toEqual(['later looks', 'later acts']);
});
