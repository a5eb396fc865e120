import type { RoomQuestion } from '../../../scenarios/engine/workshop.ts';
import { useRoom } from '../connection/useRoom.tsx';
import { stepText } from './roomText.ts';

/**
 * Returns the step that a question is about, such as "Step 4: Mallory opens the account page": "Who does the shop think she is?" says
 * little without it. null until the run has arrived.
 */
export function useAskedStep({ scenario, step }: RoomQuestion): string | null {
  return useRoom(({ leading }) => {
    const shown = leading?.store.getState().sandbox?.header.scenario;
    const title = shown?.slug === scenario ? shown.steps[step]?.title : undefined;
    return title === undefined ? null : stepText(step, title);
  });
}
