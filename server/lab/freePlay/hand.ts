import type { HandAction } from '../../../scenarios/engine/hand.ts';
import type { Recorder } from '../recorder.ts';
import { redact } from '../redact.ts';
import { type HandNeeds, prepare } from './prepare.ts';
import { RefusedByHand } from './refusedByHand.ts';

/** Something done by hand, and the number of the event that tells of it. Passwords in it are as they were typed. */
export interface Done {
  seq: number;
  action: HandAction;
}

/** More than anybody does by hand, and little enough to keep. */
const mostDone = 1000;

/** Does what is asked for by hand, one thing at a time, and has it written down: first that it was done, then what it led to. */
export function createHand(
  needs: HandNeeds & { recorder: Recorder; settled(): Promise<void>; jump(ms: number): Promise<void> },
) {
  const { recorder, settled, jump } = needs;
  const done: Done[] = [];

  function note(action: HandAction): void {
    done.push({ seq: recorder.trace.events.length, action });
    recorder.record({ type: 'hand', action: withoutPasswords(action) });
  }

  return {
    done: done as readonly Done[],

    /** Resolves to what Redis answered to a line of its console. @throws RefusedByHand when nothing was done */
    async act(action: HandAction): Promise<string | null> {
      if (done.length >= mostDone) {
        throw new RefusedByHand(
          'too-many',
          `${mostDone} things were done by hand in this sandbox; reset starts a new one.`,
        );
      }
      if (action.do === 'jump-time') {
        note(action);
        await jump(action.ms);
        return null;
      }
      const perform = prepare(action, needs);
      note(action);
      try {
        return await perform();
      } finally {
        await settled();
      }
    },
  };
}

const withoutPasswords = (action: HandAction): HandAction =>
  action.do === 'request' && action.body !== null ? { ...action, body: redact(action.body) } : action;
