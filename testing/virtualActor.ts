/** For tests: an actor with a virtual browser, whose requests a function answers. Nothing is sent over a network. */
import { createActor, type LabActor } from '../server/lab/browser/actor.ts';
import type { Answered } from '../server/lab/network/hosts.ts';
import type { HttpRequest } from '../server/lab/network/loopback.ts';
import { createRecorder, type Recorder } from '../server/lab/recorder.ts';
import { createClock } from '../server/lab/time/clock.ts';
import { header } from './trace.ts';

export function createVirtualActor(answer: (request: HttpRequest) => Answered): {
  actor: LabActor;
  recorder: Recorder;
} {
  const clock = createClock();
  const recorder = createRecorder(header, clock);
  let requests = 0;
  const actor = createActor({ name: 'alice', label: 'Alice', role: 'victim' }, 0, {
    ...{ clock, recorder, signal: new AbortController().signal, sessionCookie: 'sid' },
    hostOf: () => ({ forwarded: () => [], answer: async (request) => answer(request) }),
    nextRequest: () => ++requests,
  });
  return { actor, recorder };
}
