import type { ScenarioOutline, TraceEvent } from '../../../scenarios/engine/trace.ts';

/**
 * Returns whether a run is about time: its steps let time pass, or time has passed in it, or a session has expired. Only then the
 * lifetimes tell something that the rest of the page does not. Pure.
 *
 * @param events all of the run, so that the lifetimes do not come and go while the learner looks at the past
 */
export function timeIsSubject({ letsTimePass }: ScenarioOutline, events: readonly TraceEvent[]): boolean {
  return letsTimePass || events.some(isAboutTime);
}

const isAboutTime = (event: TraceEvent) =>
  event.type === 'time' ||
  event.type === 'wait' ||
  (event.type === 'key' && event.change === 'expired' && event.sid !== null);
