/** The keys of the pages of a workshop. */
import type { KeyHelp } from '../../ui/pageKey.ts';

export const keysOfRoom = {
  back: { keys: ['b'], does: 'Back to the room' },
  tryIt: { keys: ['y'], does: 'Try it here, in a run of your own' },
  question: { keys: ['q'], does: 'Show or hide the question of the room' },
  join: { keys: ['j'], does: 'Show on the projector how to join, or the run' },
} satisfies Record<string, KeyHelp>;

export const keysOfDriver = [keysOfRoom.join];

export const keysOfParticipant = [keysOfRoom.back, keysOfRoom.tryIt, keysOfRoom.question];
